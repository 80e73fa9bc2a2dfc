package haitang.features.lock

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.LockCore
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** What the person came for. */
enum class PinTask { Set, Change, Remove }

/** What is asked for now. */
enum class PinStep { Current, New, Again }

/**
 * What the pages of setting a PIN show.
 *
 * @param differs the new PIN was not the same twice
 */
data class SetPinState(
    val task: PinTask,
    val step: PinStep = if (task == PinTask.Set) PinStep.New else PinStep.Current,
    val pin: String = "",
    val busy: Boolean = false,
    val differs: Boolean = false,
    val triesLeft: Int? = null,
    val waitMs: Long = 0,
    val failure: Failure? = null,
    val done: Boolean = false,
) {
    val mayNext get() = !busy && pin.length >= SHORTEST
}

class SetPinViewModel(
    private val core: LockCore,
    task: PinTask,
) : ViewModel() {
    private val own = MutableStateFlow(SetPinState(task))
    val state: StateFlow<SetPinState> = own.asStateFlow()
    private var current = ""
    private var new = ""

    fun digit(digit: Char) =
        own.update {
            val longer = !it.busy && digit in '0'..'9' && it.pin.length < LONGEST
            if (longer) it.copy(pin = it.pin + digit, failure = null, differs = false, triesLeft = null, waitMs = 0) else it
        }

    fun delete() = own.update { if (it.busy) it else it.copy(pin = it.pin.dropLast(1)) }

    fun next() {
        val state = own.value
        if (!state.mayNext) return
        when (state.step) {
            PinStep.Current -> {
                act { checkCurrent(state.pin, state.task) }
            }

            PinStep.New -> {
                new = state.pin
                own.update { it.copy(step = PinStep.Again, pin = "") }
            }

            PinStep.Again -> {
                if (state.pin == new) act { set(state.task) } else own.update { it.copy(step = PinStep.New, pin = "", differs = true) }
            }
        }
    }

    private suspend fun checkCurrent(
        pin: String,
        task: PinTask,
    ) {
        val check = if (task == PinTask.Remove) core.clearPin(pin) else core.checkPin(pin)
        if (!check.right) {
            own.update { it.copy(pin = "", triesLeft = check.triesLeft.toInt(), waitMs = check.waitMs) }
            return
        }
        current = pin
        own.update { it.copy(pin = "", step = PinStep.New, done = task == PinTask.Remove) }
    }

    private suspend fun set(task: PinTask) {
        if (task == PinTask.Change) core.changePin(current, new) else core.setPin(new)
        own.update { it.copy(done = true) }
    }

    private fun act(what: suspend () -> Unit) {
        own.update { it.copy(busy = true, failure = null, differs = false, triesLeft = null, waitMs = 0) }
        viewModelScope.launch {
            try {
                what()
            } catch (failure: CoreFailure) {
                val again = if (own.value.step == PinStep.Again) PinStep.New else own.value.step
                own.update { it.copy(failure = failure.failure, pin = "", step = again) }
            } finally {
                own.update { it.copy(busy = false) }
            }
        }
    }
}
