package haitang.features.task

import androidx.compose.runtime.Composable
import androidx.compose.ui.platform.LocalConfiguration
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import haitang.design.dayOf
import haitang.design.dayText
import uniffi.haitang.Every
import uniffi.haitang.Severity
import uniffi.haitang.ShiftState
import uniffi.haitang.TaskKind
import uniffi.haitang.TaskState
import java.time.DayOfWeek
import java.time.LocalDate
import java.time.format.TextStyle
import java.time.temporal.ChronoUnit
import java.util.Locale

@Composable
internal fun kindText(kind: TaskKind): String =
    stringResource(
        when (kind) {
            TaskKind.VISIT -> R.string.task_kind_visit
            TaskKind.PATROL -> R.string.task_kind_patrol
            TaskKind.CHECKPOINT -> R.string.task_kind_checkpoint
            TaskKind.ERRAND -> R.string.task_kind_errand
        },
    )

@Composable
internal fun stateText(state: TaskState): String =
    stringResource(
        when (state) {
            TaskState.OPEN -> R.string.task_state_open
            TaskState.ACCEPTED -> R.string.task_state_accepted
            TaskState.HANDED_OVER -> R.string.task_state_handed_over
            TaskState.DONE -> R.string.task_state_done
            TaskState.CANCELLED -> R.string.task_state_cancelled
        },
    )

@Composable
internal fun stateText(state: ShiftState): String =
    stringResource(
        when (state) {
            ShiftState.PLANNED -> R.string.task_shift_planned
            ShiftState.OFFERED -> R.string.task_shift_offered
            ShiftState.ON -> R.string.task_shift_on
            ShiftState.HANDED_OVER -> R.string.task_shift_handed_over
            ShiftState.ENDED -> R.string.task_shift_ended
            ShiftState.MISSED -> R.string.task_shift_missed
            ShiftState.CANCELLED -> R.string.task_shift_cancelled
        },
    )

@Composable
internal fun severityText(severity: Severity): String =
    stringResource(
        when (severity) {
            Severity.NOTE -> R.string.task_severity_note
            Severity.MINOR -> R.string.task_severity_minor
            Severity.MAJOR -> R.string.task_severity_major
            Severity.URGENT -> R.string.task_severity_urgent
        },
    )

/** When the household was last met, as people count it. */
@Composable
internal fun lastContactText(
    lastContact: Long?,
    now: Long,
): String {
    if (lastContact == null) return stringResource(R.string.task_never_met)
    val days = ChronoUnit.DAYS.between(dayOf(lastContact), dayOf(now)).toInt()
    return if (days < 1) stringResource(R.string.task_met_today) else pluralStringResource(R.plurals.task_met_days_ago, days, days)
}

@Composable
internal fun everyText(every: Every): String =
    when (every) {
        is Every.Days -> {
            val n = every.n.toInt()
            if (n == 1) stringResource(R.string.task_every_day) else stringResource(R.string.task_every_days, n)
        }

        is Every.Weeks -> {
            val n = every.n.toInt()
            val days =
                every.weekdays
                    .sorted()
                    .map { weekdayText(it.toInt()) }
                    .joinToString(stringResource(R.string.task_and))
            if (n == 1) stringResource(R.string.task_every_week, days) else stringResource(R.string.task_every_weeks, n, days)
        }

        is Every.Months -> {
            val (n, day) = every.n.toInt() to every.day.toInt()
            if (n == 1) stringResource(R.string.task_every_month, day) else stringResource(R.string.task_every_months, n, day)
        }
    }

/** The weekday's name, from 1, Monday, in the language that was chosen, which need not be the phone's. */
@Composable
internal fun weekdayText(day: Int): String =
    DayOfWeek.of(day).getDisplayName(TextStyle.SHORT, LocalConfiguration.current.locales[0] ?: Locale.SIMPLIFIED_CHINESE)

/** A day such as `2026-11-24`, as people say it. */
@Composable
internal fun dayText(
    day: String,
    now: Long,
): String = dayOf(day)?.let { dayText(startOf(it), now) } ?: day

internal fun dayOf(day: String): LocalDate? = runCatching { LocalDate.parse(day) }.getOrNull()

/**
 * The building of a place in one line, such as `大儒巷 12 号 3 幢` of `大儒巷 12 号 3 幢 2 单元 401 室`: where a worker goes once for all that is
 * there. A place that names none is a place of its own.
 */
internal fun buildingOf(place: String): String = BUILDING.find(place)?.value?.trim() ?: place.trim()

/** What is left of the place below the building. */
internal fun withinBuilding(place: String): String = place.trim().removePrefix(buildingOf(place)).trim()

/** A number that can be called, in what is written about whom to ask for. */
internal fun phoneIn(contact: String): String? = PHONE.find(contact)?.value?.trim()

private val BUILDING = Regex("^.*?[幢栋]")
private val PHONE = Regex("\\+?\\d[\\d -]{5,18}\\d")
