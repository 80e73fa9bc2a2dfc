package haitang.features.directory

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.DirectoryCore
import haitang.bridge.Loaded
import haitang.bridge.PAGE
import haitang.bridge.valueOrNull
import haitang.design.Content
import haitang.design.WhileShown
import haitang.design.content
import haitang.design.valueOrNull
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.flatMapLatest
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import uniffi.haitang.MemberItem
import uniffi.haitang.OrgPage

/**
 * What an org shows.
 *
 * @param home whether it is the holder's own, with the search above it
 * @param members as far as they were scrolled through
 * @param search what was typed; while there is something, [found] is shown instead of the org
 * @param transfers how many people wait for an answer
 */
data class OrgState(
    val home: Boolean,
    val page: Content<OrgPage> = Content.Loading,
    val members: List<MemberItem> = emptyList(),
    val search: String = "",
    val found: Content<List<MemberItem>> = Content.Loading,
    val transfers: Int = 0,
)

/** @param org nothing for the holder's own */
@OptIn(ExperimentalCoroutinesApi::class)
class OrgViewModel(
    private val core: DirectoryCore,
    private val org: String?,
) : ViewModel() {
    private val pages = MutableStateFlow(1)
    private val search = MutableStateFlow("")

    private val page: Flow<Loaded<OrgPage>> =
        if (org != null) {
            core.org(org)
        } else {
            core
                .me()
                .map { me -> if (me is Loaded.Value) Loaded.Value(me.value.orgId) else me as Loaded.Failed }
                .distinctUntilChanged()
                .flatMapLatest { me -> if (me is Loaded.Value) core.org(me.value) else flowOf(me as Loaded.Failed) }
        }

    // The first page comes with the org; more are read only for those who scroll so far.
    private val shown =
        combine(page, pages) { page, pages -> page to pages }
            .flatMapLatest { (page, pages) ->
                val org = page.valueOrNull()
                when {
                    org == null -> flowOf(page to emptyList())
                    pages == 1 -> flowOf(page to org.members)
                    else -> core.membersOf(org.item.id, pages).map { page to (it.valueOrNull() ?: org.members) }
                }
            }

    private val found =
        search.map { it.trim() }.distinctUntilChanged().flatMapLatest { text ->
            if (text.isEmpty()) flowOf(Content.Loading) else core.search(text).map { it.content() }
        }

    private val waiting = if (org == null) core.transfers().map { it.valueOrNull()?.size ?: 0 } else flowOf(0)

    val state: StateFlow<OrgState> =
        combine(shown, search, found, waiting) { (page, members), search, found, waiting ->
            OrgState(org == null, page.content(), members, search, found, waiting)
        }.stateIn(viewModelScope, WhileShown, OrgState(org == null))

    /** Looks for people, as it is typed. */
    fun search(text: String) {
        search.value = text
    }

    /** The end is near: reads the next page of members, where there may be one. */
    fun more() {
        if (state.value.page.valueOrNull() != null && state.value.members.size >= pages.value * PAGE) pages.value++
    }
}
