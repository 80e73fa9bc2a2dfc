package haitang.features.task

import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.items
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.CheckCircle
import androidx.compose.material.icons.filled.DateRange
import androidx.compose.material.icons.filled.Person
import androidx.compose.material.icons.filled.Warning
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import haitang.design.ContentBox
import haitang.design.EmptyState
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.ReadingList
import haitang.design.SectionTitle
import haitang.design.Status
import haitang.design.StatusChip
import haitang.design.clockText
import haitang.design.dayOf
import haitang.design.dayText
import haitang.design.spanText
import uniffi.haitang.ShiftItem
import uniffi.haitang.ShiftState

/** Whose turn it is, day by day. */
@Composable
fun RosterScreen(
    state: ListState<ShiftItem>,
    onShift: (String) -> Unit,
    onMore: () -> Unit,
    onBack: () -> Unit,
) {
    HaitangScreen(stringResource(R.string.task_roster_title), onBack = onBack) { padding ->
        ContentBox(state.items, Modifier.padding(padding)) { shifts ->
            if (shifts.items.isEmpty()) {
                EmptyState(
                    stringResource(R.string.task_roster_empty),
                    Modifier.padding(padding),
                    stringResource(R.string.task_roster_empty_hint),
                    Icons.Filled.DateRange,
                )
            } else {
                ReadingList(Modifier.padding(padding)) {
                    shifts.items.groupBy { dayOf(it.starts) }.forEach { (day, that) ->
                        item("$day") { SectionTitle(dayText(that.first().starts, state.now)) }
                        items(that, { it.id }) { ShiftCard(it, state.now, onShift) }
                    }
                    if (shifts.more) more(shifts.items.size, onMore)
                }
            }
        }
    }
}

@Composable
private fun ShiftCard(
    shift: ShiftItem,
    now: Long,
    onShift: (String) -> Unit,
) {
    // Its day stands above it; only a night shift needs to say more.
    val oneDay = dayOf(shift.starts) == dayOf(shift.ends)
    ItemCard(
        if (oneDay) "${clockText(shift.starts)}–${clockText(shift.ends)}" else spanText(shift.starts, shift.ends, now),
        lines = listOf(shift.place, shift.member),
        onClick = { onShift(shift.id) },
        chips = { ShiftChips(shift) },
    )
}

@Composable
internal fun ShiftChips(shift: ShiftItem) {
    if (shift.mine) StatusChip(stringResource(R.string.task_shift_mine), Status.Fine, icon = Icons.Filled.Person)
    if (shift.offeredToMe) {
        StatusChip(stringResource(R.string.task_offered_to_me), Status.Soon)
    } else {
        when (shift.state) {
            ShiftState.PLANNED, ShiftState.CANCELLED -> StatusChip(stateText(shift.state), Status.Plain)
            ShiftState.OFFERED, ShiftState.HANDED_OVER -> StatusChip(stateText(shift.state), Status.Soon)
            ShiftState.ON, ShiftState.ENDED -> StatusChip(stateText(shift.state), Status.Fine, icon = Icons.Filled.CheckCircle)
            ShiftState.MISSED -> StatusChip(stateText(shift.state), Status.Late, icon = Icons.Filled.Warning)
        }
    }
    if (shift.pending) PendingChip()
}
