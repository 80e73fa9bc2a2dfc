package haitang.features.lock

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.LockCore
import haitang.platform.BiometricResult
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import uniffi.haitang.PinCheck

/**
 * What the lock shows.
 *
 * @param pin what is entered so far; never written anywhere
 * @param triesLeft after a wrong try; nothing before one
 * @param waitSeconds what remains of a wait; 0 where there is none
 */
data class UnlockState(
    val pin: String = "",
    val busy: Boolean = false,
    val triesLeft: Int? = null,
    val waitSeconds: Long = 0,
    val biometricsOff: Boolean = false,
    val failure: Failure? = null,
    val open: Boolean = false,
) {
    val mayType get() = !busy && waitSeconds == 0L
    val mayEnter get() = mayType && pin.length >= SHORTEST
}

class UnlockViewModel(
    private val core: LockCore,
) : ViewModel() {
    private val own = MutableStateFlow(UnlockState())
    val state: StateFlow<UnlockState> = own.asStateFlow()
    private var countdown: Job? = null

    init {
        viewModelScope.launch {
            try {
                waitFor(core.pinState().waitMs)
            } catch (failure: CoreFailure) {
                own.update { it.copy(failure = failure.failure) }
            }
        }
    }

    fun digit(digit: Char) =
        own.update {
            if (it.mayType && digit in '0'..'9' && it.pin.length < LONGEST) it.copy(pin = it.pin + digit, failure = null) else it
        }

    fun delete() = own.update { if (it.mayType) it.copy(pin = it.pin.dropLast(1)) else it }

    fun enter() {
        val pin = own.value.pin
        if (!own.value.mayEnter) return
        own.update { it.copy(busy = true, failure = null, biometricsOff = false) }
        viewModelScope.launch {
            try {
                judged(core.checkPin(pin))
            } catch (failure: CoreFailure) {
                own.update { it.copy(busy = false, pin = "", failure = failure.failure) }
            }
        }
    }

    /** What came of a finger or a face. */
    fun biometrics(result: BiometricResult) {
        when (result) {
            BiometricResult.Confirmed -> own.update { it.copy(open = true, pin = "") }
            BiometricResult.Cancelled -> Unit
            BiometricResult.Unavailable -> own.update { it.copy(biometricsOff = true) }
        }
    }

    private fun judged(check: PinCheck) {
        own.update {
            it.copy(pin = "", busy = false, open = check.right, triesLeft = if (check.right) null else check.triesLeft.toInt())
        }
        if (!check.right) waitFor(check.waitMs)
    }

    /** Counts down on screen. Whether the wait is over is judged by the core again at the next try. */
    private fun waitFor(ms: Long) {
        countdown?.cancel()
        countdown =
            viewModelScope.launch {
                for (seconds in (ms + MS - 1) / MS downTo 1) {
                    own.update { it.copy(waitSeconds = seconds) }
                    delay(MS)
                }
                own.update { if (it.waitSeconds > 0) it.copy(waitSeconds = 0, triesLeft = null) else it }
            }
    }

    private companion object {
        const val MS = 1000L
    }
}
