package haitang.features.activity

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Check
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import haitang.design.ConfirmDialog
import haitang.design.ContentBox
import haitang.design.Haitang
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.READABLE
import haitang.design.ReadingList
import haitang.design.Status
import haitang.design.StatusChip
import haitang.design.TextEntry
import uniffi.haitang.MemberItem

/** Somebody came without a phone: the host picks them. */
@Composable
fun CheckInForScreen(
    state: CheckInForState,
    onAsk: (MemberItem?) -> Unit,
    onEnter: () -> Unit,
    onProblemShown: () -> Unit,
    onBack: () -> Unit,
) {
    var search by rememberSaveable { mutableStateOf("") }
    HaitangScreen(
        stringResource(R.string.activity_check_in_for),
        onBack = onBack,
        message = messageOf(state.problem),
        onMessageShown = onProblemShown,
    ) { padding ->
        ContentBox(state.people, Modifier.padding(padding)) { all ->
            val people = all.filter { (member, _) -> search.isBlank() || search.trim() in member.name }
            ReadingList(Modifier.padding(padding)) {
                item(key = "hint") { Text(stringResource(R.string.activity_check_in_for_hint)) }
                item(key = "search") { TextEntry(stringResource(R.string.activity_search_name), search, { search = it }) }
                if (people.isEmpty()) item(key = "none") { NothingHere(stringResource(R.string.activity_search_none)) }
                items(people, { (member, _) -> member.id }) { (member, here) ->
                    ItemCard(
                        member.name,
                        lines = listOf(member.org),
                        onClick = if (here || state.busy) null else ({ onAsk(member) }),
                        chips =
                            if (here) {
                                { StatusChip(stringResource(R.string.activity_here), Status.Fine, icon = Icons.Filled.Check) }
                            } else {
                                null
                            },
                    )
                }
            }
        }
    }
    state.asking?.let { member ->
        ConfirmDialog(
            stringResource(R.string.activity_check_in_for_ask, member.name),
            stringResource(R.string.activity_check_in_for_text),
            stringResource(R.string.activity_check_in_for_do),
            {
                search = ""
                onEnter()
            },
            { onAsk(null) },
        )
    }
}
