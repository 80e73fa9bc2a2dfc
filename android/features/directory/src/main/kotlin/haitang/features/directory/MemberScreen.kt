package haitang.features.directory

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Phone
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import haitang.design.ContentBox
import haitang.design.Fact
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.PrimaryButton
import haitang.design.ReadingColumn
import haitang.design.SecondaryButton
import haitang.design.SectionTitle
import haitang.design.dayText
import haitang.design.valueOrNull
import uniffi.haitang.MemberPage

/** A person: how to reach them, and what they are appointed as. */
@Composable
fun MemberScreen(
    state: MemberState,
    onCall: (String) -> Unit,
    onOrg: (String) -> Unit,
    onEnrol: () -> Unit,
    onTold: () -> Unit,
    onBack: () -> Unit,
) {
    val phone =
        state.page
            .valueOrNull()
            ?.takeUnless { it.isMe }
            ?.item
            ?.phone
    HaitangScreen(
        stringResource(R.string.directory_member),
        onBack = onBack,
        message = if (state.noDialler) stringResource(R.string.directory_no_dialler) else null,
        onMessageShown = onTold,
        bottom =
            phone?.let { number ->
                {
                    PrimaryButton(
                        stringResource(R.string.directory_call),
                        { onCall(number) },
                        Modifier.fillMaxWidth(),
                        icon = Icons.Filled.Phone,
                    )
                }
            },
    ) { padding ->
        ContentBox(state.page, Modifier.padding(padding)) { page ->
            ReadingColumn(Modifier.padding(padding)) { Body(page, onOrg, onEnrol) }
        }
    }
}

@Composable
private fun ColumnScope.Body(
    page: MemberPage,
    onOrg: (String) -> Unit,
    onEnrol: () -> Unit,
) {
    Text(page.item.name, Modifier.semantics { heading() }, style = MaterialTheme.typography.displaySmall)
    if (page.isMe) Text(stringResource(R.string.directory_me), color = MaterialTheme.colorScheme.onSurfaceVariant)
    Fact(stringResource(R.string.directory_phone), page.item.phone ?: stringResource(R.string.directory_no_phone))
    ItemCard(page.item.org, lines = listOf(stringResource(R.string.directory_org)), onClick = { onOrg(page.orgId) })
    if (page.appointments.isNotEmpty()) {
        SectionTitle(stringResource(R.string.directory_appointed))
        page.appointments.forEach { one ->
            val until = one.until
            val term = if (until == null) "" else stringResource(R.string.directory_until, dayText(until))
            ItemCard(roleText(one.role), lines = listOf(one.org, term))
        }
    }
    if (page.mayEdit && !page.isMe) {
        SectionTitle(stringResource(R.string.directory_their_phone))
        Text(stringResource(R.string.directory_enrol_hint))
        SecondaryButton(stringResource(R.string.directory_enrol), onEnrol, Modifier.fillMaxWidth())
    }
    if (!page.isMe) Text(stringResource(R.string.directory_look_told), color = MaterialTheme.colorScheme.onSurfaceVariant)
}
