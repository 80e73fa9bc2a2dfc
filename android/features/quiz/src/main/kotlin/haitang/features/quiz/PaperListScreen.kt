package haitang.features.quiz

import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.items
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Edit
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import haitang.design.ContentBox
import haitang.design.EmptyState
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.ReadingList
import haitang.design.Status
import haitang.design.StatusChip
import haitang.design.momentText
import uniffi.haitang.Mode
import uniffi.haitang.PaperItem
import uniffi.haitang.PaperState

/** Quizzes and contests that can be answered, or were. */
@Composable
fun PaperListScreen(
    state: PaperListState,
    onOpen: (String) -> Unit,
    onBack: () -> Unit,
) {
    HaitangScreen(stringResource(R.string.quizzes), onBack = onBack) { padding ->
        ContentBox(state.papers, Modifier.padding(padding)) { papers ->
            if (papers.isEmpty()) {
                EmptyState(
                    stringResource(R.string.quizzes_empty),
                    Modifier.padding(padding),
                    stringResource(R.string.quizzes_empty_hint),
                    Icons.Filled.Edit,
                )
            } else {
                ReadingList(Modifier.padding(padding)) {
                    items(papers, { it.id }) { paper ->
                        ItemCard(paper.title, lines = linesOf(paper), onClick = { onOpen(paper.id) }, chips = { PaperChips(paper) })
                    }
                }
            }
        }
    }
}

@Composable
private fun linesOf(paper: PaperItem): List<String> =
    listOfNotNull(
        sizeText(paper),
        openText(paper),
        paper.score?.let { stringResource(R.string.quiz_last_score, pointsText(it)) },
    )

/** Practice or contest, and whether it can be answered. */
@Composable
internal fun PaperChips(paper: PaperItem) {
    StatusChip(stringResource(if (paper.mode == Mode.CONTEST) R.string.quiz_contest else R.string.quiz_practice), Status.Plain)
    when {
        paper.state == PaperState.WITHDRAWN -> StatusChip(stringResource(R.string.quiz_withdrawn), Status.Late)
        paper.state == PaperState.CLOSED -> StatusChip(stringResource(R.string.quiz_closed), Status.Plain)
        paper.openAttempt != null -> StatusChip(stringResource(R.string.quiz_not_handed_in), Status.Soon)
        paper.mayStart -> StatusChip(stringResource(R.string.quiz_open), Status.Fine)
        paper.lastAttempt != null -> StatusChip(stringResource(R.string.quiz_answered), Status.Fine)
        else -> StatusChip(stringResource(R.string.quiz_not_now), Status.Plain)
    }
}

/** How many questions, and how long they may take. */
@Composable
internal fun sizeText(paper: PaperItem): String {
    val questions = paper.questions.toInt()
    val minutes = paper.minutes?.toInt()
    return if (minutes == null) {
        stringResource(R.string.quiz_questions, questions)
    } else {
        stringResource(R.string.quiz_questions_minutes, questions, minutes)
    }
}

/** From when to when it can be answered. */
@Composable
internal fun openText(paper: PaperItem): String {
    val closes = paper.closes
    return if (closes == null) {
        stringResource(R.string.quiz_opens, momentText(paper.opens))
    } else {
        stringResource(R.string.quiz_opens_closes, momentText(paper.opens), momentText(closes))
    }
}

/** Points without a needless fraction. */
internal fun pointsText(points: Double): String = if (points % 1.0 == 0.0) points.toLong().toString() else "%.1f".format(points)
