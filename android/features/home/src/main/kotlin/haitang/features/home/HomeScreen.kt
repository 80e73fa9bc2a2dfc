package haitang.features.home

import androidx.annotation.StringRes
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.CheckCircle
import androidx.compose.material.icons.filled.Create
import androidx.compose.material.icons.filled.Done
import androidx.compose.material.icons.filled.Info
import androidx.compose.material.icons.filled.Notifications
import androidx.compose.material.icons.filled.Person
import androidx.compose.material.icons.filled.Refresh
import androidx.compose.material.icons.filled.Star
import androidx.compose.material.icons.filled.Warning
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role.Companion.Button
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import haitang.design.ChinaZone
import haitang.design.ContentBox
import haitang.design.Haitang
import haitang.design.ItemCard
import haitang.design.PrimaryButton
import haitang.design.QuietButton
import haitang.design.READABLE
import haitang.design.ReadingList
import haitang.design.SecondaryButton
import haitang.design.SectionTitle
import haitang.design.Status
import haitang.design.StatusChip
import haitang.design.balanced
import haitang.design.momentText
import haitang.design.spanText
import uniffi.haitang.ActivityItem
import uniffi.haitang.HomePage
import uniffi.haitang.Role
import uniffi.haitang.ShiftItem
import uniffi.haitang.ShiftState
import uniffi.haitang.TaskItem
import java.time.Instant

/** The first screen: what is there to do today. */
@Composable
fun HomeScreen(
    state: HomeState,
    go: HomeDoors,
    reminders: @Composable () -> Unit = {},
) {
    ContentBox(state.page, Modifier.fillMaxSize()) { page ->
        ReadingList {
            item { Greeting(page) }
            if (page.firstSync) item { Remark(R.string.home_first_sync, go.sync) }
            if (page.clockWrong) item { Remark(R.string.home_clock_wrong, null) }
            item { Doors(page, go) }
            // Asked where there is something to be reminded of, and not before.
            if (page.tasks.isNotEmpty() || page.activities.isNotEmpty() || page.shifts.isNotEmpty()) item { reminders() }
            waiting(page, go)
            tasks(page, go)
            shifts(page, go)
            activities(page, go)
            learning(page, go)
            if (page.isQuiet()) item { Quiet() }
        }
    }
}

@Composable
private fun Greeting(page: HomePage) {
    val hour = Instant.ofEpochMilli(page.now).atZone(ChinaZone).hour
    val said =
        when (hour) {
            in MORNING -> R.string.home_morning
            in AFTERNOON -> R.string.home_afternoon
            else -> R.string.home_evening
        }
    Column {
        Text(stringResource(said, page.name), Modifier.semantics { heading() }, style = MaterialTheme.typography.headlineSmall)
        if (page.org.isNotBlank()) Text(page.org, color = MaterialTheme.colorScheme.onSurfaceVariant)
    }
}

/** Something to know before all else; pressed, it leads to more where there is [onClick]. */
@Composable
private fun Remark(
    @StringRes text: Int,
    onClick: (() -> Unit)?,
) {
    val shape = MaterialTheme.shapes.medium
    Surface(
        if (onClick != null) Modifier.clip(shape).clickable(role = Button, onClick = onClick) else Modifier,
        shape = shape,
        color = MaterialTheme.colorScheme.tertiaryContainer,
        contentColor = MaterialTheme.colorScheme.onTertiaryContainer,
    ) {
        Row(
            Modifier.fillMaxWidth().padding(16.dp),
            horizontalArrangement = Arrangement.spacedBy(12.dp),
            verticalAlignment = Alignment.CenterVertically,
        ) {
            Icon(Icons.Filled.Info, null)
            Text(stringResource(text))
        }
    }
}

/** What people come for most often, in reach of the thumb and large. */
@Composable
private fun Doors(
    page: HomePage,
    go: HomeDoors,
) {
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        PrimaryButton(stringResource(R.string.home_scan), go.scan, Modifier.fillMaxWidth())
        if (page.roles.any { it in LOGGERS }) SecondaryButton(stringResource(R.string.home_log), go.log, Modifier.fillMaxWidth())
    }
}

private fun LazyListScope.waiting(
    page: HomePage,
    go: HomeDoors,
) {
    val lines =
        listOf(
            Counted(R.string.home_refused, Icons.Filled.Warning, page.outbox.refused.toLong(), go.refused),
            Counted(R.string.home_returned, Icons.Filled.Create, page.returnedLogs.toLong(), go.myLogs),
            Counted(R.string.home_approvals, Icons.Filled.Done, page.approvals.toLong(), go.approvals),
            Counted(R.string.home_offers, Icons.Filled.Person, page.offers.toLong(), go.offers),
            Counted(R.string.home_confirm, Icons.Filled.Notifications, page.noticesToConfirm.toLong(), go.notices),
        ).filter { it.count > 0 }
    if (lines.isEmpty()) return
    item { SectionTitle(stringResource(R.string.home_waiting_title)) }
    items(lines) { CountedLine(it, Status.Soon) }
}

private fun LazyListScope.tasks(
    page: HomePage,
    go: HomeDoors,
) {
    if (page.tasks.isEmpty() && Role.GRID_WORKER !in page.roles) return
    item {
        SectionTitle(stringResource(R.string.home_tasks))
        if (page.tasksDue > 0u) {
            val (due, late) = many(page.tasksDue.toLong()) to many(page.tasksLate.toLong())
            Text(
                if (page.tasksLate >
                    0u
                ) {
                    stringResource(R.string.home_tasks_late, due, late)
                } else {
                    stringResource(R.string.home_tasks_count, due)
                },
                color = MaterialTheme.colorScheme.onSurfaceVariant,
            )
        }
    }
    items(page.tasks, { "task/${it.id}" }) { TaskLine(it, page.now, go.task) }
    item { QuietButton(stringResource(R.string.home_tasks_all), go.tasks) }
}

@Composable
private fun TaskLine(
    task: TaskItem,
    now: Long,
    onOpen: (String) -> Unit,
) {
    val late = task.due < now
    ItemCard(
        task.title,
        lines = listOf(task.place, stringResource(R.string.home_due, momentText(task.due, now))),
        onClick = { onOpen(task.id) },
        chips = {
            if (late) StatusChip(stringResource(R.string.home_late), Status.Late)
            if (task.offeredToMe) StatusChip(stringResource(R.string.home_offered), Status.Soon)
            if (task.pending) StatusChip(stringResource(haitang.design.R.string.not_sent_yet), Status.Plain)
        },
    )
}

private fun LazyListScope.shifts(
    page: HomePage,
    go: HomeDoors,
) {
    if (page.shifts.isEmpty()) return
    item { SectionTitle(stringResource(R.string.home_shifts)) }
    items(page.shifts, { "shift/${it.id}" }) { ShiftLine(it, page.now, go.shift) }
}

@Composable
private fun ShiftLine(
    shift: ShiftItem,
    now: Long,
    onOpen: (String) -> Unit,
) {
    ItemCard(
        shift.place,
        lines = listOf(spanText(shift.starts, shift.ends, now)),
        onClick = { onOpen(shift.id) },
        chips = { if (shift.state == ShiftState.ON) StatusChip(stringResource(R.string.home_under_way), Status.Fine) },
    )
}

private fun LazyListScope.activities(
    page: HomePage,
    go: HomeDoors,
) {
    if (page.activities.isEmpty()) return
    item { SectionTitle(stringResource(R.string.home_activities)) }
    items(page.activities, { "activity/${it.id}" }) { ActivityLine(it, page.now, go.activity) }
    item { QuietButton(stringResource(R.string.home_activities_all), go.activities) }
}

@Composable
private fun ActivityLine(
    activity: ActivityItem,
    now: Long,
    onOpen: (String) -> Unit,
) {
    ItemCard(
        activity.title,
        lines = listOf(spanText(activity.starts, activity.ends, now), activity.place),
        onClick = { onOpen(activity.id) },
        chips = {
            if (activity.iAmPresent) {
                StatusChip(stringResource(R.string.home_present), Status.Fine, icon = Icons.Filled.CheckCircle)
            } else if (activity.checkInOpen) {
                StatusChip(stringResource(R.string.home_check_in_open), Status.Soon)
            }
        },
    )
}

private fun LazyListScope.learning(
    page: HomePage,
    go: HomeDoors,
) {
    val lines =
        listOf(
            Counted(R.string.home_notices, Icons.Filled.Notifications, page.noticesUnread.toLong(), go.notices),
            Counted(R.string.home_studies, Icons.Filled.Star, page.studiesOpen.toLong(), go.studies),
            Counted(R.string.home_reviews, Icons.Filled.Refresh, page.reviewsDue.toLong(), go.reviews),
            Counted(R.string.home_papers, Icons.Filled.Create, page.papersOpen.toLong(), go.papers),
        ).filter { it.count > 0 }
    if (lines.isEmpty()) return
    item { SectionTitle(stringResource(R.string.home_learning)) }
    items(lines) { CountedLine(it, Status.Plain) }
}

/** So many of a kind, and where they are. */
private class Counted(
    @StringRes val title: Int,
    val icon: ImageVector,
    val count: Long,
    val door: () -> Unit,
)

@Composable
private fun CountedLine(
    counted: Counted,
    status: Status,
) = ItemCard(
    stringResource(counted.title),
    icon = counted.icon,
    onClick = counted.door,
    count = stringResource(R.string.home_count, many(counted.count)),
    countStatus = status,
)

@Composable
private fun Quiet() {
    Column(
        Modifier.fillMaxWidth().padding(vertical = 24.dp),
        verticalArrangement = Arrangement.spacedBy(8.dp),
        horizontalAlignment = Alignment.CenterHorizontally,
    ) {
        Icon(Icons.Filled.CheckCircle, null, Modifier.size(56.dp), tint = MaterialTheme.colorScheme.secondary)
        Text(stringResource(R.string.home_nothing), style = MaterialTheme.typography.titleMedium)
        Text(
            stringResource(R.string.home_nothing_hint),
            color = MaterialTheme.colorScheme.onSurfaceVariant,
            textAlign = TextAlign.Center,
            style = MaterialTheme.typography.bodyLarge.balanced(),
        )
    }
}

/** Counts end at 100, which stands for more than 99. */
@Composable
private fun many(count: Long): String = if (count > COUNT_MAX) stringResource(R.string.home_many) else "$count"

private fun HomePage.isQuiet() =
    tasks.isEmpty() && activities.isEmpty() && shifts.isEmpty() && outbox.refused == 0uL &&
        listOf(returnedLogs, approvals, offers, noticesToConfirm, noticesUnread, studiesOpen, reviewsDue, papersOpen).all { it == 0u }

private const val COUNT_MAX = 99L
private val MORNING = 5..11
private val AFTERNOON = 12..17
private val LOGGERS = listOf(Role.SECRETARY, Role.LEADER, Role.APPROVER)
