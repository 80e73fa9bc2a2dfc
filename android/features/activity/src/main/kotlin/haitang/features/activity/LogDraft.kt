package haitang.features.activity

import org.json.JSONArray
import org.json.JSONException
import org.json.JSONObject
import uniffi.haitang.ActivityKind
import uniffi.haitang.Attachment
import uniffi.haitang.LogContent

/**
 * A log that was not handed in yet.
 *
 * @param log the id it will be handed in under, however often that is tried
 */
internal data class LogDraft(
    val log: String,
    val org: String?,
    val content: LogContent,
) {
    fun toText(): String =
        JSONObject()
            .put("log", log)
            .putOpt("org", org)
            .putOpt("activity", content.activity)
            .putOpt("template", content.template)
            .put("kind", content.kind.name)
            .put("title", content.title)
            .put("held", content.held)
            .put("attendance", JSONArray(content.attendance))
            .put("fields", JSONObject(content.fields))
            .put("files", JSONArray(content.files.map { it.toJson() }))
            .put("late", content.lateReason)
            .toString()

    companion object {
        private const val PREFIX = "log/"
        private const val NEW = "log/new"

        /** Where a new log is kept, one for each activity, and one for what belongs to none. */
        fun newKey(activity: String?): String = if (activity == null) NEW else "$NEW/$activity"

        /** Where what is changed in a log that there is already is kept. */
        fun mendKey(log: String): String = PREFIX + log

        /** Where what is changed in a log that the server did not take is kept. */
        fun refusedKey(seq: ULong): String = "${PREFIX}refused/$seq"

        /** Whether a draft is that of a new log, and of which activity. */
        fun isNew(key: String): Boolean = key == NEW || key.startsWith("$NEW/")

        fun activityOf(key: String): String? = key.removePrefix("$NEW/").takeIf { it != key }

        /** What was being written; nothing where the text is none of ours. */
        fun of(text: String): LogDraft? =
            try {
                val json = JSONObject(text)
                val fields = json.getJSONObject("fields")
                val files = json.getJSONArray("files")
                LogDraft(
                    json.getString("log"),
                    json.text("org"),
                    LogContent(
                        json.text("activity"),
                        json.text("template"),
                        ActivityKind.valueOf(json.getString("kind")),
                        json.getString("title"),
                        json.getLong("held"),
                        json.getJSONArray("attendance").texts(),
                        fields.keys().asSequence().associateWith { fields.getString(it) },
                        (0 until files.length()).map { attachment(files.getJSONObject(it)) },
                        json.getString("late"),
                    ),
                )
            } catch (_: JSONException) {
                null
            } catch (_: IllegalArgumentException) {
                null
            }

        private fun Attachment.toJson() =
            JSONObject()
                .put("sha256", sha256)
                .put("bytes", bytes.toLong())
                .put("type", mediaType)
                .put("name", name)

        private fun attachment(json: JSONObject) =
            Attachment(json.getString("sha256"), json.getLong("bytes").toULong(), json.getString("type"), json.getString("name"))
    }
}
