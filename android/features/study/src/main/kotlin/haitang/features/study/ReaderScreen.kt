package haitang.features.study

import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.CheckCircle
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.derivedStateOf
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import haitang.design.ContentBox
import haitang.design.EmptyState
import haitang.design.HaitangScreen
import haitang.design.PrimaryButton
import haitang.design.QuietButton
import haitang.design.ReadingColumn
import haitang.design.SecondaryButton
import haitang.design.Status
import haitang.design.StatusChip
import haitang.design.failureText
import haitang.design.valueOrNull
import uniffi.haitang.StudyPage

/**
 * A study, section by section.
 *
 * @param onEnd the end of a section was on the screen
 */
@Composable
fun ReaderScreen(
    state: ReaderState,
    onEnd: (Int) -> Unit,
    onGoTo: (Int) -> Unit,
    onNext: () -> Unit,
    onReview: () -> Unit,
    onTold: () -> Unit,
    onBack: () -> Unit,
) {
    val page = state.page.valueOrNull()
    HaitangScreen(
        page?.title ?: stringResource(R.string.study),
        onBack = onBack,
        message = state.failure?.let { failureText(it) },
        onMessageShown = onTold,
        bottom =
            if (page != null && !state.atEnd) {
                {
                    val last = state.section == page.sections.lastIndex
                    PrimaryButton(stringResource(if (last) R.string.study_done else R.string.study_next), onNext, Modifier.fillMaxWidth())
                }
            } else {
                null
            },
    ) { padding ->
        ContentBox(state.page, Modifier.padding(padding)) { study ->
            if (state.atEnd) {
                EmptyState(
                    stringResource(R.string.study_all_read),
                    Modifier.padding(padding),
                    stringResource(R.string.study_all_read_hint),
                    Icons.Filled.CheckCircle,
                ) {
                    PrimaryButton(stringResource(R.string.study_to_reviews), onReview, Modifier.fillMaxWidth())
                    SecondaryButton(stringResource(R.string.study_again), { onGoTo(0) }, Modifier.fillMaxWidth())
                    QuietButton(stringResource(R.string.study_to_list), onBack, Modifier.fillMaxWidth())
                }
            } else {
                // A scroll position of its own for each section: the next begins at its top.
                key(state.section) { Section(study, state.section, Modifier.padding(padding), onEnd, onGoTo) }
            }
        }
    }
}

@Composable
private fun Section(
    study: StudyPage,
    number: Int,
    modifier: Modifier,
    onEnd: (Int) -> Unit,
    onGoTo: (Int) -> Unit,
) {
    val section = study.sections.getOrNull(number) ?: return
    val scroll = rememberScrollState()
    // Before the first layout the way to the end is not known yet, and is given as endless.
    val atEnd by remember { derivedStateOf { scroll.maxValue != Int.MAX_VALUE && !scroll.canScrollForward } }
    LaunchedEffect(atEnd) { if (atEnd) onEnd(number) }
    ReadingColumn(modifier, scroll) {
        Text(stringResource(R.string.study_section_of, number + 1, study.sections.size), style = MaterialTheme.typography.labelMedium)
        ProgressBar((number + 1f) / study.sections.size)
        if (number.toUShort() in study.read) StatusChip(stringResource(R.string.study_section_read), Status.Fine)
        Text(section.title, Modifier.semantics { heading() }, style = MaterialTheme.typography.headlineSmall)
        val body = MaterialTheme.typography.bodyLarge
        SelectionContainer {
            Text(section.text, style = body.copy(fontSize = body.fontSize * LARGER, lineHeight = body.fontSize * LARGER * LEADING))
        }
        if (number > 0) QuietButton(stringResource(R.string.study_previous), { onGoTo(number - 1) })
        Spacer(Modifier.height(16.dp))
    }
}

/** Long texts are a little larger, and their lines further apart, than what is only glanced at. */
private const val LARGER = 1.125f
private const val LEADING = 1.7f
