package haitang.features.activity

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringArrayResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import haitang.design.ContentBox
import haitang.design.Fact
import haitang.design.HaitangScreen
import haitang.design.PrimaryButton
import haitang.design.ReadingColumn
import haitang.design.ReasonPage
import haitang.design.SecondaryButton
import haitang.design.SectionTitle
import haitang.design.momentText
import haitang.design.valueOrNull
import uniffi.haitang.LogMay
import uniffi.haitang.LogPage
import uniffi.haitang.LogState

/** What a hand can do with a log. */
class LogPageEvents(
    val onEdit: () -> Unit = {},
    val onRecall: () -> Unit = {},
    val onApprove: () -> Unit = {},
    val onAskReturn: (Boolean) -> Unit = {},
    val onReturn: (String) -> Unit = {},
    val onDecided: () -> Unit = {},
    val onProblemShown: () -> Unit = {},
    val onBack: () -> Unit = {},
    val bytes: suspend (String) -> ByteArray? = { null },
)

/** A log: for its author, and for whoever decides on it. */
@Composable
fun LogPageScreen(
    state: LogPageState,
    on: LogPageEvents,
) {
    LaunchedEffect(state.decided) { if (state.decided) on.onDecided() }
    Shown(state, on)
    if (state.returning) Returning(state, on)
}

@Composable
private fun Returning(
    state: LogPageState,
    on: LogPageEvents,
) {
    ReasonPage(
        stringResource(R.string.log_return),
        stringResource(R.string.log_return_reason),
        stringResource(R.string.log_return_do),
        onConfirm = on.onReturn,
        onDismiss = { on.onAskReturn(false) },
        suggestions = stringArrayResource(R.array.log_return_reasons).toList(),
        busy = state.busy,
        message = messageOf(state.problem),
        onMessageShown = on.onProblemShown,
    )
}

@Composable
private fun Shown(
    state: LogPageState,
    on: LogPageEvents,
) {
    val page = state.page.valueOrNull()
    HaitangScreen(
        stringResource(R.string.log),
        onBack = on.onBack,
        message = messageOf(state.problem).takeUnless { state.returning },
        onMessageShown = on.onProblemShown,
        bottom = page?.takeIf { it.may.anything() }?.let { { Next(it, state.busy, on) } },
    ) { padding ->
        ContentBox(
            state.page,
            Modifier.padding(padding),
        ) { shown -> ReadingColumn(Modifier.padding(padding)) { Body(shown, state.now, on) } }
    }
}

private fun LogMay.anything() = edit || recall || approve || returnIt

@Composable
private fun ColumnScope.Next(
    page: LogPage,
    busy: Boolean,
    on: LogPageEvents,
) {
    val (may, wide) = page.may to Modifier.fillMaxWidth()
    if (may.approve) PrimaryButton(stringResource(R.string.log_approve), on.onApprove, wide, busy = busy)
    if (may.returnIt) SecondaryButton(stringResource(R.string.log_return), { on.onAskReturn(true) }, wide, enabled = !busy)
    if (may.edit) {
        val text = if (page.log.state == LogState.RETURNED) R.string.log_mend else R.string.log_continue
        PrimaryButton(stringResource(text), on.onEdit, wide)
    }
    if (may.recall) SecondaryButton(stringResource(R.string.log_recall), on.onRecall, wide, busy = busy)
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun ColumnScope.Body(
    page: LogPage,
    now: Long,
    on: LogPageEvents,
) {
    val (log, content) = page.log to page.log.content
    Text(
        content.title.ifBlank { stringResource(R.string.log_untitled) },
        Modifier.semantics { heading() },
        style = MaterialTheme.typography.headlineSmall,
    )
    FlowRow(horizontalArrangement = Arrangement.spacedBy(6.dp), verticalArrangement = Arrangement.spacedBy(4.dp)) {
        LogChips(log.state, page.pending)
    }
    if (log.reason.isNotBlank()) {
        val by = page.decidedByName?.let { stringResource(R.string.log_reason_by, it) } ?: stringResource(R.string.log_reason)
        Fact(by, log.reason)
    } else {
        page.decidedByName?.let { Fact(stringResource(R.string.log_decided_by), it) }
    }
    Fact(stringResource(R.string.log_held), momentText(content.held, now))
    log.submitted?.let { Fact(stringResource(R.string.log_handed_in), momentText(it.latest, now)) }
    if (content.lateReason.isNotBlank()) Fact(stringResource(R.string.log_late), content.lateReason)
    Fact(stringResource(R.string.activity_kind), kindText(content.kind))
    Fact(stringResource(R.string.log_author), "${page.authorName} · ${page.orgName}")
    SectionTitle(stringResource(R.string.log_recorded))
    val labels =
        page.template
            ?.fields
            .orEmpty()
            .associate { it.name to it.label }
    val order = labels.keys + content.fields.keys
    order.filter { !content.fields[it].isNullOrBlank() }.forEach { name ->
        val label = labels[name] ?: if (name == LogEditorViewModel.FREE) stringResource(R.string.log_content) else name
        Fact(label, content.fields[name].orEmpty())
    }
    SectionTitle(stringResource(R.string.log_attendance, content.attendance.size))
    Text(page.attendanceNames.joinToString(stringResource(R.string.activity_name_separator)))
    if (content.files.isNotEmpty()) {
        SectionTitle(stringResource(R.string.log_files, content.files.size))
        content.files.forEachIndexed { index, file -> FileLine(file, index + 1, on.bytes) }
    }
}
