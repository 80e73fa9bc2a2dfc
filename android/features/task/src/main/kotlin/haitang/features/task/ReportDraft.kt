package haitang.features.task

import org.json.JSONArray
import org.json.JSONObject
import uniffi.haitang.Attachment
import uniffi.haitang.Finding
import uniffi.haitang.Location
import uniffi.haitang.NewReport
import uniffi.haitang.Severity

/**
 * A report as it is being written.
 *
 * @param withPlace whether to say where the phone is when it is handed in
 */
data class ReportDraft(
    val findings: List<Finding> = emptyList(),
    val nobodyHome: Boolean = false,
    val note: String = "",
    val files: List<Attachment> = emptyList(),
    val withPlace: Boolean = false,
) {
    internal fun write(): String =
        JSONObject()
            .put("findings", JSONArray(findings.map { JSONObject().put("what", it.what).put("severity", it.severity.name) }))
            .put("nobodyHome", nobodyHome)
            .put("note", note)
            .put("files", JSONArray(files.map(::json)))
            .put("withPlace", withPlace)
            .toString()

    /** What is handed in: a finding of which nothing was written is none. */
    internal fun given(location: Location?) = NewReport(findings.filter { it.what.isNotBlank() }, nobodyHome, note.trim(), files, location)

    internal companion object {
        /** @throws org.json.JSONException */
        fun read(text: String): ReportDraft {
            val json = JSONObject(text)
            return ReportDraft(
                json.getJSONArray("findings").objects { Finding(it.getString("what"), severity(it.getString("severity"))) },
                json.getBoolean("nobodyHome"),
                json.getString("note"),
                json.getJSONArray("files").objects(::attachment),
                json.getBoolean("withPlace"),
            )
        }

        private fun severity(name: String) = Severity.entries.find { it.name == name } ?: Severity.MINOR

        private fun json(file: Attachment) =
            JSONObject()
                .put("sha256", file.sha256)
                .put("bytes", file.bytes.toLong())
                .put("mediaType", file.mediaType)
                .put("name", file.name)

        private fun attachment(json: JSONObject) =
            Attachment(json.getString("sha256"), json.getLong("bytes").toULong(), json.getString("mediaType"), json.getString("name"))
    }
}

internal fun <T> JSONArray.objects(read: (JSONObject) -> T): List<T> = (0 until length()).map { read(getJSONObject(it)) }
