package haitang.features.activity

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.CheckCircle
import androidx.compose.material.icons.filled.Edit
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import haitang.design.ContentBox
import haitang.design.EmptyState
import haitang.design.Haitang
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.LoadingState
import haitang.design.PrimaryButton
import haitang.design.READABLE
import haitang.design.ReadingList
import haitang.design.SecondaryButton
import haitang.design.Status
import haitang.design.StatusChip
import haitang.design.dayText
import uniffi.haitang.LogItem

/** The holder's own logs. */
@Composable
fun MyLogsScreen(
    state: LogListState,
    onOpen: (String) -> Unit,
    onContinue: (activity: String?) -> Unit,
    onNew: () -> Unit,
    onApprovals: () -> Unit,
    onMore: () -> Unit,
    onBack: () -> Unit,
) {
    HaitangScreen(
        stringResource(R.string.log_mine),
        onBack = onBack,
        bottom = {
            PrimaryButton(stringResource(R.string.log_write), onNew, Modifier.fillMaxWidth())
            if (state.waiting > 0) {
                SecondaryButton(stringResource(R.string.log_approvals_waiting, state.waiting), onApprovals, Modifier.fillMaxWidth())
            }
        },
    ) { padding ->
        ContentBox(state.logs, Modifier.padding(padding)) { logs ->
            if (logs.isEmpty() && state.unfinished.isEmpty()) {
                EmptyState(
                    stringResource(R.string.log_none),
                    Modifier.padding(padding),
                    stringResource(R.string.log_none_hint),
                    Icons.Filled.Edit,
                )
            } else {
                Logs(logs, state, onOpen, onContinue, onMore, Modifier.padding(padding))
            }
        }
    }
}

/** What waits for the holder's decision. */
@Composable
fun ApprovalsScreen(
    state: LogListState,
    onOpen: (String) -> Unit,
    onMore: () -> Unit,
    onBack: () -> Unit,
) {
    HaitangScreen(stringResource(R.string.log_approvals), onBack = onBack) { padding ->
        ContentBox(state.logs, Modifier.padding(padding)) { logs ->
            if (logs.isEmpty()) {
                EmptyState(
                    stringResource(R.string.log_approvals_none),
                    Modifier.padding(padding),
                    stringResource(R.string.log_approvals_none_hint),
                    Icons.Filled.CheckCircle,
                )
            } else {
                Logs(logs, state, onOpen, {}, onMore, Modifier.padding(padding))
            }
        }
    }
}

@Composable
private fun Logs(
    logs: List<LogItem>,
    state: LogListState,
    onOpen: (String) -> Unit,
    onContinue: (String?) -> Unit,
    onMore: () -> Unit,
    modifier: Modifier,
) {
    ReadingList(modifier) {
        items(state.unfinished, { it.key }) { left ->
            ItemCard(
                left.title.ifBlank { stringResource(R.string.log_untitled) },
                lines = listOf(stringResource(R.string.log_unfinished_hint)),
                onClick = { onContinue(left.activity) },
                chips = { StatusChip(stringResource(R.string.log_unfinished), Status.Soon, icon = Icons.Filled.Edit) },
            )
        }
        items(logs, { it.id }) { Line(it, state.now, onOpen) }
        if (state.hasMore) {
            item(key = "more") {
                LaunchedEffect(logs.size) { onMore() }
                LoadingState(Modifier.heightIn(min = 96.dp))
            }
        }
    }
}

@Composable
private fun Line(
    log: LogItem,
    now: Long,
    onOpen: (String) -> Unit,
) {
    ItemCard(
        log.title.ifBlank { stringResource(R.string.log_untitled) },
        lines =
            listOfNotNull(
                stringResource(R.string.log_line, kindText(log.kind), dayText(log.held, now), log.author),
                log.reason.takeIf { it.isNotBlank() }?.let { stringResource(R.string.log_returned_because, it) },
            ),
        onClick = { onOpen(log.id) },
        chips = { LogChips(log.state, log.pending) },
    )
}
