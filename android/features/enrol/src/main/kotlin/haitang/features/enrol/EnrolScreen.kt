package haitang.features.enrol

import androidx.activity.compose.BackHandler
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import haitang.bridge.FailureKind
import haitang.design.Haitang
import haitang.design.HaitangScreen
import haitang.design.PrimaryButton
import haitang.design.QuietButton
import haitang.design.READABLE
import haitang.design.ReadingColumn
import haitang.design.SecondaryButton
import haitang.design.TextEntry
import haitang.platform.LocalDevices
import haitang.design.R as DesignR

/** What a person can do while enrolling. */
class EnrolActions(
    val go: (EnrolStep) -> Unit,
    val server: (String) -> Unit,
    val code: (String) -> Unit,
    val deviceName: (String) -> Unit,
    val scanned: (String) -> Unit,
    val typed: () -> Unit,
    val openBrowser: () -> Unit,
    val again: () -> Unit,
    val start: () -> Unit,
)

/** Enrolling, from the welcome to the first step into the app. */
@Composable
fun EnrolScreen(
    state: EnrolState,
    act: EnrolActions,
) {
    val inside = state.step == EnrolStep.Scan || state.step == EnrolStep.Type
    BackHandler(inside && !state.busy) { act.go(EnrolStep.Welcome) }
    val back = { act.go(EnrolStep.Welcome) }
    HaitangScreen(
        stringResource(R.string.enrol_title),
        onBack = if (inside && !state.busy) back else null,
    ) { padding ->
        when {
            state.busy -> Working(padding)
            state.step == EnrolStep.Scan -> Scan(state, act, padding)
            state.step == EnrolStep.Type -> Type(state, act, padding)
            state.step == EnrolStep.Done -> Done(state, act, padding)
            else -> Welcome(act, padding)
        }
    }
}

@Composable
private fun Working(padding: PaddingValues) {
    Column(
        Modifier
            .padding(padding)
            .fillMaxSize()
            .padding(32.dp)
            .semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Polite },
        verticalArrangement = Arrangement.spacedBy(16.dp, Alignment.CenterVertically),
        horizontalAlignment = Alignment.CenterHorizontally,
    ) {
        CircularProgressIndicator()
        Text(stringResource(R.string.enrol_working), textAlign = TextAlign.Center)
    }
}

@Composable
private fun Welcome(
    act: EnrolActions,
    padding: PaddingValues,
) = ReadingColumn(Modifier.padding(padding)) {
    Text(
        stringResource(R.string.enrol_welcome),
        Modifier.padding(top = 24.dp).semantics { heading() },
        style = MaterialTheme.typography.displaySmall,
        color = MaterialTheme.colorScheme.primary,
    )
    Text(stringResource(R.string.enrol_welcome_text), style = MaterialTheme.typography.titleMedium)
    Text(stringResource(R.string.enrol_ask_secretary), color = MaterialTheme.colorScheme.onSurfaceVariant)
    PrimaryButton(stringResource(R.string.enrol_scan), { act.go(EnrolStep.Scan) }, Modifier.fillMaxWidth())
    SecondaryButton(stringResource(R.string.enrol_type), { act.go(EnrolStep.Type) }, Modifier.fillMaxWidth())
}

@Composable
private fun Scan(
    state: EnrolState,
    act: EnrolActions,
    padding: PaddingValues,
) = ReadingColumn(Modifier.padding(padding)) {
    Text(stringResource(R.string.enrol_scan_hint), style = MaterialTheme.typography.titleMedium)
    Why(state, act)
    LocalDevices.current.Scanner(Modifier.fillMaxWidth().aspectRatio(1f), act.scanned)
    QuietButton(stringResource(R.string.enrol_type), { act.go(EnrolStep.Type) }, Modifier.fillMaxWidth())
}

@Composable
private fun Type(
    state: EnrolState,
    act: EnrolActions,
    padding: PaddingValues,
) = ReadingColumn(Modifier.padding(padding)) {
    TextEntry(
        stringResource(R.string.enrol_server),
        state.server,
        act.server,
        hint = stringResource(R.string.enrol_server_hint),
        keyboard = KeyboardType.Uri,
    )
    TextEntry(
        stringResource(R.string.enrol_code),
        state.code,
        act.code,
        hint = stringResource(R.string.enrol_code_hint),
        keyboard = KeyboardType.Ascii,
    )
    TextEntry(stringResource(R.string.enrol_device), state.deviceName, act.deviceName, hint = stringResource(R.string.enrol_device_hint))
    Why(state, act)
    PrimaryButton(stringResource(R.string.enrol_go), act.typed, Modifier.fillMaxWidth(), enabled = state.mayGo)
    QuietButton(stringResource(R.string.enrol_scan_instead), { act.go(EnrolStep.Scan) }, Modifier.fillMaxWidth())
}

/** Why it did not come through, and what helps. */
@Composable
private fun Why(
    state: EnrolState,
    act: EnrolActions,
) {
    val failure = state.failure ?: return
    Text(
        enrolText(failure, state.step),
        Modifier.semantics { liveRegion = LiveRegionMode.Polite },
        color = MaterialTheme.colorScheme.error,
    )
    if (failure.kind == FailureKind.Portal) {
        SecondaryButton(stringResource(R.string.enrol_open_browser), act.openBrowser, Modifier.fillMaxWidth())
    }
    if (state.mayTryAgain) PrimaryButton(stringResource(DesignR.string.retry), act.again, Modifier.fillMaxWidth())
}

@Composable
private fun Done(
    state: EnrolState,
    act: EnrolActions,
    padding: PaddingValues,
) = ReadingColumn(Modifier.padding(padding)) {
    Text(
        stringResource(R.string.enrol_hello, state.holder?.name.orEmpty()),
        Modifier.padding(top = 24.dp).semantics { heading() },
        style = MaterialTheme.typography.displaySmall,
        color = MaterialTheme.colorScheme.primary,
    )
    Text(stringResource(R.string.enrol_done), style = MaterialTheme.typography.titleMedium)
    PrimaryButton(stringResource(R.string.enrol_start), act.start, Modifier.fillMaxWidth())
}
