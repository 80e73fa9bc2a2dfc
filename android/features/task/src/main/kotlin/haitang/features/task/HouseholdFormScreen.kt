package haitang.features.task

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Check
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringArrayResource
import androidx.compose.ui.res.stringResource
import haitang.bridge.Failure
import haitang.design.ConfirmDialog
import haitang.design.HaitangScreen
import haitang.design.LoadingState
import haitang.design.PrimaryButton
import haitang.design.QuietButton
import haitang.design.ReadingColumn
import haitang.design.SectionTitle
import haitang.design.SwitchRow
import haitang.design.TextEntry
import haitang.design.dayOf
import haitang.design.failureText

/** What happens while a household is entered. */
class HouseholdFormEvents(
    val onEdit: ((HouseholdDraft) -> HouseholdDraft) -> Unit = {},
    val onSensitive: ((HouseholdDraft) -> HouseholdDraft) -> Unit = {},
    val onSave: () -> Unit = {},
    val onWithdraw: () -> Unit = {},
    val onSaved: (String) -> Unit = {},
    val onShown: () -> Unit = {},
    val onBack: () -> Unit = {},
)

/** A household, entered or corrected. */
@Composable
fun HouseholdFormScreen(
    state: HouseholdFormState,
    events: HouseholdFormEvents,
) {
    val saved by rememberUpdatedState(events.onSaved)
    LaunchedEffect(state.saved) { state.saved?.let { saved(it) } }
    var withdrawing by rememberSaveable { mutableStateOf(false) }
    val draft = state.draft
    HaitangScreen(
        stringResource(if (state.isNew) R.string.task_household_new else R.string.task_household_edit),
        onBack = events.onBack,
        message = state.doing.message(),
        onMessageShown = events.onShown,
        bottom =
            draft?.let {
                {
                    PrimaryButton(
                        stringResource(haitang.design.R.string.save),
                        events.onSave,
                        Modifier.fillMaxWidth(),
                        busy = state.doing.busy,
                        icon = Icons.Filled.Check,
                    )
                }
            },
    ) { padding ->
        if (draft == null) {
            LoadingState(Modifier.padding(padding))
        } else {
            ReadingColumn(Modifier.padding(padding)) {
                GridChoice(state.grids, draft.grid) { grid -> events.onEdit { it.copy(grid = grid) } }
                Address(draft, state.doing.wrong, events)
                Sensitive(draft, state.doing.wrong, events)
                if (draft.sensitive) ConsentEntry(draft, state, events)
                if (state.consented) QuietButton(stringResource(R.string.task_consent_withdraw), { withdrawing = true }, harmful = true)
            }
        }
    }
    if (withdrawing) {
        ConfirmDialog(
            stringResource(R.string.task_consent_withdraw),
            stringResource(R.string.task_consent_withdraw_text),
            stringResource(R.string.task_consent_withdraw_confirm),
            {
                withdrawing = false
                events.onWithdraw()
            },
            { withdrawing = false },
            harmful = true,
        )
    }
}

@Composable
private fun Address(
    draft: HouseholdDraft,
    failure: Failure?,
    events: HouseholdFormEvents,
) {
    TextEntry(
        stringResource(R.string.task_household_address),
        draft.address,
        { text -> events.onEdit { it.copy(address = text) } },
        required = true,
        error = failure.at("address"),
        hint = stringResource(R.string.task_household_address_hint),
    )
    TextEntry(stringResource(R.string.task_household_building), draft.building, { text -> events.onEdit { it.copy(building = text) } })
    TextEntry(stringResource(R.string.task_household_unit), draft.unit, { text -> events.onEdit { it.copy(unit = text) } })
    TextEntry(stringResource(R.string.task_household_door), draft.door, { text -> events.onEdit { it.copy(door = text) } })
    TextEntry(
        stringResource(R.string.task_contact),
        draft.contact,
        { text -> events.onEdit { it.copy(contact = text) } },
        error = failure.at("contact"),
        hint = stringResource(R.string.task_contact_hint),
    )
    Stepper(stringResource(R.string.task_people_label), draft.people, 0..PEOPLE_MAX) { n -> events.onEdit { it.copy(people = n) } }
}

@Composable
private fun Sensitive(
    draft: HouseholdDraft,
    failure: Failure?,
    events: HouseholdFormEvents,
) {
    SectionTitle(stringResource(R.string.task_care_section))
    Text(stringResource(R.string.task_care_explained), color = MaterialTheme.colorScheme.onSurfaceVariant)
    SwitchRow(stringResource(R.string.task_alone_label), draft.alone, { on -> events.onSensitive { it.copy(alone = on) } })
    TextEntry(
        stringResource(R.string.task_care),
        draft.care,
        { text -> events.onSensitive { it.copy(care = text) } },
        error = failure.at("care"),
        hint = stringResource(R.string.task_care_hint),
        lines = 2,
    )
}

@Composable
private fun ConsentEntry(
    draft: HouseholdDraft,
    state: HouseholdFormState,
    events: HouseholdFormEvents,
) {
    val failure = state.doing.wrong
    SectionTitle(stringResource(R.string.task_consent))
    TextEntry(
        stringResource(R.string.task_consent_by),
        draft.consentBy,
        { text -> events.onEdit { it.copy(consentBy = text) } },
        required = true,
        error = failure.at("consent_by") ?: failure.at("consent"),
    )
    TextEntry(
        stringResource(R.string.task_consent_purpose),
        draft.consentPurpose,
        { text -> events.onEdit { it.copy(consentPurpose = text) } },
        required = true,
        error = failure.at("consent_purpose"),
    )
    val purposes = stringArrayResource(R.array.task_consent_purposes)
    Chips { purposes.forEach { said -> Choice(said, said == draft.consentPurpose) { events.onEdit { it.copy(consentPurpose = said) } } } }
    DayRow(stringResource(R.string.task_consent_given), draft.consentGiven, dayOf(state.now), state.now) { day ->
        events.onEdit { it.copy(consentGiven = "$day") }
    }
    DayRow(stringResource(R.string.task_consent_until), draft.consentUntil, dayOf(state.now).plusYears(1), state.now) { day ->
        events.onEdit { it.copy(consentUntil = "$day") }
    }
}

/** What is wrong with a field, if that is what the core said. */
@Composable
internal fun Failure?.at(field: String): String? = this?.takeIf { it.values["field"] == field }?.let { failureText(it) }

private const val PEOPLE_MAX = 99
