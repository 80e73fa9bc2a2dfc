package haitang.features.task

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Check
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.input.KeyboardType
import haitang.design.HaitangScreen
import haitang.design.LoadingState
import haitang.design.PrimaryButton
import haitang.design.ReadingColumn
import haitang.design.SectionTitle
import haitang.design.SwitchRow
import haitang.design.TextEntry
import haitang.design.dayOf

/** What happens while work is given. */
class WorkEvents<D>(
    val onWork: ((WorkDraft) -> WorkDraft) -> Unit = {},
    val onEdit: ((D) -> D) -> Unit = {},
    val onGive: () -> Unit = {},
    val onGiven: (String) -> Unit = {},
    val onShown: () -> Unit = {},
    val onBack: () -> Unit = {},
)

@Composable
private fun <D : Any> WorkScreen(
    title: String,
    give: String,
    state: WorkState<D>,
    events: WorkEvents<D>,
    form: @Composable ColumnScope.(D) -> Unit,
) {
    val given by rememberUpdatedState(events.onGiven)
    LaunchedEffect(state.given) { state.given?.let { given(it) } }
    val draft = state.draft
    HaitangScreen(
        title,
        onBack = events.onBack,
        message = state.doing.message(),
        onMessageShown = events.onShown,
        bottom =
            draft?.let {
                { PrimaryButton(give, events.onGive, Modifier.fillMaxWidth(), busy = state.doing.busy, icon = Icons.Filled.Check) }
            },
    ) { padding ->
        if (draft == null) LoadingState(Modifier.padding(padding)) else ReadingColumn(Modifier.padding(padding)) { form(draft) }
    }
}

/** A task being given. */
@Composable
fun NewTaskScreen(
    state: WorkState<TaskDraft>,
    events: WorkEvents<TaskDraft>,
) {
    WorkScreen(stringResource(R.string.task_new_title), stringResource(R.string.task_give), state, events) { draft ->
        WorkFields(draft.work, state.around, state.doing.wrong, events.onWork)
        SectionTitle(stringResource(R.string.task_due_by))
        val today = dayOf(state.now)
        val days =
            listOf(
                today to stringResource(R.string.task_due_today),
                today.plusDays(1) to stringResource(R.string.task_due_tomorrow),
                today.plusDays(7) to stringResource(R.string.task_due_week),
            )
        Chips { days.forEach { (day, said) -> Choice(said, "$day" == draft.due) { events.onEdit { it.copy(due = "$day") } } } }
        DayRow(stringResource(R.string.task_due_day), draft.due, today, state.now) { day -> events.onEdit { it.copy(due = "$day") } }
    }
}

/** Something that repeats, being planned. */
@Composable
fun NewRoutineScreen(
    state: WorkState<RoutineDraft>,
    events: WorkEvents<RoutineDraft>,
) {
    WorkScreen(stringResource(R.string.task_routine_new), stringResource(R.string.task_routine_plan), state, events) { draft ->
        WorkFields(draft.work, state.around, state.doing.wrong, events.onWork)
        SectionTitle(stringResource(R.string.task_routine_every))
        Rhythms(draft, events.onEdit)
        Hint(everyText(draft.every))
        SwitchRow(
            stringResource(R.string.task_routine_working_days_only),
            draft.workingDaysOnly,
            { on -> events.onEdit { it.copy(workingDaysOnly = on) } },
            detail = stringResource(R.string.task_routine_working_days),
        )
        val today = dayOf(state.now)
        DayRow(stringResource(R.string.task_routine_first), draft.first, today, state.now) { day ->
            events.onEdit { it.copy(first = "$day") }
        }
        DayRow(stringResource(R.string.task_routine_until), draft.until, today.plusMonths(3), state.now) { day ->
            events.onEdit { it.copy(until = "$day") }
        }
        SectionTitle(stringResource(R.string.task_routine_hours))
        Hours(draft, events.onEdit)
        Stepper(stringResource(R.string.task_routine_ahead), draft.ahead, 1..AHEAD_MAX) { n -> events.onEdit { it.copy(ahead = n) } }
        Hint(stringResource(R.string.task_routine_ahead_hint))
    }
}

@Composable
private fun Rhythms(
    draft: RoutineDraft,
    onEdit: ((RoutineDraft) -> RoutineDraft) -> Unit,
) {
    Chips {
        Choice(stringResource(R.string.task_rhythm_days), draft.rhythm == Rhythm.Days) { onEdit { it.copy(rhythm = Rhythm.Days) } }
        Choice(stringResource(R.string.task_rhythm_weeks), draft.rhythm == Rhythm.Weeks) { onEdit { it.copy(rhythm = Rhythm.Weeks) } }
        Choice(stringResource(R.string.task_rhythm_months), draft.rhythm == Rhythm.Months) { onEdit { it.copy(rhythm = Rhythm.Months) } }
    }
    val (label, most) =
        when (draft.rhythm) {
            Rhythm.Days -> R.string.task_every_n_days to DAYS_MAX
            Rhythm.Weeks -> R.string.task_every_n_weeks to WEEKS_MAX
            Rhythm.Months -> R.string.task_every_n_months to MONTHS_MAX
        }
    Stepper(stringResource(label), draft.n, 1..most) { n -> onEdit { it.copy(n = n) } }
    when (draft.rhythm) {
        Rhythm.Days -> {}

        Rhythm.Weeks -> {
            Chips {
                for (day in 1..DAYS_OF_WEEK) {
                    val on = day in draft.weekdays
                    Choice(weekdayText(day), on) { onEdit { it.copy(weekdays = if (on) it.weekdays - day else it.weekdays + day) } }
                }
            }
        }

        Rhythm.Months -> {
            Stepper(stringResource(R.string.task_day_of_month), draft.day, 1..DAYS_OF_MONTH) { day -> onEdit { it.copy(day = day) } }
        }
    }
}

@Composable
private fun Hours(
    draft: RoutineDraft,
    onEdit: ((RoutineDraft) -> RoutineDraft) -> Unit,
) {
    Chips {
        HOURS.forEach { (opens, closes) ->
            Choice("$opens–$closes", draft.opens == opens && draft.closes == closes) { onEdit { it.copy(opens = opens, closes = closes) } }
        }
    }
    TextEntry(
        stringResource(R.string.task_routine_opens),
        draft.opens,
        { text -> onEdit { it.copy(opens = text) } },
        keyboard = KeyboardType.Text,
    )
    TextEntry(
        stringResource(R.string.task_routine_closes),
        draft.closes,
        { text -> onEdit { it.copy(closes = text) } },
        keyboard = KeyboardType.Text,
    )
}

private val HOURS = listOf("08:30" to "11:30", "13:30" to "17:30", "08:30" to "17:30", "18:30" to "20:30")

// Beyond these the core says no; a stepper need not lead there.
private const val DAYS_MAX = 366
private const val WEEKS_MAX = 53
private const val MONTHS_MAX = 24
private const val DAYS_OF_WEEK = 7
private const val DAYS_OF_MONTH = 31
private const val AHEAD_MAX = 31
