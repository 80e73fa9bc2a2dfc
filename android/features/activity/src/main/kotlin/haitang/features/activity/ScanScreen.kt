package haitang.features.activity

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.CheckCircle
import androidx.compose.material.icons.filled.Warning
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import haitang.bridge.Failure
import haitang.design.Haitang
import haitang.design.HaitangScreen
import haitang.design.PrimaryButton
import haitang.design.SecondaryButton
import haitang.design.failureText
import haitang.platform.LocalDevices
import uniffi.haitang.CheckedIn
import haitang.design.R as DesignR

/** Checking in: one scan. A wrong code gets a sentence, and the camera goes on looking. */
@Composable
fun ScanScreen(
    state: ScanState,
    onScanned: (String) -> Unit,
    onOpen: (String) -> Unit,
    onBack: () -> Unit,
) {
    val done = state.done
    HaitangScreen(
        stringResource(R.string.activity_scan),
        onBack = onBack,
        bottom =
            done?.let {
                {
                    PrimaryButton(stringResource(DesignR.string.ok), onBack, Modifier.fillMaxWidth())
                    SecondaryButton(stringResource(R.string.activity_open), { onOpen(it.activity) }, Modifier.fillMaxWidth())
                }
            },
    ) { padding ->
        if (done != null) {
            Done(done, Modifier.padding(padding))
        } else {
            Column(Modifier.padding(padding).fillMaxSize()) {
                LocalDevices.current.Scanner(Modifier.weight(1f).fillMaxWidth(), onScanned)
                Told(state)
            }
        }
    }
}

@Composable
private fun Told(state: ScanState) {
    val wrong = state.problem != null
    val colors = MaterialTheme.colorScheme
    Surface(color = if (wrong) colors.errorContainer else colors.surfaceContainerLow) {
        Row(
            Modifier
                .fillMaxWidth()
                .padding(Haitang.measures.edge)
                .semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Assertive },
            Arrangement.spacedBy(12.dp),
            Alignment.CenterVertically,
        ) {
            if (wrong) Icon(Icons.Filled.Warning, null, Modifier.size(Haitang.measures.icon))
            Text(
                when {
                    state.problem != null -> scanText(state.problem)
                    state.busy -> stringResource(R.string.activity_scan_busy)
                    else -> stringResource(R.string.activity_scan_hint)
                },
                style = MaterialTheme.typography.bodyLarge,
            )
        }
    }
}

/** What can be told better here, where it is known what the person was about. */
@Composable
private fun scanText(problem: Failure): String =
    when (problem.code) {
        "already" -> stringResource(R.string.activity_scan_already)
        "missing" -> stringResource(R.string.activity_scan_missing)
        "bad_code" -> stringResource(R.string.activity_scan_wrong)
        else -> failureText(problem)
    }

@Composable
private fun Done(
    done: CheckedIn,
    modifier: Modifier,
) {
    Box(modifier.fillMaxSize(), Alignment.Center) {
        Column(
            Modifier
                .verticalScroll(rememberScrollState())
                .padding(24.dp)
                .semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Assertive },
            Arrangement.spacedBy(16.dp),
            Alignment.CenterHorizontally,
        ) {
            Icon(Icons.Filled.CheckCircle, null, Modifier.size(112.dp), tint = MaterialTheme.colorScheme.secondary)
            Text(
                stringResource(R.string.activity_scan_done),
                Modifier.semantics { heading() },
                style = MaterialTheme.typography.headlineMedium,
                textAlign = TextAlign.Center,
            )
            Text(done.title, style = MaterialTheme.typography.titleLarge, textAlign = TextAlign.Center)
            done.flags.forEach { Text(flagText(it), textAlign = TextAlign.Center) }
            Text(
                stringResource(R.string.activity_scan_kept),
                color = MaterialTheme.colorScheme.onSurfaceVariant,
                textAlign = TextAlign.Center,
            )
        }
    }
}
