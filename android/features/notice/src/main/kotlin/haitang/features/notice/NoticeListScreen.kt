package haitang.features.notice

import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.items
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Notifications
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import haitang.design.ContentBox
import haitang.design.EmptyState
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.ReadingList
import haitang.design.Status
import haitang.design.StatusChip
import haitang.design.momentText
import uniffi.haitang.NoticeItem

/** The notices in force. */
@Composable
fun NoticeListScreen(
    state: NoticeListState,
    onOpen: (String) -> Unit,
    onMore: () -> Unit,
    onBack: () -> Unit,
) {
    HaitangScreen(stringResource(R.string.notices), onBack = onBack) { padding ->
        ContentBox(state.notices, Modifier.padding(padding)) { notices ->
            if (notices.isEmpty()) {
                EmptyState(
                    stringResource(R.string.notices_empty),
                    Modifier.padding(padding),
                    stringResource(R.string.notices_empty_hint),
                    Icons.Filled.Notifications,
                )
            } else {
                ReadingList(Modifier.padding(padding), onMore) { items(notices, { it.id }) { Line(it, onOpen) } }
            }
        }
    }
}

@Composable
private fun Line(
    notice: NoticeItem,
    onOpen: (String) -> Unit,
) {
    ItemCard(
        notice.title,
        lines = listOf(stringResource(R.string.notice_from, notice.org, momentText(notice.effective))),
        onClick = { onOpen(notice.id) },
        chips = {
            if (!notice.read) StatusChip(stringResource(R.string.notice_unread), Status.Plain)
            if (notice.wantsConfirmation) StatusChip(stringResource(R.string.notice_wants_confirmation), Status.Soon)
        },
    )
}
