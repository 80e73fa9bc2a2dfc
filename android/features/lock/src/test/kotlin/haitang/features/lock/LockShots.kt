package haitang.features.lock

import androidx.compose.runtime.Composable

@Composable
private fun Lock(
    state: UnlockState,
    biometrics: Boolean = true,
) = UnlockScreen(state, {}, {}, {}, {}, if (biometrics) ({}) else null)

@Composable
private fun Setting(state: SetPinState) = SetPinScreen(state, {}, {}, {}, {}, {})

val lockShots: List<Pair<String, @Composable () -> Unit>> =
    listOf(
        "lock" to { Lock(UnlockState(pin = "281")) },
        "lock-wrong" to { Lock(UnlockState(triesLeft = 1), biometrics = false) },
        "lock-wait" to { Lock(UnlockState(triesLeft = 0, waitSeconds = 90)) },
        "lock-set" to { Setting(SetPinState(PinTask.Set)) },
        "lock-again" to { Setting(SetPinState(PinTask.Set, PinStep.Again, "2817")) },
        "lock-differs" to { Setting(SetPinState(PinTask.Change, PinStep.New, differs = true)) },
    )
