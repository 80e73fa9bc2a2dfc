package haitang.features.home

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.HomeCore
import haitang.design.Content
import haitang.design.WhileShown
import haitang.design.content
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import uniffi.haitang.HomePage

/** What the first screen shows. */
data class HomeState(
    val page: Content<HomePage> = Content.Loading,
)

class HomeViewModel(
    core: HomeCore,
) : ViewModel() {
    val state: StateFlow<HomeState> =
        core
            .page()
            .map { HomeState(it.content()) }
            .stateIn(viewModelScope, WhileShown, HomeState())
}
