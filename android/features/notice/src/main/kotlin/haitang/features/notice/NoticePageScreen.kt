package haitang.features.notice

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.CheckCircle
import androidx.compose.material3.MaterialTheme
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
import haitang.design.Fact
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.PrimaryButton
import haitang.design.QuietButton
import haitang.design.ReadingColumn
import haitang.design.ReasonPage
import haitang.design.SecondaryButton
import haitang.design.SectionTitle
import haitang.design.Status
import haitang.design.StatusChip
import haitang.design.failureText
import haitang.design.momentText
import haitang.design.sizeText
import haitang.design.spanText
import haitang.design.valueOrNull
import uniffi.haitang.Attachment
import uniffi.haitang.Notice
import uniffi.haitang.NoticePage
import uniffi.haitang.NoticeState

/** One notice: what it says, whether it still holds, and the answer it asks for. */
@Composable
fun NoticePageScreen(
    state: NoticePageState,
    onConfirm: () -> Unit,
    onWithdraw: (String) -> Unit,
    onFile: (Attachment) -> Unit,
    onOpen: (String) -> Unit,
    onTold: () -> Unit,
    onBack: () -> Unit,
) {
    val page = state.page.valueOrNull()
    HaitangScreen(
        stringResource(R.string.notice),
        onBack = onBack,
        message = state.failure?.let { failureText(it) },
        onMessageShown = onTold,
        bottom =
            if (page?.mayConfirm == true) {
                {
                    PrimaryButton(
                        stringResource(R.string.notice_confirm),
                        onConfirm,
                        Modifier.fillMaxWidth(),
                        busy = state.busy,
                        icon = Icons.Filled.CheckCircle,
                    )
                }
            } else {
                null
            },
    ) { padding ->
        ContentBox(state.page, Modifier.padding(padding)) {
            ReadingColumn(Modifier.padding(padding)) { Body(it, state.busy, onWithdraw, onFile, onOpen) }
        }
    }
}

@Composable
private fun ColumnScope.Body(
    page: NoticePage,
    busy: Boolean,
    onWithdraw: (String) -> Unit,
    onFile: (Attachment) -> Unit,
    onOpen: (String) -> Unit,
) {
    val notice = page.notice
    Text(notice.title, Modifier.semantics { heading() }, style = MaterialTheme.typography.headlineSmall)
    Chips(page)
    if (notice.state == NoticeState.WITHDRAWN) NoLonger(notice, onOpen)
    SelectionContainer { Text(notice.text, style = MaterialTheme.typography.bodyLarge) }
    if (notice.files.isNotEmpty()) {
        SectionTitle(stringResource(R.string.notice_files))
        notice.files.forEach { file -> ItemCard(file.name, lines = listOf(sizeText(file.bytes)), onClick = { onFile(file) }) }
    }
    SectionTitle(stringResource(R.string.notice_about))
    Fact(stringResource(R.string.notice_by), stringResource(R.string.notice_from, page.orgName, page.authorName))
    Fact(stringResource(R.string.notice_published), momentText(notice.published))
    val until = notice.until
    Fact(
        stringResource(R.string.notice_holds),
        if (until == null) stringResource(R.string.notice_holds_from, momentText(notice.effective)) else spanText(notice.effective, until),
    )
    notice.replaces?.let { SecondaryButton(stringResource(R.string.notice_see_earlier), { onOpen(it) }, Modifier.fillMaxWidth()) }
    if (page.mayWithdraw) Withdraw(busy, onWithdraw)
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Chips(page: NoticePage) {
    FlowRow(horizontalArrangement = Arrangement.spacedBy(6.dp), verticalArrangement = Arrangement.spacedBy(4.dp)) {
        if (page.notice.state == NoticeState.WITHDRAWN) StatusChip(stringResource(R.string.notice_no_longer), Status.Late)
        if (page.mayConfirm) StatusChip(stringResource(R.string.notice_wants_confirmation), Status.Soon)
        if (page.confirmed) StatusChip(stringResource(R.string.notice_confirmed), Status.Fine, icon = Icons.Filled.CheckCircle)
    }
}

/** Why it does not hold, and what does. */
@Composable
private fun NoLonger(
    notice: Notice,
    onOpen: (String) -> Unit,
) {
    val later = notice.replacedBy
    Text(
        when {
            later != null -> stringResource(R.string.notice_replaced)
            notice.withdrawnReason.isNotBlank() -> stringResource(R.string.notice_withdrawn_because, notice.withdrawnReason)
            else -> stringResource(R.string.notice_withdrawn)
        },
        style = MaterialTheme.typography.titleMedium,
        color = MaterialTheme.colorScheme.error,
    )
    if (later != null) PrimaryButton(stringResource(R.string.notice_see_later), { onOpen(later) }, Modifier.fillMaxWidth())
}

@Composable
private fun Withdraw(
    busy: Boolean,
    onWithdraw: (String) -> Unit,
) {
    var asking by rememberSaveable { mutableStateOf(false) }
    QuietButton(stringResource(R.string.notice_withdraw), { asking = true }, enabled = !busy, harmful = true)
    if (asking) {
        ReasonPage(
            stringResource(R.string.notice_withdraw_title),
            stringResource(R.string.notice_withdraw_reason),
            stringResource(R.string.notice_withdraw),
            onConfirm = {
                asking = false
                onWithdraw(it)
            },
            onDismiss = { asking = false },
        )
    }
}
