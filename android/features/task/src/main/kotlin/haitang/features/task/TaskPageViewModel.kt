package haitang.features.task

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.TaskCore
import kotlinx.coroutines.flow.StateFlow
import uniffi.haitang.NewReport
import uniffi.haitang.TaskPage

/** One task. */
class TaskPageViewModel(
    private val core: TaskCore,
    private val id: String,
    now: () -> Long = System::currentTimeMillis,
) : ViewModel() {
    private val doer = Doer(viewModelScope)

    val state: StateFlow<PageState<TaskPage>> = pageState(viewModelScope, core.task(id), doer, now)

    /** Somebody was met, and there is nothing to tell. */
    fun allWell() = doer.act(Did.Reported) { core.report(id, NewReport()) }

    fun nobodyHome() = doer.act(Did.Reported) { core.report(id, NewReport(nobodyHome = true)) }

    fun accept() = doer.act(Did.Accepted) { core.accept(id) }

    fun takeOver() = doer.act(Did.TookOver) { core.takeOver(id) }

    fun decline(note: String) = doer.act(Did.Declined) { core.decline(id, note) }

    fun cancel(reason: String) = doer.act(Did.Cancelled) { core.cancel(id, reason) }

    fun shown() = doer.shown()
}
