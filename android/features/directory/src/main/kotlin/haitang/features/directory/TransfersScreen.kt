package haitang.features.directory

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.items
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.CheckCircle
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import haitang.design.ContentBox
import haitang.design.EmptyState
import haitang.design.Fact
import haitang.design.HaitangScreen
import haitang.design.PrimaryButton
import haitang.design.ReadingList
import haitang.design.ReasonPage
import haitang.design.SecondaryButton
import haitang.design.failureText
import uniffi.haitang.TransferItem

/** People on the way to an org the holder answers for: received, or declined with a reason. */
@Composable
fun TransfersScreen(
    state: TransfersState,
    onAccept: (String) -> Unit,
    onDecline: (String, String) -> Unit,
    onTold: () -> Unit,
    onBack: () -> Unit,
) {
    var declining by rememberSaveable { mutableStateOf<String?>(null) }
    HaitangScreen(
        stringResource(R.string.directory_transfers),
        onBack = onBack,
        message = state.failure?.let { failureText(it) },
        onMessageShown = onTold,
    ) { padding ->
        ContentBox(state.transfers, Modifier.padding(padding)) { transfers ->
            if (transfers.isEmpty()) {
                EmptyState(
                    stringResource(R.string.directory_no_transfers),
                    Modifier.padding(padding),
                    stringResource(R.string.directory_no_transfers_hint),
                    Icons.Filled.CheckCircle,
                )
            } else {
                ReadingList(Modifier.padding(padding)) {
                    items(transfers, { it.id }) { One(it, state.busy, { onAccept(it.id) }, { declining = it.id }) }
                }
            }
        }
    }
    declining?.let { transfer ->
        ReasonPage(
            stringResource(R.string.directory_decline_title),
            stringResource(R.string.directory_decline_reason),
            stringResource(R.string.directory_decline),
            onConfirm = {
                declining = null
                onDecline(transfer, it)
            },
            onDismiss = { declining = null },
            suggestions = listOf(stringResource(R.string.directory_decline_not_here), stringResource(R.string.directory_decline_unsure)),
        )
    }
}

@Composable
private fun One(
    transfer: TransferItem,
    busy: Boolean,
    onAccept: () -> Unit,
    onDecline: () -> Unit,
) {
    Surface(Modifier.fillMaxWidth(), shape = MaterialTheme.shapes.medium, color = MaterialTheme.colorScheme.surfaceContainer) {
        Column(Modifier.padding(16.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
            val name = transfer.name.ifBlank { stringResource(R.string.directory_name_unknown) }
            Text(name, Modifier.semantics { heading() }, style = MaterialTheme.typography.titleMedium)
            Fact(stringResource(R.string.directory_transfer_reason), transfer.reason)
            PrimaryButton(stringResource(R.string.directory_accept), onAccept, Modifier.fillMaxWidth(), busy = busy)
            SecondaryButton(stringResource(R.string.directory_decline), onDecline, Modifier.fillMaxWidth(), enabled = !busy)
        }
    }
}
