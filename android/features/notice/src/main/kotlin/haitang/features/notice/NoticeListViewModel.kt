package haitang.features.notice

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.NoticeCore
import haitang.bridge.PAGE
import haitang.design.Content
import haitang.design.WhileShown
import haitang.design.content
import haitang.design.valueOrNull
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.flatMapLatest
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import uniffi.haitang.NoticeItem

/** What the list of notices shows. */
data class NoticeListState(
    val notices: Content<List<NoticeItem>> = Content.Loading,
)

@OptIn(ExperimentalCoroutinesApi::class)
class NoticeListViewModel(
    core: NoticeCore,
) : ViewModel() {
    private val pages = MutableStateFlow(1)

    val state: StateFlow<NoticeListState> =
        pages
            .flatMapLatest { core.notices(it) }
            .map { NoticeListState(it.content()) }
            .stateIn(viewModelScope, WhileShown, NoticeListState())

    /** The end is near: reads the next page, where there may be one. */
    fun more() {
        val shown =
            state.value.notices
                .valueOrNull()
                ?.size ?: return
        if (shown >= pages.value * PAGE) pages.value++
    }
}
