package haitang.features.notice

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.Loaded
import haitang.bridge.NoticeCore
import haitang.design.Content
import haitang.design.Doing
import haitang.design.WhileShown
import haitang.design.content
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import uniffi.haitang.NoticePage

/** What the page of one notice shows. */
data class NoticePageState(
    val page: Content<NoticePage> = Content.Loading,
    val busy: Boolean = false,
    val failure: Failure? = null,
)

class NoticePageViewModel(
    private val core: NoticeCore,
    private val id: String,
) : ViewModel() {
    private val doing = Doing(viewModelScope)
    private var noted = false

    val state: StateFlow<NoticePageState> =
        combine(core.page(id).onEach(::noteRead), doing.state) { page, doing ->
            NoticePageState(page.content(), doing.busy, doing.failure)
        }.stateIn(viewModelScope, WhileShown, NoticePageState())

    /** Says that it was taken note of. */
    fun confirm() = doing.act { core.confirm(id) }

    /** Takes it back. */
    fun withdraw(reason: String) = doing.act { core.withdraw(id, reason) }

    /** The failure was shown. */
    fun told() = doing.told()

    private fun noteRead(page: Loaded<NoticePage>) {
        if (noted || page !is Loaded.Value || page.value.read) return
        noted = true
        viewModelScope.launch {
            try {
                core.read(id)
            } catch (_: CoreFailure) {
                // Nobody asked for this, and it is noted the next time the page is opened.
                noted = false
            }
        }
    }
}
