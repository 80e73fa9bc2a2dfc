package haitang.features.task

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringArrayResource
import androidx.compose.ui.res.stringResource
import haitang.bridge.Failure
import haitang.design.ChoiceRow
import haitang.design.Fact
import haitang.design.SecondaryButton
import haitang.design.SectionTitle
import haitang.design.TextEntry
import uniffi.haitang.GridItem
import uniffi.haitang.TaskKind
import java.time.LocalDate

/** In which grid; not asked where there is one only. */
@Composable
internal fun ColumnScope.GridChoice(
    grids: List<GridItem>,
    chosen: String,
    onGrid: (String) -> Unit,
) {
    if (grids.size < 2) return
    SectionTitle(stringResource(R.string.task_grid))
    grids.forEachIndexed { index, grid ->
        ChoiceRow(grid.name, grid.id == chosen || (chosen.isEmpty() && index == 0), { onGrid(grid.id) }, detail = grid.org)
    }
}

/** What is to be done, where, and by whom. */
@Composable
internal fun ColumnScope.WorkFields(
    work: WorkDraft,
    around: Around,
    wrong: Failure?,
    onWork: ((WorkDraft) -> WorkDraft) -> Unit,
) {
    GridChoice(around.grids, work.grid) { grid -> onWork { it.copy(grid = grid, assignee = null) } }
    SectionTitle(stringResource(R.string.task_what))
    Chips { TaskKind.entries.forEach { kind -> Choice(kindText(kind), kind == work.kind) { onWork { it.copy(kind = kind) } } } }
    TextEntry(
        stringResource(R.string.task_title_label),
        work.title,
        { text -> onWork { it.copy(title = text) } },
        required = true,
        error = wrong.at("title"),
    )
    Chips {
        stringArrayResource(titlesOf(work.kind)).forEach { said -> Choice(said, said == work.title) { onWork { it.copy(title = said) } } }
    }
    val household = around.household
    if (household != null) {
        Fact(stringResource(R.string.task_household), household.place)
    } else {
        TextEntry(
            stringResource(R.string.task_place),
            work.place,
            { text -> onWork { it.copy(place = text) } },
            error = wrong.at("place"),
            hint = stringResource(R.string.task_place_hint),
        )
    }
    TextEntry(
        stringResource(R.string.task_note),
        work.note,
        { text -> onWork { it.copy(note = text) } },
        error = wrong.at("note"),
        lines = 2,
    )
    SectionTitle(stringResource(R.string.task_assignee))
    ChoiceRow(stringResource(R.string.task_anyone), work.assignee == null, { onWork { it.copy(assignee = null) } })
    around.workers.forEach { worker -> ChoiceRow(worker.name, worker.id == work.assignee, { onWork { it.copy(assignee = worker.id) } }) }
}

private fun titlesOf(kind: TaskKind): Int =
    when (kind) {
        TaskKind.VISIT -> R.array.task_titles_visit
        TaskKind.PATROL -> R.array.task_titles_patrol
        TaskKind.CHECKPOINT -> R.array.task_titles_checkpoint
        TaskKind.ERRAND -> R.array.task_titles_errand
    }

/**
 * A day, and a button to choose another.
 *
 * @param day such as `2026-11-24`, or empty where none was chosen
 * @param start where the calendar opens then
 */
@Composable
internal fun DayRow(
    label: String,
    day: String,
    start: LocalDate,
    now: Long,
    onDay: (LocalDate) -> Unit,
) {
    var choosing by rememberSaveable { mutableStateOf(false) }
    Row(Modifier.fillMaxWidth(), verticalAlignment = Alignment.CenterVertically) {
        Fact(label, if (day.isEmpty()) stringResource(R.string.task_day_none) else dayText(day, now), Modifier.weight(1f))
        SecondaryButton(stringResource(R.string.task_day_choose), { choosing = true })
    }
    if (choosing) DayDialog(dayOf(day) ?: start, onDay) { choosing = false }
}

/** A text beneath a title, for what needs a word of explanation. */
@Composable
internal fun Hint(text: String) = Text(text, color = MaterialTheme.colorScheme.onSurfaceVariant)
