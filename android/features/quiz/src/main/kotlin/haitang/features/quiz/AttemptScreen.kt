package haitang.features.quiz

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.itemsIndexed
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.filled.List
import androidx.compose.material.icons.filled.Warning
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.key
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.hapticfeedback.HapticFeedbackType
import androidx.compose.ui.platform.LocalHapticFeedback
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import haitang.design.ConfirmDialog
import haitang.design.ContentBox
import haitang.design.Haitang
import haitang.design.HaitangScreen
import haitang.design.IconAction
import haitang.design.ItemCard
import haitang.design.PrimaryButton
import haitang.design.READABLE
import haitang.design.ReadingColumn
import haitang.design.ReadingList
import haitang.design.SecondaryButton
import haitang.design.Status
import haitang.design.StatusChip
import haitang.design.failureText
import haitang.design.valueOrNull
import uniffi.haitang.AttemptPage

/** A paper being answered: one question a page, and all of them at a glance. */
@Composable
fun AttemptScreen(
    state: AttemptState,
    events: AttemptEvents,
    onHandedIn: () -> Unit,
    onBack: () -> Unit,
) {
    LaunchedEffect(state.handedIn) { if (state.handedIn) onHandedIn() }
    Haptics(state.warning)
    val page = state.page.valueOrNull()
    HaitangScreen(
        page?.paper?.title ?: stringResource(R.string.quiz),
        onBack = { if (state.overview) events.overview(false) else onBack() },
        actions = {
            if (page != null && !state.overview) {
                IconAction(Icons.AutoMirrored.Filled.List, stringResource(R.string.quiz_overview), { events.overview(true) })
            }
        },
        message = state.failure?.let { failureText(it) },
        onMessageShown = events::told,
        bottom = if (page != null && !state.handedIn) ({ Buttons(state, page, events) }) else null,
    ) { padding ->
        ContentBox(state.page, Modifier.padding(padding)) { attempt ->
            Column(Modifier.padding(padding), horizontalAlignment = Alignment.CenterHorizontally) {
                Column(Modifier.widthIn(max = READABLE)) { Head(state, attempt) }
                if (state.overview) {
                    Overview(state, attempt, events)
                } else {
                    key(state.question) { OneQuestion(state, attempt, events) }
                }
            }
        }
    }
    if (state.asking) AskOnceMore(state, events)
}

/** Time that runs out is felt too: who reads a question does not look at the clock. */
@Composable
private fun Haptics(warning: Warning?) {
    val haptics = LocalHapticFeedback.current
    LaunchedEffect(warning) { if (warning != null) haptics.performHapticFeedback(HapticFeedbackType.LongPress) }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Head(
    state: AttemptState,
    attempt: AttemptPage,
) {
    FlowRow(
        Modifier.fillMaxWidth().padding(horizontal = Haitang.measures.edge),
        horizontalArrangement = Arrangement.SpaceBetween,
        verticalArrangement = Arrangement.Center,
    ) {
        val questions = attempt.paper.questions.size
        if (!state.overview) Text(stringResource(R.string.quiz_question_of, state.question + 1, questions))
        state.remainingMs?.let { Text(remainingText(it), fontWeight = FontWeight.Medium) }
    }
    val said =
        when {
            state.unkept != null -> stringResource(R.string.quiz_unkept, failureText(state.unkept))
            state.over -> stringResource(R.string.quiz_over)
            state.warning == Warning.OneMinute -> stringResource(R.string.quiz_one_minute)
            state.warning == Warning.FiveMinutes -> stringResource(R.string.quiz_five_minutes)
            else -> null
        }
    if (said != null) Banner(said)
}

/** Read aloud when it comes up; stays while it is so. */
@Composable
private fun Banner(text: String) {
    val colors = Haitang.status
    Surface(
        Modifier.fillMaxWidth().padding(Haitang.measures.edge, 8.dp).semantics { liveRegion = LiveRegionMode.Assertive },
        shape = MaterialTheme.shapes.medium,
        color = colors.soon,
        contentColor = colors.onSoon,
    ) {
        Row(Modifier.padding(12.dp), Arrangement.spacedBy(8.dp), Alignment.CenterVertically) {
            Icon(Icons.Filled.Warning, null)
            Text(text)
        }
    }
}

@Composable
private fun OneQuestion(
    state: AttemptState,
    attempt: AttemptPage,
    events: AttemptEvents,
) {
    val question = attempt.paper.questions.getOrNull(state.question) ?: return
    ReadingColumn {
        QuestionBody(
            question,
            state.answers.getOrNull(state.question),
            onAnswer = { events.answer(state.question, it) },
            onType = { events.type(state.question, it) },
        )
    }
}

@Composable
private fun Overview(
    state: AttemptState,
    attempt: AttemptPage,
    events: AttemptEvents,
) {
    ReadingList {
        itemsIndexed(attempt.paper.questions) { number, question ->
            ItemCard(
                stringResource(R.string.quiz_numbered, number + 1, question.text),
                onClick = { events.goTo(number) },
                chips = {
                    if (state.answers.getOrNull(number) == null) {
                        StatusChip(stringResource(R.string.quiz_unanswered), Status.Soon)
                    } else {
                        StatusChip(stringResource(R.string.quiz_question_answered), Status.Fine)
                    }
                },
            )
        }
    }
}

@Composable
private fun ColumnScope.Buttons(
    state: AttemptState,
    page: AttemptPage,
    events: AttemptEvents,
) {
    val last = state.question >= page.paper.questions.lastIndex
    if (state.overview) {
        PrimaryButton(stringResource(R.string.quiz_hand_in), { events.ask(true) }, Modifier.fillMaxWidth(), busy = state.busy)
        return
    }
    Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(Haitang.measures.gap)) {
        if (state.question > 0) {
            SecondaryButton(stringResource(R.string.quiz_previous), { events.goTo(state.question - 1) }, Modifier.weight(1f))
        }
        if (last) {
            PrimaryButton(stringResource(R.string.quiz_hand_in), { events.ask(true) }, Modifier.weight(1f), busy = state.busy)
        } else {
            PrimaryButton(stringResource(R.string.quiz_next), { events.goTo(state.question + 1) }, Modifier.weight(1f))
        }
    }
}

@Composable
private fun AskOnceMore(
    state: AttemptState,
    events: AttemptEvents,
) {
    ConfirmDialog(
        stringResource(R.string.quiz_hand_in_title),
        if (state.unanswered == 0) {
            stringResource(R.string.quiz_all_answered)
        } else {
            pluralStringResource(R.plurals.quiz_left_unanswered, state.unanswered, state.unanswered)
        },
        stringResource(R.string.quiz_hand_in),
        onConfirm = events::handIn,
        onDismiss = { events.ask(false) },
    )
}

/** What is left, as a clock shows it. */
@Composable
internal fun remainingText(remainingMs: Long): String {
    // Rounded up: one second is left until the last is over.
    val seconds = (remainingMs + 999) / 1_000
    val (hours, minutes) = seconds / 3_600 to seconds / 60 % 60
    val clock = if (hours > 0) "%d:%02d:%02d".format(hours, minutes, seconds % 60) else "%d:%02d".format(minutes, seconds % 60)
    return stringResource(R.string.quiz_remaining, clock)
}
