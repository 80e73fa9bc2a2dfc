package haitang.features.task

import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Build
import androidx.compose.material.icons.filled.Home
import androidx.compose.material.icons.filled.Place
import androidx.compose.material.icons.filled.Search
import androidx.compose.material.icons.filled.Warning
import androidx.compose.runtime.Composable
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.res.stringResource
import haitang.design.ItemCard
import haitang.design.Status
import haitang.design.StatusChip
import haitang.design.momentText
import uniffi.haitang.TaskItem
import uniffi.haitang.TaskKind
import uniffi.haitang.TaskState

/**
 * A task's line in a list.
 *
 * @param within the list has said the building already
 */
@Composable
internal fun TaskCard(
    task: TaskItem,
    now: Long,
    onTask: (String) -> Unit,
    within: Boolean = false,
) {
    ItemCard(
        task.title,
        lines =
            listOf(
                if (within) withinBuilding(task.place) else task.place,
                stringResource(R.string.task_due, momentText(task.due, now)),
                task.assignee ?: stringResource(R.string.task_anyone),
            ),
        icon = iconOf(task.kind),
        onClick = { onTask(task.id) },
        chips = { TaskChips(task, now) },
    )
}

@Composable
private fun TaskChips(
    task: TaskItem,
    now: Long,
) {
    StatusChip(kindText(task.kind), Status.Plain)
    if (task.due < now) StatusChip(stringResource(R.string.task_late), Status.Late, icon = Icons.Filled.Warning)
    if (task.offeredToMe) {
        StatusChip(stringResource(R.string.task_offered_to_me), Status.Soon)
    } else if (task.state != TaskState.OPEN) {
        StatusChip(stateText(task.state), if (task.state == TaskState.HANDED_OVER) Status.Soon else Status.Plain)
    }
    if (task.pending) PendingChip()
}

internal fun iconOf(kind: TaskKind): ImageVector =
    when (kind) {
        TaskKind.VISIT -> Icons.Filled.Home
        TaskKind.PATROL -> Icons.Filled.Search
        TaskKind.CHECKPOINT -> Icons.Filled.Place
        TaskKind.ERRAND -> Icons.Filled.Build
    }
