package haitang.features.directory

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Home
import androidx.compose.material.icons.filled.Person
import androidx.compose.material.icons.filled.Search
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import haitang.design.ContentBox
import haitang.design.EmptyState
import haitang.design.Haitang
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.READABLE
import haitang.design.ReadingList
import haitang.design.SectionTitle
import haitang.design.Status
import haitang.design.StatusChip
import haitang.design.TextEntry
import haitang.design.dayText
import haitang.design.valueOrNull
import uniffi.haitang.HolderItem
import uniffi.haitang.MemberItem
import uniffi.haitang.OrgItem

/** An org with its people and the orgs below; the holder's own has the search above it. */
@Composable
fun OrgScreen(
    state: OrgState,
    onSearch: (String) -> Unit,
    onMore: () -> Unit,
    onMember: (String) -> Unit,
    onOrg: (String) -> Unit,
    onTransfers: () -> Unit,
    onBack: () -> Unit,
) {
    val title =
        if (state.home) {
            stringResource(R.string.directory)
        } else {
            state.page
                .valueOrNull()
                ?.item
                ?.name
        }
    HaitangScreen(title ?: stringResource(R.string.directory), onBack = onBack) { padding ->
        Column(Modifier.padding(padding)) {
            if (state.home) SearchField(state.search, onSearch)
            if (state.search.isNotBlank()) {
                ContentBox(state.found) { Found(it, onMember) }
            } else {
                ContentBox(state.page) { page ->
                    ReadingList(onNearEnd = onMore) {
                        if (state.transfers > 0) item("transfers") { Transfers(state.transfers, onTransfers) }
                        item("org") { OrgCard(page.item, page.closed) }
                        appointments(page.appointments, onMember)
                        members(state.members, onMember)
                        below(page.parent, page.below, onOrg)
                    }
                }
            }
        }
    }
}

@Composable
private fun SearchField(
    search: String,
    onSearch: (String) -> Unit,
) {
    // What a keyboard is composing must not wait for the way through the state and back.
    var typed by rememberSaveable { mutableStateOf(search) }
    Box(Modifier.fillMaxWidth(), Alignment.TopCenter) {
        TextEntry(
            stringResource(R.string.directory_search),
            typed,
            {
                typed = it
                onSearch(it)
            },
            Modifier.widthIn(max = READABLE).padding(horizontal = Haitang.measures.edge),
            hint = stringResource(R.string.directory_search_hint),
        )
    }
}

@Composable
private fun Found(
    members: List<MemberItem>,
    onMember: (String) -> Unit,
) {
    if (members.isEmpty()) {
        EmptyState(
            stringResource(R.string.directory_nobody),
            hint = stringResource(R.string.directory_nobody_hint),
            icon = Icons.Filled.Search,
        )
    } else {
        ReadingList { items(members, { it.id }) { MemberCard(it, onMember, it.org) } }
    }
}

@Composable
private fun Transfers(
    waiting: Int,
    onTransfers: () -> Unit,
) {
    ItemCard(
        pluralStringResource(R.plurals.directory_transfers_waiting, waiting, waiting),
        lines = listOf(stringResource(R.string.directory_transfers_hint)),
        onClick = onTransfers,
        chips = { StatusChip(stringResource(R.string.directory_to_answer), Status.Soon) },
    )
}

@Composable
private fun OrgCard(
    org: OrgItem,
    closed: Long?,
) {
    ItemCard(
        org.name,
        lines = listOf(kindText(org.kind)),
        icon = Icons.Filled.Home,
        chips = closed?.let { since -> { StatusChip(stringResource(R.string.directory_closed, dayText(since)), Status.Late) } },
    )
}

private fun LazyListScope.appointments(
    holders: List<HolderItem>,
    onMember: (String) -> Unit,
) {
    if (holders.isEmpty()) return
    item("appointed") { SectionTitle(stringResource(R.string.directory_appointed)) }
    items(holders, { it.id }) { holder ->
        val name = holder.name.ifBlank { stringResource(R.string.directory_name_unknown) }
        val grid = holder.gridName
        ItemCard(
            name,
            lines =
                listOf(
                    if (grid ==
                        null
                    ) {
                        roleText(holder.role)
                    } else {
                        stringResource(R.string.directory_role_of, roleText(holder.role), grid)
                    },
                ),
            onClick = { onMember(holder.member) },
        )
    }
}

private fun LazyListScope.members(
    members: List<MemberItem>,
    onMember: (String) -> Unit,
) {
    item("members") { SectionTitle(stringResource(R.string.directory_members)) }
    if (members.isEmpty()) item("nobody") { Text(stringResource(R.string.directory_no_members)) }
    items(members, { "member-${it.id}" }) { MemberCard(it, onMember, null) }
}

private fun LazyListScope.below(
    parent: OrgItem?,
    below: List<OrgItem>,
    onOrg: (String) -> Unit,
) {
    if (below.isNotEmpty()) {
        item("below") { SectionTitle(stringResource(R.string.directory_below)) }
        items(below, { it.id }) { ItemCard(it.name, lines = listOf(kindText(it.kind)), onClick = { onOrg(it.id) }) }
    }
    if (parent != null) {
        item("above") { SectionTitle(stringResource(R.string.directory_above)) }
        item(parent.id) { ItemCard(parent.name, lines = listOf(kindText(parent.kind)), onClick = { onOrg(parent.id) }) }
    }
}

@Composable
private fun MemberCard(
    member: MemberItem,
    onMember: (String) -> Unit,
    of: String?,
) {
    ItemCard(member.name, lines = listOfNotNull(of, member.phone), icon = Icons.Filled.Person, onClick = { onMember(member.id) })
}
