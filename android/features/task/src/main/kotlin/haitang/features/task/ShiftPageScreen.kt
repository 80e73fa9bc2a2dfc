package haitang.features.task

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Check
import androidx.compose.material.icons.filled.PlayArrow
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
import haitang.design.Fact
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.PrimaryButton
import haitang.design.QuietButton
import haitang.design.ReadingColumn
import haitang.design.ReasonPage
import haitang.design.SecondaryButton
import haitang.design.SectionTitle
import haitang.design.momentText
import haitang.design.spanText
import haitang.design.valueOrNull
import uniffi.haitang.ShiftPage

/** What can be done with a shift. */
class ShiftEvents(
    val onStart: () -> Unit = {},
    val onEnd: (note: String) -> Unit = {},
    val onHandOver: () -> Unit = {},
    val onTakeOver: () -> Unit = {},
    val onDecline: (note: String) -> Unit = {},
    val onMiss: (note: String) -> Unit = {},
    val onCancel: (reason: String) -> Unit = {},
    val onShown: () -> Unit = {},
    val onBack: () -> Unit = {},
)

private enum class ShiftAsking { End, Decline, Miss, Cancel }

/** One shift: begun, ended, handed to another. */
@Composable
fun ShiftPageScreen(
    state: PageState<ShiftPage>,
    events: ShiftEvents,
) {
    val page = state.page.valueOrNull()
    var asking by rememberSaveable { mutableStateOf<ShiftAsking?>(null) }
    HaitangScreen(
        stringResource(R.string.task_shift),
        onBack = events.onBack,
        message = state.doing.message(),
        onMessageShown = events.onShown,
        bottom =
            page?.takeIf { it.may.start || it.may.end || it.may.takeOver || it.may.decline }?.let {
                { Bottom(it, state.doing.busy, events) { what -> asking = what } }
            },
    ) { padding ->
        ContentBox(state.page, Modifier.padding(padding)) { shift ->
            ReadingColumn(Modifier.padding(padding)) { ShiftBody(shift, state.now, events) { asking = it } }
        }
    }
    asking?.let { Ask(it, events) { asking = null } }
}

@Composable
private fun ColumnScope.Bottom(
    page: ShiftPage,
    busy: Boolean,
    events: ShiftEvents,
    onAsk: (ShiftAsking) -> Unit,
) {
    val whole = Modifier.fillMaxWidth()
    if (page.may.takeOver) {
        PrimaryButton(stringResource(R.string.task_take_over), events.onTakeOver, whole, busy = busy, icon = Icons.Filled.Check)
    }
    if (page.may.decline) SecondaryButton(stringResource(R.string.task_decline), { onAsk(ShiftAsking.Decline) }, whole, enabled = !busy)
    if (page.may.start) {
        PrimaryButton(stringResource(R.string.task_shift_start), events.onStart, whole, busy = busy, icon = Icons.Filled.PlayArrow)
    }
    if (page.may.end) {
        PrimaryButton(stringResource(R.string.task_shift_end), { onAsk(ShiftAsking.End) }, whole, busy = busy, icon = Icons.Filled.Check)
    }
}

@Composable
private fun ShiftBody(
    page: ShiftPage,
    now: Long,
    events: ShiftEvents,
    onAsk: (ShiftAsking) -> Unit,
) {
    Text(page.item.place, Modifier.semantics { heading() }, style = MaterialTheme.typography.headlineSmall)
    Chips { ShiftChips(page.item) }
    page.offeredToName?.takeIf { !page.item.offeredToMe }?.let { Text(stringResource(R.string.task_offered_to, it)) }
    page.handoverNote?.takeIf { it.isNotBlank() }?.let { Fact(stringResource(R.string.task_hand_over_note), it) }
    Fact(stringResource(R.string.task_window), spanText(page.item.starts, page.item.ends, now))
    Fact(stringResource(R.string.task_assignee), page.item.member)
    page.duties?.let { Fact(stringResource(R.string.task_shift_duties), it) }
    page.onAt?.let { Fact(stringResource(R.string.task_shift_on_at), momentText(it.latest, now)) }
    page.offAt?.let { Fact(stringResource(R.string.task_shift_off_at), momentText(it.latest, now)) }
    page.note?.takeIf { it.isNotBlank() }?.let { Fact(stringResource(R.string.task_report_note), it) }
    Fact(stringResource(R.string.task_grid), page.gridName)
    if (page.reliefs.isNotEmpty()) {
        SectionTitle(stringResource(R.string.task_shift_reliefs))
        page.reliefs.forEach {
            ItemCard(
                stringResource(R.string.task_shift_relief, it.fromName, it.toName),
                lines = listOf(momentText(it.at, now), it.note.orEmpty()),
            )
        }
    }
    if (page.may.handOver) SecondaryButton(stringResource(R.string.task_hand_over), events.onHandOver, Modifier.fillMaxWidth())
    if (page.may.miss) QuietButton(stringResource(R.string.task_shift_miss), { onAsk(ShiftAsking.Miss) })
    if (page.may.cancel) QuietButton(stringResource(R.string.task_shift_cancel), { onAsk(ShiftAsking.Cancel) }, harmful = true)
}

@Composable
private fun Ask(
    what: ShiftAsking,
    events: ShiftEvents,
    onDone: () -> Unit,
) {
    val (title, confirm, act) =
        when (what) {
            ShiftAsking.End -> Triple(R.string.task_shift_end_title, R.string.task_shift_end, events.onEnd)
            ShiftAsking.Decline -> Triple(R.string.task_decline_title, R.string.task_decline, events.onDecline)
            ShiftAsking.Miss -> Triple(R.string.task_shift_miss_title, R.string.task_shift_miss, events.onMiss)
            ShiftAsking.Cancel -> Triple(R.string.task_shift_cancel_title, R.string.task_shift_cancel, events.onCancel)
        }
    val reasons = if (what == ShiftAsking.Decline) stringArrayResource(R.array.task_decline_reasons).toList() else emptyList()
    val required = what == ShiftAsking.Cancel
    ReasonPage(
        stringResource(title),
        stringResource(if (required) R.string.task_why else R.string.task_say_optional),
        stringResource(confirm),
        {
            onDone()
            act(it)
        },
        onDone,
        required = required,
        suggestions = reasons,
    )
}
