package haitang.features.task

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Add
import androidx.compose.material.icons.filled.CheckCircle
import androidx.compose.material.icons.filled.DateRange
import androidx.compose.material.icons.filled.Home
import androidx.compose.material.icons.filled.Refresh
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import haitang.bridge.Paged
import haitang.design.ContentBox
import haitang.design.EmptyState
import haitang.design.Haitang
import haitang.design.HaitangScreen
import haitang.design.ReadingList
import haitang.design.SectionTitle
import haitang.design.dayOf
import haitang.design.dayText
import uniffi.haitang.TaskItem
import uniffi.haitang.TaskOrder

/** Where the list of tasks leads. */
class TaskDoors(
    val onTask: (String) -> Unit = {},
    val onHouseholds: () -> Unit = {},
    val onRoster: () -> Unit = {},
    val onRoutines: () -> Unit = {},
    val onNew: () -> Unit = {},
)

/** The open tasks, by when they are due or by where they are. */
@Composable
fun TaskListScreen(
    state: TaskListState,
    doors: TaskDoors,
    onOrder: (TaskOrder) -> Unit,
    onMore: () -> Unit,
    onBack: (() -> Unit)?,
) {
    HaitangScreen(stringResource(R.string.tasks), onBack = onBack) { padding ->
        ContentBox(state.tasks, Modifier.padding(padding)) { tasks ->
            ReadingList(Modifier.padding(padding)) {
                item("doors") { Doors(doors, state.inGrid) }
                if (tasks.items.isEmpty()) {
                    item("empty") { Nothing() }
                } else {
                    item("order") {
                        Chips {
                            Choice(stringResource(R.string.task_by_due), state.order == TaskOrder.DUE) { onOrder(TaskOrder.DUE) }
                            Choice(stringResource(R.string.task_by_place), state.order == TaskOrder.PLACE) { onOrder(TaskOrder.PLACE) }
                        }
                    }
                    tasks(state, tasks, doors.onTask)
                    if (tasks.more) more(tasks.items.size, onMore)
                }
            }
        }
    }
}

@Composable
private fun Nothing() {
    Column(Modifier.fillMaxWidth().heightIn(max = EMPTY_HEIGHT)) {
        EmptyState(
            stringResource(R.string.tasks_empty),
            hint = stringResource(R.string.tasks_empty_hint),
            icon = Icons.Filled.CheckCircle,
        )
    }
}

private val EMPTY_HEIGHT = 480.dp

private fun LazyListScope.tasks(
    state: TaskListState,
    tasks: Paged<TaskItem>,
    onTask: (String) -> Unit,
) {
    val (offered, others) = tasks.items.partition { it.offeredToMe }
    section("offered", offered, { stringResource(R.string.task_section_offered) }) { TaskCard(it, state.now, onTask) }
    if (state.order == TaskOrder.DUE) {
        val (late, coming) = others.partition { it.due < state.now }
        section("late", late, { stringResource(R.string.task_section_late) }) { TaskCard(it, state.now, onTask) }
        coming.groupBy { dayOf(it.due) }.forEach { (day, due) ->
            section("$day", due, { stringResource(R.string.task_section_due, dayText(due.first().due, state.now)) }) {
                TaskCard(it, state.now, onTask)
            }
        }
    } else {
        others.groupBy { buildingOf(it.place) }.forEach { (building, there) ->
            section("at-$building", there, { building.ifEmpty { stringResource(R.string.task_section_nowhere) } }) {
                TaskCard(it, state.now, onTask, within = true)
            }
        }
    }
}

private fun LazyListScope.section(
    key: String,
    tasks: List<TaskItem>,
    title: @Composable () -> String,
    card: @Composable (TaskItem) -> Unit,
) {
    if (tasks.isEmpty()) return
    item("title-$key") { SectionTitle(stringResource(R.string.task_section_count, title(), tasks.size)) }
    items(tasks, { it.id }) { card(it) }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Doors(
    doors: TaskDoors,
    inGrid: Boolean,
) {
    FlowRow(
        Modifier.fillMaxWidth(),
        horizontalArrangement = Arrangement.spacedBy(8.dp),
        verticalArrangement = Arrangement.spacedBy(8.dp),
    ) {
        Door(Icons.Filled.Home, stringResource(R.string.task_households), doors.onHouseholds, Modifier.weight(1f))
        Door(Icons.Filled.DateRange, stringResource(R.string.task_roster), doors.onRoster, Modifier.weight(1f))
        Door(Icons.Filled.Refresh, stringResource(R.string.task_routines), doors.onRoutines, Modifier.weight(1f))
        if (inGrid) Door(Icons.Filled.Add, stringResource(R.string.task_new), doors.onNew, Modifier.weight(1f))
    }
}

@Composable
private fun Door(
    icon: ImageVector,
    text: String,
    onClick: () -> Unit,
    modifier: Modifier,
) {
    Surface(
        onClick,
        modifier.widthIn(min = 74.dp).semantics { role = Role.Button },
        shape = MaterialTheme.shapes.medium,
        color = MaterialTheme.colorScheme.surfaceContainer,
    ) {
        Column(
            Modifier.fillMaxWidth().heightIn(min = Haitang.measures.target).padding(horizontal = 10.dp, vertical = 8.dp),
            horizontalAlignment = Alignment.CenterHorizontally,
        ) {
            Icon(icon, null, Modifier.size(Haitang.measures.icon), tint = MaterialTheme.colorScheme.primary)
            Text(text, style = MaterialTheme.typography.labelMedium)
        }
    }
}
