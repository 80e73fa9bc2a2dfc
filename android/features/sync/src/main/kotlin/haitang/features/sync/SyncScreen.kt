package haitang.features.sync

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import haitang.design.Content
import haitang.design.Haitang
import haitang.design.HaitangScreen
import haitang.design.LoadingState
import haitang.design.PrimaryButton
import haitang.design.READABLE
import haitang.design.ReadingColumn
import haitang.design.SecondaryButton
import haitang.design.SectionTitle
import haitang.design.failureText
import haitang.design.momentText
import uniffi.haitang.OutboxStatus
import uniffi.haitang.SyncPhase
import uniffi.haitang.SyncState
import uniffi.haitang.SyncStop

/** The whole story of sync. */
@Composable
fun SyncScreen(
    state: SyncPageState,
    onSyncNow: () -> Unit,
    onOpenBrowser: () -> Unit,
    onOutbox: () -> Unit,
    onMessageShown: () -> Unit,
    onBack: () -> Unit,
    now: Long = System.currentTimeMillis(),
) {
    val message = state.failure?.let { failureText(it) } ?: if (state.done) stringResource(R.string.sync_done) else null
    HaitangScreen(
        stringResource(R.string.sync_title),
        onBack = onBack,
        message = message,
        onMessageShown = onMessageShown,
        bottom = {
            if (state.sync?.let { stopOf(it.phase) } == SyncStop.PORTAL) {
                SecondaryButton(stringResource(R.string.sync_open_browser), onOpenBrowser, Modifier.fillMaxWidth())
            }
            PrimaryButton(stringResource(R.string.sync_now), onSyncNow, Modifier.fillMaxWidth(), busy = state.busy)
        },
    ) { padding ->
        ReadingColumn(Modifier.padding(padding)) {
            state.sync?.let { Now(it) }
            when (val outbox = state.outbox) {
                Content.Loading -> {
                    LoadingState()
                }

                is Content.Failed -> {
                    Text(failureText(outbox.failure), color = MaterialTheme.colorScheme.error)
                }

                is Content.Ready -> {
                    if (!outbox.value.synced) First(state.sync?.phase)
                    Waiting(outbox.value)
                    Last(state.last, now)
                }
            }
            SecondaryButton(stringResource(R.string.sync_outbox), onOutbox, Modifier.fillMaxWidth())
        }
    }
}

@Composable
private fun Now(state: SyncState) {
    Text(lineText(state), Modifier.semantics { heading() }, style = MaterialTheme.typography.headlineSmall)
    stopOf(state.phase)?.let { Text(stringResource(whyText(it))) }
}

@Composable
private fun Last(
    last: Long?,
    now: Long,
) {
    Text(
        if (last == null) stringResource(R.string.sync_never) else stringResource(R.string.sync_last, momentText(last, now)),
        color = MaterialTheme.colorScheme.onSurfaceVariant,
    )
}

@Composable
private fun First(phase: SyncPhase?) {
    SectionTitle(stringResource(R.string.sync_first_title))
    val percent = (phase as? SyncPhase.Receiving)?.let(::percent)
    if (phase is SyncPhase.Receiving && percent != null) {
        val said = stringResource(R.string.sync_progress, percent)
        LinearProgressIndicator({ percent / 100f }, Modifier.fillMaxWidth().semantics { contentDescription = said })
        Text(stringResource(R.string.sync_first_text, phase.done.toLong(), phase.total.toLong()))
    } else {
        Text(stringResource(R.string.sync_first_waiting))
    }
}

@Composable
private fun Waiting(outbox: OutboxStatus) {
    val lines =
        listOf(
            R.string.sync_refused to outbox.refused,
            R.string.sync_doubtful to outbox.doubtful,
            R.string.sync_waiting to outbox.waiting,
            R.string.sync_accepted to outbox.accepted,
            R.string.sync_files to outbox.files,
            R.string.sync_files_stuck to outbox.filesStuck,
        ).filter { it.second > 0u }
    if (lines.isEmpty()) return
    SectionTitle(stringResource(R.string.sync_what_waits))
    lines.forEach { (name, count) -> Line(stringResource(name), stringResource(R.string.sync_count, count.toLong())) }
}

/** A count beside its name. */
@Composable
private fun Line(
    name: String,
    count: String,
) {
    Row(
        Modifier.fillMaxWidth().semantics(mergeDescendants = true) {},
        horizontalArrangement = Arrangement.spacedBy(Haitang.measures.gap),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        Text(name, Modifier.weight(1f))
        Text(count, style = MaterialTheme.typography.titleMedium)
    }
}
