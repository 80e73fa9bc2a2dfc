package haitang.features.task

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Call
import androidx.compose.material.icons.filled.Favorite
import androidx.compose.material3.Card
import androidx.compose.material3.CardDefaults
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import haitang.design.Fact
import haitang.design.SecondaryButton
import haitang.design.Status
import haitang.design.StatusChip
import uniffi.haitang.Household

/** Who lives there, as far as a visit needs to know. */
@Composable
internal fun HouseholdCard(
    household: Household,
    now: Long,
    onCall: (String) -> Unit,
) {
    Card(
        Modifier.fillMaxWidth(),
        shape = MaterialTheme.shapes.medium,
        colors = CardDefaults.cardColors(containerColor = MaterialTheme.colorScheme.surfaceContainer),
    ) {
        Column(Modifier.padding(16.dp), Arrangement.spacedBy(8.dp)) {
            Text(
                listOf(household.address, household.building, household.unit, household.door).filter { it.isNotBlank() }.joinToString(" "),
                style = MaterialTheme.typography.titleMedium,
            )
            val people = household.people.toInt()
            Chips {
                StatusChip(pluralStringResource(R.plurals.task_people, people, people), Status.Plain)
                if (household.alone) StatusChip(stringResource(R.string.task_alone), Status.Soon, icon = Icons.Filled.Favorite)
            }
            Text(lastContactText(household.lastContact, now))
            household.contact?.let { Contact(it, onCall) }
            household.care?.let { Fact(stringResource(R.string.task_care), it) }
            household.consent?.let {
                Text(
                    stringResource(R.string.task_consent_line, it.by, it.given, it.purpose),
                    style = MaterialTheme.typography.bodySmall,
                    color = MaterialTheme.colorScheme.onSurfaceVariant,
                )
            }
        }
    }
}

@Composable
private fun Contact(
    contact: String,
    onCall: (String) -> Unit,
) {
    Fact(stringResource(R.string.task_contact), contact)
    val number = phoneIn(contact) ?: return
    SecondaryButton(stringResource(R.string.task_call, number), { onCall(number) }, Modifier.fillMaxWidth(), icon = Icons.Filled.Call)
}
