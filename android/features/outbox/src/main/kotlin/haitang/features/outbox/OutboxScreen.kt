package haitang.features.outbox

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.CheckCircle
import androidx.compose.material3.Card
import androidx.compose.material3.CardDefaults
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.design.ConfirmDialog
import haitang.design.ContentBox
import haitang.design.EmptyState
import haitang.design.Haitang
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.QuietButton
import haitang.design.READABLE
import haitang.design.ReadingList
import haitang.design.SecondaryButton
import haitang.design.SectionTitle
import haitang.design.Status
import haitang.design.StatusChip
import haitang.design.failureText
import haitang.design.momentText
import haitang.design.valueOrNull
import uniffi.haitang.UnsentItem

/** What a person can do about what is not on the server. */
class OutboxActions(
    val mendLog: (ULong) -> Unit,
    val mend: (ULong) -> Unit,
    val ask: (UnsentItem?) -> Unit,
    val discard: () -> Unit,
    val export: () -> Unit,
    val share: (String) -> Unit,
    val messageShown: () -> Unit,
    val back: () -> Unit,
)

/** What is not on the server, and why. */
@Composable
fun OutboxScreen(
    state: OutboxState,
    act: OutboxActions,
    now: Long = System.currentTimeMillis(),
) {
    LaunchedEffect(state.export) { state.export?.let(act.share) }
    val message =
        state.failure?.let { failureText(it) } ?: when (state.done) {
            OutboxDone.Mended -> stringResource(R.string.outbox_mended)
            OutboxDone.Discarded -> stringResource(R.string.outbox_discarded)
            null -> null
        }
    val some = state.unsent.valueOrNull()?.let { it.refused.isNotEmpty() || it.waiting.isNotEmpty() } == true
    HaitangScreen(
        stringResource(R.string.outbox_title),
        onBack = act.back,
        message = message,
        onMessageShown = act.messageShown,
        bottom =
            if (some) {
                { SecondaryButton(stringResource(R.string.outbox_export), act.export, Modifier.fillMaxWidth(), busy = state.exporting) }
            } else {
                null
            },
    ) { padding ->
        ContentBox(state.unsent, Modifier.padding(padding)) { unsent ->
            if (some) {
                Box(Modifier.padding(padding).fillMaxSize(), Alignment.TopCenter) { Lists(unsent, state.busy, act, now) }
            } else {
                EmptyState(
                    stringResource(R.string.outbox_empty),
                    Modifier.padding(padding),
                    stringResource(R.string.outbox_empty_hint),
                    Icons.Filled.CheckCircle,
                )
            }
        }
    }
    state.asking?.let { item ->
        ConfirmDialog(
            stringResource(R.string.outbox_discard_title, nameOf(item)),
            stringResource(R.string.outbox_discard_text),
            stringResource(R.string.outbox_discard_confirm),
            onConfirm = act.discard,
            onDismiss = { act.ask(null) },
            harmful = true,
        )
    }
}

@Composable
private fun Lists(
    unsent: Unsent,
    busy: ULong?,
    act: OutboxActions,
    now: Long,
) {
    ReadingList {
        if (unsent.refused.isNotEmpty()) {
            item("refused") { Heading(stringResource(R.string.outbox_refused), stringResource(R.string.outbox_refused_hint)) }
            items(unsent.refused, { "r${it.seq}" }) { RefusedCard(it, busy, act, now) }
        }
        if (unsent.waiting.isNotEmpty()) {
            item("waiting") { Heading(stringResource(R.string.outbox_waiting), stringResource(R.string.outbox_waiting_hint)) }
            items(unsent.waiting, { "w${it.seq}" }) { WaitingCard(it, now) }
        }
    }
}

@Composable
private fun Heading(
    title: String,
    hint: String,
) {
    Column {
        SectionTitle(title)
        Text(hint, color = MaterialTheme.colorScheme.onSurfaceVariant)
    }
}

@Composable
private fun WaitingCard(
    item: UnsentItem,
    now: Long,
) {
    val doubt = item.code.isNotEmpty()
    ItemCard(
        nameOf(item),
        lines =
            listOf(
                commandText(item.command),
                stringResource(R.string.outbox_made, momentText(item.made, now)),
                if (doubt) reason(item) else "",
            ),
        chips = if (doubt) ({ StatusChip(stringResource(R.string.outbox_doubtful), Status.Soon) }) else null,
    )
}

@Composable
private fun RefusedCard(
    item: UnsentItem,
    busy: ULong?,
    act: OutboxActions,
    now: Long,
) {
    Card(
        Modifier.fillMaxWidth(),
        shape = MaterialTheme.shapes.medium,
        colors = CardDefaults.cardColors(containerColor = MaterialTheme.colorScheme.surfaceContainer),
    ) {
        Column(Modifier.padding(16.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
            // Read as one thing: what it was, when, and why it did not go through.
            Column(Modifier.semantics(mergeDescendants = true) {}, verticalArrangement = Arrangement.spacedBy(4.dp)) {
                Text(nameOf(item), style = MaterialTheme.typography.titleMedium)
                Text(
                    commandText(item.command) + " · " + stringResource(R.string.outbox_made, momentText(item.made, now)),
                    color = MaterialTheme.colorScheme.onSurfaceVariant,
                )
                Text(reason(item))
                if (item.feedLost) Text(stringResource(R.string.outbox_feed_lost))
            }
            if (!item.feedLost) Mend(item, busy, act)
            QuietButton(stringResource(R.string.outbox_discard), { act.ask(item) }, enabled = busy == null, harmful = true)
        }
    }
}

@Composable
private fun Mend(
    item: UnsentItem,
    busy: ULong?,
    act: OutboxActions,
) {
    val (text, mend) =
        when (item.command) {
            in LOGS -> R.string.outbox_mend_log to act.mendLog
            "task.report" -> R.string.outbox_mend_report to act.mend
            else -> R.string.outbox_mend to act.mend
        }
    SecondaryButton(stringResource(text), { mend(item.seq) }, Modifier.fillMaxWidth(), enabled = busy == null, busy = busy == item.seq)
}

/** Commands whose contents the core gives back to be changed. */
private val LOGS = setOf("activity.submit_log", "activity.save_draft")

@Composable
private fun nameOf(item: UnsentItem): String = item.title.ifEmpty { stringResource(R.string.outbox_untitled) }

@Composable
private fun reason(item: UnsentItem): String = failureText(Failure(FailureKind.Refused, item.code, item.values))
