package haitang.features.quiz

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.itemsIndexed
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.CheckCircle
import androidx.compose.material.icons.filled.Close
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import haitang.design.ContentBox
import haitang.design.Fact
import haitang.design.HaitangScreen
import haitang.design.ReadingList
import haitang.design.Status
import haitang.design.StatusChip
import uniffi.haitang.Answer
import uniffi.haitang.AttemptResult
import uniffi.haitang.Question
import uniffi.haitang.QuestionKind
import uniffi.haitang.QuestionResult
import uniffi.haitang.Solution

/** What an attempt came to, question by question, with what is right and why. */
@Composable
fun ResultScreen(
    state: ResultState,
    onBack: () -> Unit,
) {
    HaitangScreen(stringResource(R.string.quiz_result), onBack = onBack) { padding ->
        ContentBox(state.outcome, Modifier.padding(padding)) { outcome ->
            ReadingList(Modifier.padding(padding)) {
                item("head") { Head(outcome) }
                itemsIndexed(outcome.result.questions) { number, result -> One(number, outcome.questions.getOrNull(number), result) }
            }
        }
    }
}

@Composable
private fun Head(outcome: Outcome) {
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        Text(outcome.title, style = MaterialTheme.typography.titleMedium)
        val (points, max) = outcome.result.points to outcome.result.max
        if (points == null || max == null) {
            Text(stringResource(R.string.quiz_waits), Modifier.semantics { heading() }, style = MaterialTheme.typography.headlineSmall)
            Text(stringResource(R.string.quiz_waits_hint))
        } else {
            Text(
                stringResource(R.string.quiz_points_of, pointsText(points), pointsText(max)),
                Modifier.semantics { heading() },
                style = MaterialTheme.typography.displaySmall,
            )
            Passed(outcome.result)
        }
    }
}

@Composable
private fun Passed(result: AttemptResult) {
    when (result.passed) {
        true -> {
            StatusChip(stringResource(R.string.quiz_passed), Status.Fine, icon = Icons.Filled.CheckCircle)
        }

        false -> {
            StatusChip(stringResource(R.string.quiz_not_passed), Status.Soon)
        }

        null -> {}
    }
}

@Composable
private fun One(
    number: Int,
    question: Question?,
    result: QuestionResult,
) {
    Surface(Modifier.fillMaxWidth(), shape = MaterialTheme.shapes.medium, color = MaterialTheme.colorScheme.surfaceContainer) {
        Column(Modifier.padding(16.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
            Text(
                stringResource(R.string.quiz_numbered, number + 1, result.text),
                Modifier.semantics { heading() },
                style = MaterialTheme.typography.titleMedium,
            )
            result.points?.let { Mark(it, result.max.toDouble()) }
            Fact(
                stringResource(R.string.quiz_your_answer),
                result.answer?.let { answerText(it, question) } ?: stringResource(R.string.quiz_none),
            )
            result.right?.let { Fact(stringResource(R.string.quiz_right_answer), solutionText(it, question)) }
            if (result.explanation.isNotBlank()) Fact(stringResource(R.string.quiz_why), result.explanation)
        }
    }
}

@Composable
private fun Mark(
    points: Double,
    max: Double,
) {
    val of = stringResource(R.string.quiz_points_of, pointsText(points), pointsText(max))
    when {
        points >= max -> StatusChip(stringResource(R.string.quiz_mark_right, of), Status.Fine, icon = Icons.Filled.CheckCircle)
        points > 0 -> StatusChip(stringResource(R.string.quiz_mark_partly, of), Status.Soon)
        else -> StatusChip(stringResource(R.string.quiz_mark_wrong, of), Status.Late, icon = Icons.Filled.Close)
    }
}

@Composable
private fun answerText(
    answer: Answer,
    question: Question?,
): String =
    when (answer) {
        is Answer.Choice -> optionsText(question, listOf(answer.option))
        is Answer.Choices -> optionsText(question, answer.options)
        is Answer.Truth -> truthText(answer.yes)
        is Answer.Texts -> answer.blanks.joinToString(stringResource(R.string.quiz_between))
        is Answer.Order -> optionsText(question, answer.items, THEN)
    }

@Composable
private fun solutionText(
    right: Solution,
    question: Question?,
): String =
    when (right) {
        is Solution.Choice -> optionsText(question, listOf(right.option))
        is Solution.Choices -> optionsText(question, right.options)
        is Solution.Truth -> truthText(right.yes)
        is Solution.Texts -> right.blanks.joinToString(stringResource(R.string.quiz_between)) { it.joinToString(OR) }
        is Solution.Order -> optionsText(question, right.items, THEN)
    }

@Composable
private fun truthText(yes: Boolean) = stringResource(if (yes) R.string.quiz_true else R.string.quiz_false)

@Composable
private fun optionsText(
    question: Question?,
    numbers: List<UShort>,
    between: String = stringResource(R.string.quiz_between),
): String {
    val options =
        when (val kind = question?.kind) {
            is QuestionKind.Single -> kind.options
            is QuestionKind.Multiple -> kind.options
            is QuestionKind.Ordering -> kind.items
            else -> emptyList()
        }
    return numbers.joinToString(between) { options.getOrNull(it.toInt()) ?: (it + 1u).toString() }
}

private const val THEN = " → "
private const val OR = " / "
