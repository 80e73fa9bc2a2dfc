package haitang.features.directory

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.CoreFailure
import haitang.bridge.DirectoryCore
import haitang.bridge.Loaded
import haitang.design.Content
import haitang.design.WhileShown
import haitang.design.content
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import uniffi.haitang.MemberPage

/**
 * What a person's page shows.
 *
 * @param noDialler this phone cannot make calls
 */
data class MemberState(
    val page: Content<MemberPage> = Content.Loading,
    val noDialler: Boolean = false,
)

/** @param purpose what it is looked at for, in words that the person who is looked at can read */
class MemberViewModel(
    private val core: DirectoryCore,
    private val id: String,
    private val purpose: String,
) : ViewModel() {
    private val noDialler = MutableStateFlow(false)
    private var noted = false

    val state: StateFlow<MemberState> =
        combine(core.member(id).onEach(::noteLook), noDialler) { page, noDialler -> MemberState(page.content(), noDialler) }
            .stateIn(viewModelScope, WhileShown, MemberState())

    /** There is nothing here that makes calls. */
    fun noDialler() {
        noDialler.value = true
    }

    /** That was shown. */
    fun told() {
        noDialler.value = false
    }

    private fun noteLook(page: Loaded<MemberPage>) {
        if (noted || page !is Loaded.Value || page.value.isMe) return
        noted = true
        viewModelScope.launch {
            try {
                core.noteLook(id, purpose)
            } catch (_: CoreFailure) {
                // Noted at the next opening; the person who looks has not asked for it and can do nothing about it.
                noted = false
            }
        }
    }
}
