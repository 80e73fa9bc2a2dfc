package haitang.features.task

import org.json.JSONArray
import org.json.JSONObject
import uniffi.haitang.Every
import uniffi.haitang.NewRoutine
import uniffi.haitang.NewTask
import uniffi.haitang.TaskKind
import java.time.LocalDate

/** What tasks and routines say of the work itself. */
data class WorkDraft(
    val grid: String = "",
    val kind: TaskKind = TaskKind.VISIT,
    val title: String = "",
    val place: String = "",
    val household: String? = null,
    val assignee: String? = null,
    val note: String = "",
) {
    internal fun json(): JSONObject =
        JSONObject()
            .put("grid", grid)
            .put("kind", kind.name)
            .put("title", title)
            .put("place", place)
            .put("household", household ?: JSONObject.NULL)
            .put("assignee", assignee ?: JSONObject.NULL)
            .put("note", note)

    internal companion object {
        /** @throws org.json.JSONException */
        fun read(json: JSONObject) =
            WorkDraft(
                json.getString("grid"),
                TaskKind.entries.find { it.name == json.getString("kind") } ?: TaskKind.ERRAND,
                json.getString("title"),
                json.getString("place"),
                json.textOrNull("household"),
                json.textOrNull("assignee"),
                json.getString("note"),
            )
    }
}

private fun JSONObject.textOrNull(name: String) = if (isNull(name)) null else getString(name)

/** A task as it is being given; [due] is a day such as `2026-11-24`. */
data class TaskDraft(
    val work: WorkDraft = WorkDraft(),
    val due: String = "",
) {
    internal fun given(
        grid: String,
        now: Long,
    ) = NewTask(
        grid,
        work.kind,
        work.title.trim(),
        work.place.trim(),
        work.household,
        work.assignee,
        from = now,
        due = dayOf(due)?.let(::endOf) ?: now,
        note = work.note.trim(),
    )

    internal fun write(): String = JSONObject().put("work", work.json()).put("due", due).toString()

    internal companion object {
        /** @throws org.json.JSONException */
        fun read(text: String): TaskDraft {
            val json = JSONObject(text)
            return TaskDraft(WorkDraft.read(json.getJSONObject("work")), json.getString("due"))
        }
    }
}

/** By what is counted how often something repeats. */
enum class Rhythm { Days, Weeks, Months }

/** Something that repeats, as it is being planned. Days are such as `2026-11-24`, times such as `08:30`. */
data class RoutineDraft(
    val work: WorkDraft = WorkDraft(),
    val rhythm: Rhythm = Rhythm.Weeks,
    val n: Int = 1,
    val weekdays: Set<Int> = emptySet(),
    val day: Int = 1,
    val workingDaysOnly: Boolean = false,
    val first: String = "",
    val until: String = "",
    val opens: String = "08:30",
    val closes: String = "17:30",
    val ahead: Int = 4,
) {
    internal val every: Every
        get() =
            when (rhythm) {
                Rhythm.Days -> Every.Days(n.toUShort())
                Rhythm.Weeks -> Every.Weeks(n.toUShort(), weekdays.sorted().map(Int::toUShort))
                Rhythm.Months -> Every.Months(n.toUShort(), day.toUByte())
            }

    internal fun given(grid: String) =
        NewRoutine(
            grid,
            work.kind,
            work.title.trim(),
            work.place.trim(),
            work.household,
            work.assignee,
            work.note.trim(),
            every,
            workingDaysOnly,
            first,
            until.ifBlank { null },
            opens.trim(),
            closes.trim(),
            ahead.toUByte(),
        )

    internal fun write(): String =
        JSONObject()
            .put("work", work.json())
            .put("rhythm", rhythm.name)
            .put("n", n)
            .put("weekdays", JSONArray(weekdays.sorted()))
            .put("day", day)
            .put("workingDaysOnly", workingDaysOnly)
            .put("first", first)
            .put("until", until)
            .put("opens", opens)
            .put("closes", closes)
            .put("ahead", ahead)
            .toString()

    internal companion object {
        /** Every week on the weekday that it is. */
        fun of(today: LocalDate) = RoutineDraft(first = "$today", weekdays = setOf(today.dayOfWeek.value), day = today.dayOfMonth)

        /** @throws org.json.JSONException */
        fun read(text: String): RoutineDraft {
            val json = JSONObject(text)
            val days = json.getJSONArray("weekdays")
            return RoutineDraft(
                WorkDraft.read(json.getJSONObject("work")),
                Rhythm.entries.find { it.name == json.getString("rhythm") } ?: Rhythm.Weeks,
                json.getInt("n"),
                (0 until days.length()).map(days::getInt).toSet(),
                json.getInt("day"),
                json.getBoolean("workingDaysOnly"),
                json.getString("first"),
                json.getString("until"),
                json.getString("opens"),
                json.getString("closes"),
                json.getInt("ahead"),
            )
        }
    }
}
