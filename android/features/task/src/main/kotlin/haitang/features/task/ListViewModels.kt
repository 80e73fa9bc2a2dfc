package haitang.features.task

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.Paged
import haitang.bridge.TaskCore
import haitang.design.Content
import haitang.design.WhileShown
import haitang.design.content
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.flatMapLatest
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.update
import uniffi.haitang.RoutineItem
import uniffi.haitang.RoutinePage
import uniffi.haitang.ShiftItem
import uniffi.haitang.ShiftPage

/** What a list that is only read shows. */
data class ListState<T>(
    val items: Content<Paged<T>> = Content.Loading,
    val now: Long = System.currentTimeMillis(),
)

/** Whose turn it is at the checkpoints. */
class RosterViewModel(
    core: TaskCore,
    now: () -> Long = System::currentTimeMillis,
) : ViewModel() {
    private val pages = MutableStateFlow(1)

    @OptIn(ExperimentalCoroutinesApi::class)
    val state: StateFlow<ListState<ShiftItem>> =
        pages
            .flatMapLatest { core.roster(it) }
            .map { ListState(it.content(), now()) }
            .stateIn(viewModelScope, WhileShown, ListState(now = now()))

    fun more() = pages.update { it + 1 }
}

/** One shift. */
class ShiftPageViewModel(
    private val core: TaskCore,
    private val id: String,
    now: () -> Long = System::currentTimeMillis,
) : ViewModel() {
    private val doer = Doer(viewModelScope)

    val state: StateFlow<PageState<ShiftPage>> = pageState(viewModelScope, core.shift(id), doer, now)

    fun start() = doer.act(Did.Started) { core.startShift(id) }

    fun end(note: String) = doer.act(Did.Ended) { core.endShift(id, note) }

    fun takeOver() = doer.act(Did.TookOver) { core.takeOverShift(id) }

    fun decline(note: String) = doer.act(Did.Declined) { core.declineShift(id, note) }

    fun miss(note: String) = doer.act(Did.Missed) { core.missShift(id, note) }

    fun cancel(reason: String) = doer.act(Did.Cancelled) { core.cancelShift(id, reason) }

    fun shown() = doer.shown()
}

/** What repeats. */
class RoutineListViewModel(
    core: TaskCore,
    now: () -> Long = System::currentTimeMillis,
) : ViewModel() {
    private val pages = MutableStateFlow(1)

    @OptIn(ExperimentalCoroutinesApi::class)
    val state: StateFlow<ListState<RoutineItem>> =
        pages
            .flatMapLatest { core.routines(it) }
            .map { ListState(it.content(), now()) }
            .stateIn(viewModelScope, WhileShown, ListState(now = now()))

    fun more() = pages.update { it + 1 }
}

/** One routine. */
class RoutinePageViewModel(
    private val core: TaskCore,
    private val id: String,
    now: () -> Long = System::currentTimeMillis,
) : ViewModel() {
    private val doer = Doer(viewModelScope)

    val state: StateFlow<PageState<RoutinePage>> = pageState(viewModelScope, core.routine(id), doer, now)

    /** Plans its tasks through [through], such as `2026-12-31`. */
    fun extend(through: String) = doer.act(Did.Extended) { core.extendRoutine(id, through) }

    fun stop(reason: String) = doer.act(Did.Stopped) { core.stopRoutine(id, reason) }

    fun shown() = doer.shown()
}
