package haitang.features.notice

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.NoticeCore
import haitang.design.Content
import haitang.design.content
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import uniffi.haitang.NoticeItem

/** What the list of notices shows. */
data class NoticeListState(
    val notices: Content<List<NoticeItem>> = Content.Loading,
)

class NoticeListViewModel(
    core: NoticeCore,
) : ViewModel() {
    val state: StateFlow<NoticeListState> =
        core
            .notices()
            .map { NoticeListState(it.content()) }
            .stateIn(viewModelScope, SharingStarted.WhileSubscribed(STOP_AFTER_MS), NoticeListState())

    private companion object {
        /** A turned phone subscribes again before this. */
        const val STOP_AFTER_MS = 5_000L
    }
}
