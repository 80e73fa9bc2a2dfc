package haitang.features.task

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.Paged
import haitang.bridge.TaskCore
import haitang.bridge.valueOrNull
import haitang.design.Content
import haitang.design.WhileShown
import haitang.design.content
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flatMapLatest
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.update
import uniffi.haitang.TaskItem
import uniffi.haitang.TaskOrder

/**
 * What the list of tasks shows.
 *
 * @param inGrid whether the holder works in a grid: they may give tasks there
 */
data class TaskListState(
    val order: TaskOrder = TaskOrder.DUE,
    val tasks: Content<Paged<TaskItem>> = Content.Loading,
    val inGrid: Boolean = false,
    val now: Long = System.currentTimeMillis(),
)

class TaskListViewModel(
    core: TaskCore,
    private val now: () -> Long = System::currentTimeMillis,
) : ViewModel() {
    private data class Wanted(
        val order: TaskOrder,
        val pages: Int,
    )

    private val wanted = MutableStateFlow(Wanted(TaskOrder.DUE, 1))

    @OptIn(ExperimentalCoroutinesApi::class)
    private val tasks = wanted.flatMapLatest { (order, pages) -> core.tasks(order, pages).map { order to it.content() } }

    val state: StateFlow<TaskListState> =
        combine(tasks, core.grids()) { (order, tasks), grids ->
            TaskListState(order, tasks, inGrid = !grids.valueOrNull().isNullOrEmpty(), now())
        }.stateIn(viewModelScope, WhileShown, TaskListState(now = now()))

    fun order(by: TaskOrder) {
        wanted.value = Wanted(by, 1)
    }

    /** The end of the list is in sight. */
    fun more() = wanted.update { it.copy(pages = it.pages + 1) }
}
