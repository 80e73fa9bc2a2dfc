package haitang.features.quiz

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Check
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import haitang.design.ContentBox
import haitang.design.Fact
import haitang.design.HaitangScreen
import haitang.design.PrimaryButton
import haitang.design.ReadingColumn
import haitang.design.SecondaryButton
import haitang.design.SectionTitle
import haitang.design.failureText
import haitang.design.valueOrNull
import uniffi.haitang.Mode
import uniffi.haitang.PaperItem
import uniffi.haitang.PaperState

/** What a paper asks for and how it goes, so that nobody is surprised by a clock. */
@Composable
fun PaperIntroScreen(
    state: PaperIntroState,
    onStart: () -> Unit,
    onStarted: (String) -> Unit,
    onResult: (String) -> Unit,
    onTold: () -> Unit,
    onBack: () -> Unit,
) {
    LaunchedEffect(state.started) { state.started?.let(onStarted) }
    val paper = state.paper.valueOrNull()
    HaitangScreen(
        stringResource(if (paper?.mode == Mode.CONTEST) R.string.quiz_contest else R.string.quiz_practice),
        onBack = onBack,
        message = state.failure?.let { failureText(it) },
        onMessageShown = onTold,
        bottom =
            if (paper != null &&
                (paper.mayStart || paper.lastAttempt != null)
            ) {
                ({ Buttons(paper, state.busy, onStart, onResult) })
            } else {
                null
            },
    ) { padding ->
        ContentBox(state.paper, Modifier.padding(padding)) { ReadingColumn(Modifier.padding(padding)) { Body(it) } }
    }
}

@Composable
private fun Buttons(
    paper: PaperItem,
    busy: Boolean,
    onStart: () -> Unit,
    onResult: (String) -> Unit,
) {
    if (paper.mayStart) {
        val said = if (paper.openAttempt == null) R.string.quiz_start else R.string.quiz_go_on
        PrimaryButton(stringResource(said), onStart, Modifier.fillMaxWidth(), busy = busy)
    }
    paper.lastAttempt?.let { last ->
        SecondaryButton(stringResource(R.string.quiz_last_result), { onResult(last) }, Modifier.fillMaxWidth())
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun ColumnScope.Body(paper: PaperItem) {
    Text(paper.title, Modifier.semantics { heading() }, style = MaterialTheme.typography.headlineSmall)
    FlowRow(horizontalArrangement = Arrangement.spacedBy(6.dp), verticalArrangement = Arrangement.spacedBy(4.dp)) { PaperChips(paper) }
    Fact(stringResource(R.string.quiz_what), sizeText(paper))
    Fact(stringResource(R.string.quiz_when), openText(paper))
    if (paper.number > 0u) Fact(stringResource(R.string.quiz_attempts), stringResource(R.string.quiz_attempts_so_far, paper.number.toInt()))
    paper.score?.let { Fact(stringResource(R.string.quiz_score), stringResource(R.string.quiz_points, pointsText(it))) }
    if (paper.state != PaperState.OPEN) return
    SectionTitle(stringResource(R.string.quiz_rules))
    Rule(stringResource(R.string.quiz_rule_kept))
    Rule(stringResource(R.string.quiz_rule_offline))
    paper.minutes?.let {
        Rule(stringResource(R.string.quiz_rule_clock, it.toInt()))
        Rule(stringResource(R.string.quiz_rule_by_itself))
    }
    Rule(stringResource(if (paper.mode == Mode.CONTEST) R.string.quiz_rule_contest else R.string.quiz_rule_practice))
}

@Composable
private fun Rule(text: String) {
    Row(Modifier.semantics(mergeDescendants = true) {}, Arrangement.spacedBy(8.dp)) {
        Icon(Icons.Filled.Check, null, tint = MaterialTheme.colorScheme.secondary)
        Text(text)
    }
}
