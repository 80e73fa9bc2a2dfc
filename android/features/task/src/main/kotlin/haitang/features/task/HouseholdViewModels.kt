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
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.update
import uniffi.haitang.HouseholdItem
import uniffi.haitang.HouseholdPage

/** The list of households, and what is looked for in it. */
data class HouseholdListState(
    val search: String = "",
    val households: Content<Paged<HouseholdItem>> = Content.Loading,
    val inGrid: Boolean = false,
    val now: Long = System.currentTimeMillis(),
)

class HouseholdListViewModel(
    core: TaskCore,
    now: () -> Long = System::currentTimeMillis,
) : ViewModel() {
    private data class Wanted(
        val search: String = "",
        val pages: Int = 1,
    )

    private val wanted = MutableStateFlow(Wanted())

    @OptIn(ExperimentalCoroutinesApi::class)
    private val found = wanted.flatMapLatest { (search, pages) -> core.households(search, pages) }

    val state: StateFlow<HouseholdListState> =
        combine(wanted, found, core.grids()) { wanted, found, grids ->
            HouseholdListState(wanted.search, found.content(), !grids.valueOrNull().isNullOrEmpty(), now())
        }.stateIn(viewModelScope, WhileShown, HouseholdListState(now = now()))

    fun search(words: String) {
        wanted.value = Wanted(words)
    }

    fun more() = wanted.update { it.copy(pages = it.pages + 1) }
}

/** One household. */
class HouseholdPageViewModel(
    core: TaskCore,
    id: String,
    now: () -> Long = System::currentTimeMillis,
) : ViewModel() {
    val state: StateFlow<PageState<HouseholdPage>> = pageState(viewModelScope, core.household(id), Doer(viewModelScope), now)
}
