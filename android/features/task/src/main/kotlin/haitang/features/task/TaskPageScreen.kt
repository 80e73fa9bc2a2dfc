package haitang.features.task

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Check
import androidx.compose.material.icons.filled.CheckCircle
import androidx.compose.material.icons.filled.Edit
import androidx.compose.material.icons.filled.Warning
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.res.stringArrayResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import haitang.design.ContentBox
import haitang.design.Fact
import haitang.design.HaitangScreen
import haitang.design.PrimaryButton
import haitang.design.QuietButton
import haitang.design.ReadingColumn
import haitang.design.ReasonPage
import haitang.design.SecondaryButton
import haitang.design.SectionTitle
import haitang.design.Status
import haitang.design.StatusChip
import haitang.design.spanText
import haitang.design.valueOrNull
import uniffi.haitang.Attachment
import uniffi.haitang.TaskKind
import uniffi.haitang.TaskPage
import uniffi.haitang.TaskState

/** What can be done with a task. */
class TaskEvents(
    val onAllWell: () -> Unit = {},
    val onNobodyHome: () -> Unit = {},
    val onReport: () -> Unit = {},
    val onAccept: () -> Unit = {},
    val onHandOver: () -> Unit = {},
    val onTakeOver: () -> Unit = {},
    val onDecline: (note: String) -> Unit = {},
    val onCancel: (reason: String) -> Unit = {},
    val onCall: (number: String) -> Unit = {},
    val onHousehold: (String) -> Unit = {},
    val onPastReport: (String) -> Unit = {},
    val onShown: () -> Unit = {},
    val onBack: () -> Unit = {},
    val loadFile: suspend (Attachment) -> ByteArray? = { null },
)

private enum class Asking { Decline, Cancel }

/** One task: what to know before doing it, and how it went. */
@Composable
fun TaskPageScreen(
    state: PageState<TaskPage>,
    events: TaskEvents,
) {
    val page = state.page.valueOrNull()
    var asking by rememberSaveable { mutableStateOf<Asking?>(null) }
    HaitangScreen(
        page?.let { kindText(it.task.kind) } ?: stringResource(R.string.task),
        onBack = events.onBack,
        message = state.doing.message(),
        onMessageShown = events.onShown,
        bottom = page?.takeIf(::hasBottom)?.let { { Bottom(it, state.doing.busy, events) { asking = Asking.Decline } } },
    ) { padding ->
        ContentBox(state.page, Modifier.padding(padding)) {
            ReadingColumn(Modifier.padding(padding)) { TaskBody(it, state.now, events) { asking = Asking.Cancel } }
        }
    }
    when (asking) {
        Asking.Decline -> {
            ReasonPage(
                stringResource(R.string.task_decline_title),
                stringResource(R.string.task_why_optional),
                stringResource(R.string.task_decline),
                {
                    asking = null
                    events.onDecline(it)
                },
                { asking = null },
                required = false,
                suggestions = stringArrayResource(R.array.task_decline_reasons).toList(),
            )
        }

        Asking.Cancel -> {
            ReasonPage(
                stringResource(R.string.task_cancel_title),
                stringResource(R.string.task_why),
                stringResource(R.string.task_cancel),
                {
                    asking = null
                    events.onCancel(it)
                },
                { asking = null },
                suggestions = stringArrayResource(R.array.task_cancel_reasons).toList(),
            )
        }

        null -> {}
    }
}

private fun over(page: TaskPage) = page.task.state == TaskState.DONE || page.task.state == TaskState.CANCELLED

private fun hasBottom(page: TaskPage) = page.may.report || page.may.takeOver || page.may.decline || over(page)

@Composable
private fun ColumnScope.Bottom(
    page: TaskPage,
    busy: Boolean,
    events: TaskEvents,
    onDecline: () -> Unit,
) {
    val whole = Modifier.fillMaxWidth()
    if (page.may.takeOver) {
        PrimaryButton(stringResource(R.string.task_take_over), events.onTakeOver, whole, busy = busy, icon = Icons.Filled.Check)
    }
    if (page.may.decline) SecondaryButton(stringResource(R.string.task_decline), onDecline, whole, enabled = !busy)
    if (page.may.report && page.task.kind == TaskKind.VISIT) {
        PrimaryButton(stringResource(R.string.task_all_well), events.onAllWell, whole, busy = busy, icon = Icons.Filled.Check)
        // Side by side large letters would break words.
        if (LocalDensity.current.fontScale > SIDE_BY_SIDE_SCALE_MAX) {
            Others(whole, busy, events)
        } else {
            Row(whole, Arrangement.spacedBy(12.dp)) { Others(Modifier.weight(1f), busy, events) }
        }
    } else if (page.may.report) {
        PrimaryButton(stringResource(R.string.task_report), events.onReport, whole, enabled = !busy, icon = Icons.Filled.Edit)
    }
    if (over(page)) PrimaryButton(stringResource(R.string.task_back_to_list), events.onBack, whole)
}

@Composable
private fun Others(
    modifier: Modifier,
    busy: Boolean,
    events: TaskEvents,
) {
    SecondaryButton(stringResource(R.string.task_nobody_home), events.onNobodyHome, modifier, enabled = !busy)
    SecondaryButton(stringResource(R.string.task_something_found), events.onReport, modifier, enabled = !busy)
}

private const val SIDE_BY_SIDE_SCALE_MAX = 1.3f

@Composable
private fun TaskBody(
    page: TaskPage,
    now: Long,
    events: TaskEvents,
    onCancel: () -> Unit,
) {
    val task = page.task
    Text(task.title, Modifier.semantics { heading() }, style = MaterialTheme.typography.headlineSmall)
    Chips {
        val late = !over(page) && task.due < now
        if (late) StatusChip(stringResource(R.string.task_late), Status.Late, icon = Icons.Filled.Warning)
        when (task.state) {
            TaskState.DONE -> StatusChip(stateText(task.state), Status.Fine, icon = Icons.Filled.CheckCircle)
            TaskState.HANDED_OVER -> StatusChip(stateText(task.state), Status.Soon)
            else -> StatusChip(stateText(task.state), Status.Plain)
        }
        if (page.pending) PendingChip()
    }
    if (task.state == TaskState.HANDED_OVER && page.offeredToName != null && !page.may.takeOver) {
        Text(stringResource(R.string.task_offered_to, page.offeredToName.orEmpty()))
    }
    task.reason?.let { Fact(stringResource(R.string.task_reason), it) }
    page.report?.let { ReportView(it, visit = task.kind == TaskKind.VISIT, now, events.loadFile) }
    val household = page.household
    val householdId = task.household
    if (household != null) {
        HouseholdCard(household, now, events.onCall)
        if (householdId != null) QuietButton(stringResource(R.string.task_household_open), { events.onHousehold(householdId) })
    } else if (task.place.isNotBlank()) {
        Fact(stringResource(R.string.task_place), task.place)
    }
    task.note?.let { Fact(stringResource(R.string.task_note), it) }
    Fact(stringResource(R.string.task_window), spanText(task.from, task.due, now))
    Fact(stringResource(R.string.task_assignee), page.assigneeName ?: stringResource(R.string.task_anyone))
    Fact(stringResource(R.string.task_grid), page.gridName)
    if (page.history.isNotEmpty()) {
        SectionTitle(stringResource(R.string.task_history))
        page.history.forEach { ReportLineCard(it, now, events.onPastReport) }
    }
    if (page.may.accept) SecondaryButton(stringResource(R.string.task_accept), events.onAccept, Modifier.fillMaxWidth())
    if (page.may.handOver) SecondaryButton(stringResource(R.string.task_hand_over), events.onHandOver, Modifier.fillMaxWidth())
    if (page.may.cancel) QuietButton(stringResource(R.string.task_cancel), onCancel, harmful = true)
}
