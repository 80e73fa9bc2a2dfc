package haitang.features.study

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.items
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Info
import androidx.compose.material.icons.filled.Refresh
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import haitang.design.ContentBox
import haitang.design.EmptyState
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.ReadingList
import haitang.design.Status
import haitang.design.StatusChip
import uniffi.haitang.StudyItem

/** What is offered to be studied, and what waits to be remembered. */
@Composable
fun StudyListScreen(
    state: StudyListState,
    onOpen: (String) -> Unit,
    onReview: () -> Unit,
    onBack: () -> Unit,
) {
    HaitangScreen(stringResource(R.string.studies), onBack = onBack) { padding ->
        ContentBox(state.studies, Modifier.padding(padding)) { studies ->
            if (studies.isEmpty() && state.due == 0) {
                EmptyState(
                    stringResource(R.string.studies_empty),
                    Modifier.padding(padding),
                    stringResource(R.string.studies_empty_hint),
                    Icons.Filled.Info,
                )
            } else {
                ReadingList(Modifier.padding(padding)) {
                    item("reviews") { Reviews(state.due, onReview) }
                    items(studies, { it.id }) { Line(it, onOpen) }
                }
            }
        }
    }
}

@Composable
private fun Reviews(
    due: Int,
    onReview: () -> Unit,
) {
    if (due == 0) {
        ItemCard(stringResource(R.string.study_no_reviews), lines = listOf(stringResource(R.string.study_reviews_hint)))
    } else {
        ItemCard(
            pluralStringResource(R.plurals.study_reviews_due, due, due),
            lines = listOf(stringResource(R.string.study_reviews_hint)),
            icon = Icons.Filled.Refresh,
            onClick = onReview,
        )
    }
}

@Composable
private fun Line(
    study: StudyItem,
    onOpen: (String) -> Unit,
) {
    val (read, all) = study.read.toInt() to study.sections.toInt()
    ItemCard(
        study.title,
        lines = listOf(study.summary, stringResource(R.string.study_minutes, study.minutes.toInt())),
        onClick = { onOpen(study.id) },
        chips = {
            Column(Modifier.fillMaxWidth(), verticalArrangement = Arrangement.spacedBy(6.dp)) {
                when {
                    study.finished -> StatusChip(stringResource(R.string.study_finished), Status.Fine)
                    read == 0 -> StatusChip(stringResource(R.string.study_not_begun), Status.Plain)
                    else -> StatusChip(stringResource(R.string.study_progress, read, all), Status.Soon)
                }
                // The chip says the same in words.
                if (all > 0) {
                    ProgressBar(read.toFloat() / all)
                }
            }
        },
    )
}
