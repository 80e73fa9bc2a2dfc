package haitang.design

import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** What a screen is doing for its person. */
data class DoingState(
    val busy: Boolean = false,
    val failure: Failure? = null,
)

/** Does one thing at a time for a screen: while it does, a second tap does nothing; why something failed stays until it was told. */
class Doing(
    private val scope: CoroutineScope,
) {
    private val states = MutableStateFlow(DoingState())

    val state: StateFlow<DoingState> = states.asStateFlow()

    /** Does [what], unless something is being done. */
    fun act(what: suspend () -> Unit) {
        if (states.value.busy) return
        states.value = DoingState(busy = true)
        scope.launch {
            try {
                what()
            } catch (failed: CoreFailure) {
                states.update { it.copy(failure = failed.failure) }
            } finally {
                states.update { it.copy(busy = false) }
            }
        }
    }

    /** The failure was shown. */
    fun told() = states.update { it.copy(failure = null) }
}
