package haitang.features.activity

import haitang.design.ChinaZone
import haitang.design.dayOf
import org.json.JSONArray
import org.json.JSONException
import org.json.JSONObject
import uniffi.haitang.ActivityKind
import uniffi.haitang.ActivityPage
import uniffi.haitang.ActivityPlan
import java.time.LocalTime

/** A plan that begins from what is known: tomorrow at seven in the evening, an hour and a half, held by the holder. */
internal fun blankPlan(
    org: String,
    host: String,
    now: Long,
): ActivityPlan {
    val starts =
        dayOf(now)
            .plusDays(1)
            .atTime(LocalTime.of(19, 0))
            .atZone(ChinaZone)
            .toInstant()
            .toEpochMilli()
    return ActivityPlan(org, null, ActivityKind.COMMITTEE_MEETING, "", "", starts, starts + 90 * 60_000L, host, emptyList())
}

/** The plan as it stands. */
internal fun ActivityPage.plan() =
    ActivityPlan(
        org,
        template,
        item.kind,
        item.title,
        item.place,
        item.starts,
        item.ends,
        item.host,
        if (wholeOrg) emptyList() else expected.map { it.id },
    )

internal fun ActivityPlan.toDraft(): String =
    JSONObject()
        .put("org", org)
        .putOpt("template", template)
        .put("kind", kind.name)
        .put("title", title)
        .put("place", place)
        .put("starts", starts)
        .put("ends", ends)
        .put("host", host)
        .put("expected", JSONArray(expected))
        .toString()

/** What was being planned; nothing where the text is none of ours. */
internal fun planFromDraft(text: String): ActivityPlan? =
    try {
        val json = JSONObject(text)
        ActivityPlan(
            json.getString("org"),
            json.text("template"),
            ActivityKind.valueOf(json.getString("kind")),
            json.getString("title"),
            json.getString("place"),
            json.getLong("starts"),
            json.getLong("ends"),
            json.getString("host"),
            json.getJSONArray("expected").texts(),
        )
    } catch (_: JSONException) {
        null
    } catch (_: IllegalArgumentException) {
        null
    }

internal fun JSONObject.text(name: String): String? = if (isNull(name)) null else getString(name)

internal fun JSONArray.texts(): List<String> = (0 until length()).map { getString(it) }
