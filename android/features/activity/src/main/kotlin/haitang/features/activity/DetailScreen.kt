package haitang.features.activity

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringArrayResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import haitang.design.ContentBox
import haitang.design.Fact
import haitang.design.Haitang
import haitang.design.HaitangScreen
import haitang.design.PrimaryButton
import haitang.design.QuietButton
import haitang.design.READABLE
import haitang.design.ReadingColumn
import haitang.design.ReasonPage
import haitang.design.SecondaryButton
import haitang.design.SectionTitle
import haitang.design.Status
import haitang.design.StatusChip
import haitang.design.clockText
import haitang.design.spanText
import haitang.design.valueOrNull
import uniffi.haitang.ActivityPage
import uniffi.haitang.Attendee
import uniffi.haitang.Means
import haitang.design.R as DesignR

/** What a hand can do with an activity. */
class DetailEvents(
    val onBack: () -> Unit = {},
    val onScan: () -> Unit = {},
    val onOpenCheckIn: () -> Unit = {},
    val onCloseCheckIn: () -> Unit = {},
    val onShowCode: () -> Unit = {},
    val onCheckInFor: () -> Unit = {},
    val onWriteLog: () -> Unit = {},
    val onOpenLog: (String) -> Unit = {},
    val onReplan: () -> Unit = {},
    val onAskCancel: (Boolean) -> Unit = {},
    val onCancel: (String) -> Unit = {},
    val onProblemShown: () -> Unit = {},
)

/** One activity: what, when, where, who, and what may be done with it. */
@Composable
fun DetailScreen(
    state: DetailState,
    on: DetailEvents,
) {
    LaunchedEffect(state.codeReady) { if (state.codeReady) on.onShowCode() }
    Shown(state, on)
    if (state.cancelling) Cancelling(state, on)
}

@Composable
private fun Cancelling(
    state: DetailState,
    on: DetailEvents,
) {
    ReasonPage(
        stringResource(R.string.activity_cancel),
        stringResource(R.string.activity_cancel_reason),
        stringResource(R.string.activity_cancel_do),
        onConfirm = on.onCancel,
        onDismiss = { on.onAskCancel(false) },
        suggestions = stringArrayResource(R.array.activity_cancel_reasons).toList(),
        busy = state.busy,
        message = messageOf(state.problem),
        onMessageShown = on.onProblemShown,
    )
}

@Composable
private fun Shown(
    state: DetailState,
    on: DetailEvents,
) {
    val page = state.page.valueOrNull()
    HaitangScreen(
        stringResource(R.string.activity),
        onBack = on.onBack,
        message = messageOf(state.problem).takeUnless { state.cancelling },
        onMessageShown = on.onProblemShown,
        bottom = page?.takeIf { it.hasNext() }?.let { { Next(it, state.busy, on) } },
    ) { padding ->
        ContentBox(state.page, Modifier.padding(padding)) { shown ->
            ReadingColumn(Modifier.padding(padding)) { Body(shown, state, on) }
        }
    }
}

private fun ActivityPage.hasNext() = may.showCode || may.openCheckIn || mayScan() || may.log || log != null

private fun ActivityPage.mayScan() = item.checkInOpen && !item.iAmPresent && !may.showCode

@Composable
private fun ColumnScope.Next(
    page: ActivityPage,
    busy: Boolean,
    on: DetailEvents,
) {
    val wide = Modifier.fillMaxWidth()
    val may = page.may
    when {
        may.showCode -> PrimaryButton(stringResource(R.string.activity_show_code), on.onShowCode, wide)
        may.openCheckIn -> PrimaryButton(stringResource(R.string.activity_open_check_in), on.onOpenCheckIn, wide, busy = busy)
        page.mayScan() -> PrimaryButton(stringResource(R.string.activity_scan), on.onScan, wide)
    }
    val log = page.log
    when {
        log != null -> SecondaryButton(stringResource(R.string.log_open), { on.onOpenLog(log) }, wide)
        may.log -> SecondaryButton(stringResource(R.string.log_write), on.onWriteLog, wide)
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun ColumnScope.Body(
    page: ActivityPage,
    state: DetailState,
    on: DetailEvents,
) {
    val item = page.item
    Text(item.title, Modifier.semantics { heading() }, style = MaterialTheme.typography.headlineSmall)
    FlowRow(horizontalArrangement = Arrangement.spacedBy(6.dp), verticalArrangement = Arrangement.spacedBy(4.dp)) { ActivityChips(item) }
    if (page.cancelledReason.isNotEmpty()) Fact(stringResource(R.string.activity_cancelled_because), page.cancelledReason)
    Fact(stringResource(R.string.activity_when), spanText(item.starts, item.ends, state.now))
    if (item.place.isNotBlank()) Fact(stringResource(R.string.activity_place), item.place)
    Fact(stringResource(R.string.activity_host), page.hostName)
    Fact(stringResource(R.string.activity_kind), kindText(item.kind))
    Fact(stringResource(R.string.activity_org), page.orgName)
    People(page)
    Others(page, state.busy, on)
}

@Composable
private fun ColumnScope.People(page: ActivityPage) {
    val present = page.attendees.map { it.member }.toSet()
    val missing = page.expected.filter { it.id !in present }
    SectionTitle(stringResource(R.string.activity_present, page.attendees.size))
    if (page.attendees.isEmpty()) {
        Text(stringResource(R.string.activity_present_none), color = MaterialTheme.colorScheme.onSurfaceVariant)
    }
    page.attendees.forEach { Present(it) }
    if (missing.isNotEmpty()) {
        SectionTitle(stringResource(if (page.wholeOrg) R.string.activity_expected_all else R.string.activity_expected, missing.size))
        Text(missing.joinToString(stringResource(R.string.activity_name_separator)) { it.name })
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Present(one: Attendee) {
    FlowRow(
        Modifier.fillMaxWidth().semantics(mergeDescendants = true) {},
        horizontalArrangement = Arrangement.spacedBy(8.dp),
        itemVerticalAlignment = Alignment.CenterVertically,
    ) {
        Text(one.name, style = MaterialTheme.typography.bodyLarge)
        Text(clockText(one.made), color = MaterialTheme.colorScheme.onSurfaceVariant)
        if (one.means == Means.HOST) StatusChip(stringResource(R.string.activity_by_host), Status.Plain)
        one.flags.forEach { StatusChip(flagWord(it), Status.Soon) }
        if (one.pending) StatusChip(stringResource(DesignR.string.not_sent_yet), Status.Plain)
    }
}

@Composable
private fun ColumnScope.Others(
    page: ActivityPage,
    busy: Boolean,
    on: DetailEvents,
) {
    val (may, wide) = page.may to Modifier.fillMaxWidth()
    if (may.checkInFor) SecondaryButton(stringResource(R.string.activity_check_in_for), on.onCheckInFor, wide)
    if (may.closeCheckIn) SecondaryButton(stringResource(R.string.activity_close_check_in), on.onCloseCheckIn, wide, enabled = !busy)
    if (may.replan) QuietButton(stringResource(R.string.activity_replan), on.onReplan, wide)
    if (may.cancel) QuietButton(stringResource(R.string.activity_cancel), { on.onAskCancel(true) }, wide, harmful = true)
}
