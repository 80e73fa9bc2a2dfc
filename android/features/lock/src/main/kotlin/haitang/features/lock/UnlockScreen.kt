package haitang.features.lock

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import haitang.design.Haitang
import haitang.design.PrimaryButton
import haitang.design.QuietButton
import haitang.design.SecondaryButton
import haitang.design.failureText
import haitang.design.R as DesignR

/**
 * The lock.
 *
 * @param onBiometrics asks for a finger or a face; nothing where the phone or the person has none
 */
@Composable
fun UnlockScreen(
    state: UnlockState,
    onDigit: (Char) -> Unit,
    onDelete: () -> Unit,
    onEnter: () -> Unit,
    onOpen: () -> Unit,
    onBiometrics: (() -> Unit)?,
) {
    var forgot by rememberSaveable { mutableStateOf(false) }
    LaunchedEffect(state.open) { if (state.open) onOpen() }
    PinPage(
        title = stringResource(R.string.lock_title),
        hint = stringResource(R.string.lock_hint),
        digits = state.pin.length,
        said = saidText(state),
        mayType = state.mayType,
        onDigit = onDigit,
        onDelete = onDelete,
    ) {
        PrimaryButton(stringResource(R.string.lock_enter), onEnter, Modifier.fillMaxWidth(), enabled = state.mayEnter, busy = state.busy)
        if (onBiometrics != null) SecondaryButton(stringResource(R.string.lock_biometric), onBiometrics, Modifier.fillMaxWidth())
        QuietButton(stringResource(R.string.lock_forgot), { forgot = true })
    }
    if (forgot) {
        AlertDialog(
            onDismissRequest = { forgot = false },
            title = { Text(stringResource(R.string.lock_forgot_title)) },
            text = { Text(stringResource(R.string.lock_forgot_text), Modifier.verticalScroll(rememberScrollState())) },
            confirmButton = { QuietButton(stringResource(DesignR.string.ok), { forgot = false }) },
        )
    }
}

@Composable
private fun saidText(state: UnlockState): String? {
    val tries = state.triesLeft
    return when {
        state.waitSeconds > 0 -> stringResource(R.string.lock_wait, waitText(state.waitSeconds))
        state.failure != null -> failureText(state.failure)
        tries == 1 -> stringResource(R.string.lock_wrong_last)
        tries != null -> stringResource(R.string.lock_wrong, tries)
        state.biometricsOff -> stringResource(R.string.lock_biometric_off)
        else -> null
    }
}

/** Minutes and seconds. */
@Composable
internal fun waitText(seconds: Long): String =
    if (seconds >= MINUTE) {
        stringResource(R.string.lock_minutes_seconds, seconds / MINUTE, seconds % MINUTE)
    } else {
        stringResource(R.string.lock_seconds, seconds)
    }

private const val MINUTE = 60

/** What all pages of a PIN have in common: what is asked, what was said to it, how many digits, the keys, and what else can be done. */
@Composable
internal fun PinPage(
    title: String,
    hint: String,
    digits: Int,
    said: String?,
    mayType: Boolean,
    onDigit: (Char) -> Unit,
    onDelete: () -> Unit,
    modifier: Modifier = Modifier,
    below: @Composable () -> Unit,
) {
    Surface(modifier.fillMaxSize()) {
        Box(contentAlignment = Alignment.TopCenter) {
            Column(
                Modifier.widthIn(max = 480.dp).verticalScroll(rememberScrollState()).padding(Haitang.measures.edge),
                verticalArrangement = Arrangement.spacedBy(12.dp),
                horizontalAlignment = Alignment.CenterHorizontally,
            ) {
                Text(title, Modifier.semantics { heading() }, style = MaterialTheme.typography.headlineMedium, textAlign = TextAlign.Center)
                Text(hint, color = MaterialTheme.colorScheme.onSurfaceVariant, textAlign = TextAlign.Center)
                Entered(digits)
                if (said != null) {
                    Text(
                        said,
                        Modifier.semantics { liveRegion = LiveRegionMode.Polite },
                        color = MaterialTheme.colorScheme.error,
                        textAlign = TextAlign.Center,
                    )
                }
                PinPad(mayType, onDigit, onDelete)
                below()
            }
        }
    }
}
