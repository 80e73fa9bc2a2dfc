package haitang.features.task

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.items
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Add
import androidx.compose.material.icons.filled.DateRange
import androidx.compose.material.icons.filled.Refresh
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringArrayResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import haitang.design.ContentBox
import haitang.design.EmptyState
import haitang.design.Fact
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.PrimaryButton
import haitang.design.QuietButton
import haitang.design.ReadingColumn
import haitang.design.ReadingList
import haitang.design.ReasonPage
import haitang.design.SecondaryButton
import haitang.design.SectionTitle
import haitang.design.Status
import haitang.design.StatusChip
import haitang.design.dayOf
import haitang.design.valueOrNull
import uniffi.haitang.RoutineItem
import uniffi.haitang.RoutinePage
import uniffi.haitang.RoutineState

/** What repeats. */
@Composable
fun RoutineListScreen(
    state: ListState<RoutineItem>,
    onRoutine: (String) -> Unit,
    onNew: () -> Unit,
    onMore: () -> Unit,
    onBack: () -> Unit,
) {
    HaitangScreen(
        stringResource(R.string.task_routines_title),
        onBack = onBack,
        bottom = { PrimaryButton(stringResource(R.string.task_routine_new), onNew, Modifier.fillMaxWidth(), icon = Icons.Filled.Add) },
    ) { padding ->
        ContentBox(state.items, Modifier.padding(padding)) { routines ->
            if (routines.items.isEmpty()) {
                EmptyState(
                    stringResource(R.string.task_routines_empty),
                    Modifier.padding(padding),
                    stringResource(R.string.task_routines_empty_hint),
                    Icons.Filled.Refresh,
                )
            } else {
                ReadingList(Modifier.padding(padding)) {
                    items(routines.items, { it.id }) { routine ->
                        ItemCard(
                            routine.title,
                            lines = listOf(routine.place),
                            onClick = { onRoutine(routine.id) },
                            chips = { RoutineChip(routine.state) },
                        )
                    }
                    if (routines.more) more(routines.items.size, onMore)
                }
            }
        }
    }
}

@Composable
private fun RoutineChip(state: RoutineState) {
    when (state) {
        RoutineState.RUNNING -> StatusChip(stringResource(R.string.task_routine_running), Status.Fine, icon = Icons.Filled.Refresh)
        RoutineState.STOPPED -> StatusChip(stringResource(R.string.task_routine_stopped), Status.Plain)
    }
}

/** What can be done with a routine. */
class RoutineEvents(
    val onExtend: (through: String) -> Unit = {},
    val onStop: (reason: String) -> Unit = {},
    val onShown: () -> Unit = {},
    val onBack: () -> Unit = {},
)

/** One routine: how often, and on which days next. */
@Composable
fun RoutinePageScreen(
    state: PageState<RoutinePage>,
    events: RoutineEvents,
) {
    val page = state.page.valueOrNull()
    var stopping by rememberSaveable { mutableStateOf(false) }
    var extending by rememberSaveable { mutableStateOf(false) }
    HaitangScreen(
        stringResource(R.string.task_routine),
        onBack = events.onBack,
        message = state.doing.message(),
        onMessageShown = events.onShown,
        bottom =
            page?.takeIf { it.may.extend }?.let {
                {
                    SecondaryButton(
                        stringResource(R.string.task_routine_extend),
                        { extending = true },
                        Modifier.fillMaxWidth(),
                        busy = state.doing.busy,
                        icon = Icons.Filled.DateRange,
                    )
                }
            },
    ) { padding ->
        ContentBox(state.page, Modifier.padding(padding)) { routine ->
            ReadingColumn(Modifier.padding(padding)) { RoutineBody(routine, state.now) { stopping = true } }
        }
    }
    if (stopping) {
        ReasonPage(
            stringResource(R.string.task_routine_stop_title),
            stringResource(R.string.task_why),
            stringResource(R.string.task_routine_stop),
            {
                stopping = false
                events.onStop(it)
            },
            { stopping = false },
            suggestions = stringArrayResource(R.array.task_cancel_reasons).toList(),
        )
    }
    if (extending) {
        val from = page?.next?.lastOrNull()?.let(::dayOf) ?: dayOf(state.now)
        DayDialog(from.plusMonths(1), { events.onExtend("$it") }, { extending = false })
    }
}

@Composable
private fun RoutineBody(
    page: RoutinePage,
    now: Long,
    onStop: () -> Unit,
) {
    val routine = page.routine
    Text(routine.title, Modifier.semantics { heading() }, style = MaterialTheme.typography.headlineSmall)
    Chips {
        StatusChip(kindText(routine.kind), Status.Plain)
        RoutineChip(page.item.state)
        if (page.pending) PendingChip()
    }
    routine.reason?.let { Fact(stringResource(R.string.task_reason), it) }
    Fact(stringResource(R.string.task_routine_every), everyText(routine.every))
    if (routine.workingDaysOnly) Text(stringResource(R.string.task_routine_working_days))
    Fact(stringResource(R.string.task_routine_hours), "${routine.opens}–${routine.closes}")
    routine.until?.let { Fact(stringResource(R.string.task_routine_until), dayText(it, now)) }
    if (routine.place.isNotBlank()) Fact(stringResource(R.string.task_place), routine.place)
    routine.note?.let { Fact(stringResource(R.string.task_note), it) }
    Fact(stringResource(R.string.task_assignee), page.assigneeName ?: stringResource(R.string.task_anyone))
    Fact(stringResource(R.string.task_grid), page.gridName)
    if (page.next.isNotEmpty()) {
        SectionTitle(stringResource(R.string.task_routine_next))
        page.next.forEach { Text(dayText(it, now)) }
    }
    if (page.may.stop) QuietButton(stringResource(R.string.task_routine_stop), onStop, harmful = true)
}
