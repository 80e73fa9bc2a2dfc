package haitang.features.task

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.items
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Add
import androidx.compose.material.icons.filled.Edit
import androidx.compose.material.icons.filled.Favorite
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import haitang.design.ContentBox
import haitang.design.Fact
import haitang.design.HaitangScreen
import haitang.design.IconAction
import haitang.design.ItemCard
import haitang.design.PrimaryButton
import haitang.design.ReadingColumn
import haitang.design.ReadingList
import haitang.design.SectionTitle
import haitang.design.Status
import haitang.design.StatusChip
import haitang.design.TextEntry
import haitang.design.valueOrNull
import uniffi.haitang.HouseholdItem
import uniffi.haitang.HouseholdPage

/** The households of the holder's grids. */
@Composable
fun HouseholdListScreen(
    state: HouseholdListState,
    onSearch: (String) -> Unit,
    onHousehold: (String) -> Unit,
    onNew: () -> Unit,
    onMore: () -> Unit,
    onBack: () -> Unit,
) {
    HaitangScreen(
        stringResource(R.string.task_households_title),
        onBack = onBack,
        bottom =
            if (state.inGrid) {
                { PrimaryButton(stringResource(R.string.task_household_new), onNew, Modifier.fillMaxWidth(), icon = Icons.Filled.Add) }
            } else {
                null
            },
    ) { padding ->
        ContentBox(state.households, Modifier.padding(padding)) { households ->
            ReadingList(Modifier.padding(padding)) {
                item("search") { TextEntry(stringResource(R.string.task_household_search), state.search, onSearch) }
                if (households.items.isEmpty()) {
                    item("empty") {
                        Text(
                            stringResource(
                                if (state.search.isBlank()) R.string.task_households_empty else R.string.task_households_not_found,
                            ),
                            color = MaterialTheme.colorScheme.onSurfaceVariant,
                        )
                    }
                }
                items(households.items, { it.id }) { Line(it, state.now, onHousehold) }
                if (households.more) more(households.items.size, onMore)
            }
        }
    }
}

@Composable
private fun Line(
    household: HouseholdItem,
    now: Long,
    onHousehold: (String) -> Unit,
) {
    val people = household.people.toInt()
    ItemCard(
        household.place,
        lines = listOf(lastContactText(household.lastContact, now)),
        onClick = { onHousehold(household.id) },
        chips = {
            StatusChip(pluralStringResource(R.plurals.task_people, people, people), Status.Plain)
            if (household.alone) StatusChip(stringResource(R.string.task_alone), Status.Soon, icon = Icons.Filled.Favorite)
        },
    )
}

/** Where a household's page leads. */
class HouseholdEvents(
    val onCall: (String) -> Unit = {},
    val onTask: (String) -> Unit = {},
    val onPastReport: (String) -> Unit = {},
    val onEdit: () -> Unit = {},
    val onNewTask: () -> Unit = {},
    val onBack: () -> Unit = {},
)

/** One household: who lives there, what is to be done, and what was found before. */
@Composable
fun HouseholdPageScreen(
    state: PageState<HouseholdPage>,
    events: HouseholdEvents,
) {
    val page = state.page.valueOrNull()
    HaitangScreen(
        stringResource(R.string.task_household),
        onBack = events.onBack,
        actions = { if (page?.mayEdit == true) IconAction(Icons.Filled.Edit, stringResource(R.string.task_household_edit), events.onEdit) },
        bottom =
            page?.takeIf { it.mayEdit }?.let {
                {
                    PrimaryButton(
                        stringResource(R.string.task_household_visit),
                        events.onNewTask,
                        Modifier.fillMaxWidth(),
                        icon = Icons.Filled.Add,
                    )
                }
            },
    ) { padding ->
        ContentBox(state.page, Modifier.padding(padding)) { household ->
            ReadingColumn(Modifier.padding(padding)) {
                HouseholdCard(household.household, state.now, events.onCall)
                if (household.pending) PendingChip()
                Fact(stringResource(R.string.task_grid), household.gridName)
                SectionTitle(stringResource(R.string.task_household_tasks))
                if (household.openTasks.isEmpty()) Text(stringResource(R.string.task_household_no_tasks))
                household.openTasks.forEach { TaskCard(it, state.now, events.onTask) }
                SectionTitle(stringResource(R.string.task_history))
                if (household.history.isEmpty()) Text(stringResource(R.string.task_household_no_history))
                household.history.forEach { ReportLineCard(it, state.now, events.onPastReport) }
            }
        }
    }
}
