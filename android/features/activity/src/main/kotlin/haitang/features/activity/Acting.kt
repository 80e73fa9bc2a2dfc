package haitang.features.activity

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.design.Doing
import haitang.design.DoingState
import haitang.design.WhileShown
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.stateIn

/** A screen's model that does one thing at a time. */
abstract class ActingViewModel : ViewModel() {
    private val doing = Doing(viewModelScope)
    protected val acting: StateFlow<DoingState> = doing.state

    /** What went wrong has been read. */
    fun onProblemShown() = doing.told()

    protected fun act(what: suspend () -> Unit) = doing.act(what)

    protected fun <T> Flow<T>.shown(initial: T): StateFlow<T> = stateIn(viewModelScope, WhileShown, initial)
}
