package haitang.features.activity

import androidx.annotation.StringRes
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Check
import androidx.compose.material3.FilterChip
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import haitang.design.Content
import haitang.design.FailureState
import haitang.design.Haitang
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.LoadingState
import haitang.design.PrimaryButton
import haitang.design.QuietButton
import haitang.design.READABLE
import haitang.design.SecondaryButton
import haitang.design.SectionTitle
import haitang.design.dayOf
import haitang.design.dayText
import haitang.design.spanText
import uniffi.haitang.ActivityItem
import java.time.LocalDate
import java.time.YearMonth

/** What a hand can do in the calendar. */
class CalendarEvents(
    val onView: (CalendarView) -> Unit = {},
    val onMonth: (YearMonth) -> Unit = {},
    val onDay: (LocalDate) -> Unit = {},
    val onMore: () -> Unit = {},
    val onOpen: (String) -> Unit = {},
    val onScan: () -> Unit = {},
    val onPlan: () -> Unit = {},
    val onLogs: () -> Unit = {},
    val onBack: () -> Unit = {},
)

/** Activities: what is to come first, a month, or all. */
@Composable
fun CalendarScreen(
    state: CalendarState,
    on: CalendarEvents,
) {
    HaitangScreen(
        stringResource(R.string.activities),
        onBack = on.onBack,
        actions = { QuietButton(stringResource(R.string.log_mine), on.onLogs) },
        // A month and what is on the chosen day need the whole of a small screen.
        bottom = if (state.view == CalendarView.Month) null else ({ Doors(state.mayPlan, on) }),
    ) { padding ->
        // A seventh of a line is no target for elder mode: a month is a list there.
        val grid = state.view == CalendarView.Month && !Haitang.elder
        Box(Modifier.padding(padding).fillMaxSize(), Alignment.TopCenter) {
            LazyColumn(
                Modifier.widthIn(max = READABLE).fillMaxSize(),
                contentPadding = PaddingValues(horizontal = if (grid) EDGE else Haitang.measures.edge, vertical = 8.dp),
                verticalArrangement = Arrangement.spacedBy(Haitang.measures.gap),
            ) {
                item(key = "views") { Views(state.view, on.onView) }
                if (state.view == CalendarView.Month) item(key = "month") { MonthBar(state.month, on.onMonth) }
                when (val items = state.items) {
                    Content.Loading -> item(key = "loading") { LoadingState(Modifier.heightIn(min = STATE_HEIGHT)) }
                    is Content.Failed -> item(key = "failed") { InList { FailureState(items.failure) } }
                    is Content.Ready -> shown(state, items.value, on, grid)
                }
            }
        }
    }
}

@Composable
private fun Doors(
    mayPlan: Boolean,
    on: CalendarEvents,
) {
    PrimaryButton(stringResource(R.string.activity_scan), on.onScan, Modifier.fillMaxWidth())
    if (mayPlan) SecondaryButton(stringResource(R.string.activity_plan), on.onPlan, Modifier.fillMaxWidth())
}

private fun LazyListScope.shown(
    state: CalendarState,
    items: List<ActivityItem>,
    on: CalendarEvents,
    grid: Boolean,
) {
    when (state.view) {
        CalendarView.Coming -> {
            lines(items, state, on, R.string.activities_empty)
        }

        CalendarView.All -> {
            lines(items, state, on, R.string.activities_none)
            if (state.hasMore) {
                item(key = "more") {
                    LaunchedEffect(items.size) { on.onMore() }
                    LoadingState(Modifier.heightIn(min = 96.dp))
                }
            }
        }

        CalendarView.Month -> {
            if (grid) {
                item(key = "grid") { Grid(state, items, on.onDay) }
                item(key = "day") { SectionTitle(dayText(startOf(state.day), state.now)) }
            }
            item(key = "lines") { MonthLines(state, items, on.onOpen) }
        }
    }
}

private fun LazyListScope.lines(
    items: List<ActivityItem>,
    state: CalendarState,
    on: CalendarEvents,
    @StringRes empty: Int,
) {
    if (items.isEmpty()) item(key = "empty") { NothingHere(stringResource(empty), stringResource(R.string.activities_empty_hint)) }
    items(items, { it.id }) { Line(it, state.now, on.onOpen) }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Views(
    chosen: CalendarView,
    onView: (CalendarView) -> Unit,
) {
    FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        CalendarView.entries.forEach { view ->
            val name =
                when (view) {
                    CalendarView.Coming -> R.string.activities_coming
                    CalendarView.Month -> R.string.activities_month
                    CalendarView.All -> R.string.activities_all
                }
            FilterChip(
                view == chosen,
                { onView(view) },
                { Text(stringResource(name), style = MaterialTheme.typography.labelLarge) },
                Modifier.heightIn(min = Haitang.measures.target),
                leadingIcon = if (view == chosen) ({ Icon(Icons.Filled.Check, null) }) else null,
            )
        }
    }
}

@Composable
private fun Grid(
    state: CalendarState,
    items: List<ActivityItem>,
    onDay: (LocalDate) -> Unit,
) {
    val counts = items.groupingBy { dayOf(it.starts) }.eachCount()
    MonthGrid(state.month, state.day, state.now, dayOf(state.now), counts, onDay)
}

/** What is on the chosen day; in elder mode the whole month. At most 200, so not lazily. */
@Composable
private fun MonthLines(
    state: CalendarState,
    items: List<ActivityItem>,
    onOpen: (String) -> Unit,
) {
    val shown = if (Haitang.elder) items else items.filter { dayOf(it.starts) == state.day }
    Column(verticalArrangement = Arrangement.spacedBy(Haitang.measures.gap)) {
        shown.forEach { Line(it, state.now, onOpen) }
        if (shown.isEmpty()) {
            Text(
                stringResource(if (Haitang.elder) R.string.activity_none_in_month else R.string.activity_none_on_day),
                Modifier.fillMaxWidth().padding(16.dp),
                MaterialTheme.colorScheme.onSurfaceVariant,
                textAlign = TextAlign.Center,
            )
        }
    }
}

@Composable
private fun Line(
    item: ActivityItem,
    now: Long,
    onOpen: (String) -> Unit,
) {
    ItemCard(
        item.title,
        lines = listOf(spanText(item.starts, item.ends, now), item.place),
        onClick = { onOpen(item.id) },
        chips = { ActivityChips(item) },
    )
}

/** Narrower than elsewhere, so that a seventh of the line is still 48 dp on a phone of 360. */
private val EDGE = 8.dp
