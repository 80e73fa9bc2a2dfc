package haitang.features.lock

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import haitang.bridge.Failure
import haitang.design.HaitangScreen
import haitang.design.PrimaryButton
import haitang.design.failureText

/** Sets, changes or removes the PIN. */
@Composable
fun SetPinScreen(
    state: SetPinState,
    onDigit: (Char) -> Unit,
    onDelete: () -> Unit,
    onNext: () -> Unit,
    onDone: () -> Unit,
    onBack: () -> Unit,
) {
    LaunchedEffect(state.done) { if (state.done) onDone() }
    val title =
        when (state.task) {
            PinTask.Set -> R.string.lock_new_title
            PinTask.Change -> R.string.lock_change_title
            PinTask.Remove -> R.string.lock_remove_title
        }
    val (asked, hint) =
        when (state.step) {
            PinStep.Current -> R.string.lock_current to R.string.lock_current_hint
            PinStep.New -> R.string.lock_new to R.string.lock_new_hint
            PinStep.Again -> R.string.lock_again to R.string.lock_again_hint
        }
    HaitangScreen(stringResource(title), onBack = onBack) { padding ->
        PinPage(
            title = stringResource(asked),
            hint = stringResource(hint),
            digits = state.pin.length,
            said = saidText(state),
            mayType = !state.busy,
            onDigit = onDigit,
            onDelete = onDelete,
            modifier = Modifier.padding(padding),
        ) {
            PrimaryButton(stringResource(R.string.lock_next), onNext, Modifier.fillMaxWidth(), enabled = state.mayNext, busy = state.busy)
        }
    }
}

@Composable
private fun saidText(state: SetPinState): String? =
    when {
        state.failure != null -> weakText(state.failure) ?: failureText(state.failure)
        state.differs -> stringResource(R.string.lock_differs)
        state.waitMs > 0 -> stringResource(R.string.lock_wait, waitText((state.waitMs + MS - 1) / MS))
        state.triesLeft == 1 -> stringResource(R.string.lock_wrong_last)
        state.triesLeft != null -> stringResource(R.string.lock_wrong, state.triesLeft)
        else -> null
    }

/** What is weak about a PIN, where the core says it. */
@Composable
private fun weakText(failure: Failure): String? =
    when (failure.values["reason"].takeIf { failure.code == "weak_pin" }) {
        "same" -> stringResource(R.string.lock_weak_same)
        "run" -> stringResource(R.string.lock_weak_run)
        else -> null
    }

private const val MS = 1000L
