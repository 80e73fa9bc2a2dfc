package haitang.features.activity

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** Whether something is being done, and why the last thing could not be. */
data class Acting(
    val busy: Boolean = false,
    val problem: Failure? = null,
)

/** A screen's model that does one thing at a time: a second press while the first is under way does nothing. */
abstract class ActingViewModel : ViewModel() {
    protected val acting = MutableStateFlow(Acting())

    /** What went wrong has been read. */
    fun onProblemShown() = acting.update { it.copy(problem = null) }

    protected fun act(what: suspend () -> Unit) {
        if (acting.value.busy) return
        acting.value = Acting(busy = true)
        viewModelScope.launch {
            acting.value =
                try {
                    what()
                    Acting()
                } catch (failed: CoreFailure) {
                    Acting(problem = failed.failure)
                }
        }
    }

    protected fun <T> Flow<T>.shown(initial: T): StateFlow<T> =
        stateIn(viewModelScope, SharingStarted.WhileSubscribed(STOP_AFTER_MS), initial)

    private companion object {
        /** A turned phone subscribes again before this. */
        const val STOP_AFTER_MS = 5_000L
    }
}
