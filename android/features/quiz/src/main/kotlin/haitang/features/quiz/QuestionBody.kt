package haitang.features.quiz

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.KeyboardArrowDown
import androidx.compose.material.icons.filled.KeyboardArrowUp
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import haitang.design.CheckRow
import haitang.design.ChoiceRow
import haitang.design.IconAction
import haitang.design.QuietButton
import haitang.design.SecondaryButton
import haitang.design.TextEntry
import uniffi.haitang.Answer
import uniffi.haitang.Question
import uniffi.haitang.QuestionKind

/**
 * One question, and the means to answer it.
 *
 * @param onAnswer something was chosen; nothing takes the answer back
 * @param onType the blanks of a fill-in, at every keystroke
 */
@Composable
internal fun ColumnScope.QuestionBody(
    question: Question,
    answer: Answer?,
    onAnswer: (Answer?) -> Unit,
    onType: (List<String>) -> Unit,
) {
    Text(question.text, Modifier.semantics { heading() }, style = MaterialTheme.typography.headlineSmall)
    Text(
        stringResource(R.string.quiz_how, kindText(question.kind), question.points.toInt()),
        color = MaterialTheme.colorScheme.onSurfaceVariant,
    )
    when (val kind = question.kind) {
        is QuestionKind.Single -> {
            kind.options.forEachIndexed { number, option ->
                val own = Answer.Choice(number.toUShort())
                ChoiceRow(option, answer == own, { onAnswer(own) })
            }
        }

        is QuestionKind.Multiple -> {
            Multiple(kind.options, (answer as? Answer.Choices)?.options.orEmpty(), onAnswer)
        }

        QuestionKind.TrueFalse -> {
            ChoiceRow(stringResource(R.string.quiz_true), answer == Answer.Truth(true), { onAnswer(Answer.Truth(true)) })
            ChoiceRow(stringResource(R.string.quiz_false), answer == Answer.Truth(false), { onAnswer(Answer.Truth(false)) })
        }

        is QuestionKind.FillIn -> {
            FillIn(kind.blanks.toInt(), (answer as? Answer.Texts)?.blanks.orEmpty(), onType)
        }

        is QuestionKind.Ordering -> {
            Ordering(kind.items, answer as? Answer.Order, onAnswer)
        }
    }
    val chosen = question.kind is QuestionKind.Single || question.kind == QuestionKind.TrueFalse || question.kind is QuestionKind.Ordering
    if (chosen && answer != null) QuietButton(stringResource(R.string.quiz_take_back), { onAnswer(null) })
}

@Composable
private fun Multiple(
    options: List<String>,
    chosen: List<UShort>,
    onAnswer: (Answer?) -> Unit,
) {
    options.forEachIndexed { number, option ->
        val own = number.toUShort()
        CheckRow(
            option,
            own in chosen,
            { on ->
                val now = (if (on) chosen + own else chosen - own).sorted()
                onAnswer(if (now.isEmpty()) null else Answer.Choices(now))
            },
        )
    }
}

@Composable
private fun FillIn(
    count: Int,
    given: List<String>,
    onType: (List<String>) -> Unit,
) {
    // What a keyboard is composing must not wait for the way through the state and back.
    var blanks by rememberSaveable { mutableStateOf(List(count) { given.getOrElse(it) { "" } }) }
    blanks.forEachIndexed { number, text ->
        TextEntry(
            stringResource(R.string.quiz_blank, number + 1),
            text,
            { typed ->
                blanks = blanks.mapIndexed { other, old -> if (other == number) typed else old }
                onType(blanks)
            },
        )
    }
}

@Composable
private fun Ordering(
    items: List<String>,
    answer: Answer.Order?,
    onAnswer: (Answer?) -> Unit,
) {
    val order = answer?.items?.map { it.toInt() } ?: items.indices.toList()
    val move = { from: Int, to: Int ->
        val moved = order.toMutableList().apply { add(to, removeAt(from)) }
        onAnswer(Answer.Order(moved.map { it.toUShort() }))
    }
    order.forEachIndexed { place, item ->
        val text = items.getOrElse(item) { "" }
        Surface(shape = MaterialTheme.shapes.medium, color = MaterialTheme.colorScheme.surfaceContainer) {
            Row(
                Modifier.fillMaxWidth().padding(start = 16.dp, top = 6.dp, bottom = 6.dp),
                Arrangement.spacedBy(4.dp),
                Alignment.CenterVertically,
            ) {
                Text(stringResource(R.string.quiz_numbered, place + 1, text), Modifier.weight(1f))
                IconAction(
                    Icons.Filled.KeyboardArrowUp,
                    stringResource(R.string.quiz_move_up, text),
                    { move(place, place - 1) },
                    enabled =
                        place > 0,
                )
                IconAction(
                    Icons.Filled.KeyboardArrowDown,
                    stringResource(R.string.quiz_move_down, text),
                    { move(place, place + 1) },
                    enabled = place < order.lastIndex,
                )
            }
        }
    }
    if (answer == null) {
        SecondaryButton(
            stringResource(R.string.quiz_order_as_it_is),
            { onAnswer(Answer.Order(order.map { it.toUShort() })) },
            Modifier.fillMaxWidth(),
        )
    }
}

@Composable
private fun kindText(kind: QuestionKind): String =
    stringResource(
        when (kind) {
            is QuestionKind.Single -> R.string.quiz_single
            is QuestionKind.Multiple -> R.string.quiz_multiple
            QuestionKind.TrueFalse -> R.string.quiz_true_false
            is QuestionKind.FillIn -> R.string.quiz_fill_in
            is QuestionKind.Ordering -> R.string.quiz_ordering
        },
    )
