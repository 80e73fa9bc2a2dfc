package haitang.features.study

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.CheckCircle
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import haitang.design.ContentBox
import haitang.design.EmptyState
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.PrimaryButton
import haitang.design.ReadingColumn
import haitang.design.SecondaryButton
import haitang.design.failureText
import haitang.design.momentText
import uniffi.haitang.Rating
import uniffi.haitang.ReviewItem

/** One thing after the other: what is asked, then the answer, then how well it came to mind. */
@Composable
fun ReviewScreen(
    state: ReviewState,
    onShow: () -> Unit,
    onRate: (Rating) -> Unit,
    onTold: () -> Unit,
    onBack: () -> Unit,
) {
    HaitangScreen(
        stringResource(R.string.study_review),
        onBack = onBack,
        message = state.failure?.let { failureText(it) },
        onMessageShown = onTold,
        bottom =
            if (state.current != null && !state.shown) {
                { PrimaryButton(stringResource(R.string.study_show_answer), onShow, Modifier.fillMaxWidth()) }
            } else {
                null
            },
    ) { padding ->
        ContentBox(state.items, Modifier.padding(padding)) { items ->
            val current = items.firstOrNull()
            if (current == null) {
                Finished(state, Modifier.padding(padding), onBack)
            } else {
                ReadingColumn(Modifier.padding(padding)) { Card(state, items.size, current, onRate) }
            }
        }
    }
}

@Composable
private fun Finished(
    state: ReviewState,
    modifier: Modifier,
    onBack: () -> Unit,
) {
    EmptyState(
        if (state.done > 0) {
            pluralStringResource(R.plurals.study_reviewed, state.done, state.done)
        } else {
            stringResource(R.string.study_nothing_to_review)
        },
        modifier,
        stringResource(R.string.study_reviews_hint),
        Icons.Filled.CheckCircle,
    ) { SecondaryButton(stringResource(R.string.study_to_list), onBack) }
}

@Composable
private fun ColumnScope.Card(
    state: ReviewState,
    left: Int,
    item: ReviewItem,
    onRate: (Rating) -> Unit,
) {
    Text(pluralStringResource(R.plurals.study_left, left, left), style = MaterialTheme.typography.labelMedium)
    val next = state.next
    if (next != null && !state.shown) {
        Text(
            stringResource(R.string.study_next_time, momentText(next)),
            Modifier.semantics { liveRegion = LiveRegionMode.Polite },
            color = MaterialTheme.colorScheme.onSurfaceVariant,
        )
    }
    Text(item.prompt, Modifier.semantics { heading() }, style = MaterialTheme.typography.headlineSmall)
    if (state.shown) {
        HorizontalDivider()
        Text(item.answer, Modifier.semantics { liveRegion = LiveRegionMode.Polite }, style = MaterialTheme.typography.titleMedium)
        Text(stringResource(R.string.study_how_well), Modifier.semantics { heading() })
        RATINGS.forEach { (rating, words) ->
            val (said, coming) = words
            ItemCard(stringResource(said), lines = listOf(stringResource(coming)), onClick = { if (!state.busy) onRate(rating) })
        }
    } else {
        Text(stringResource(R.string.study_think_first), color = MaterialTheme.colorScheme.onSurfaceVariant)
    }
}

private val RATINGS =
    listOf(
        Rating.AGAIN to (R.string.study_again_said to R.string.study_again_when),
        Rating.HARD to (R.string.study_hard_said to R.string.study_hard_when),
        Rating.GOOD to (R.string.study_good_said to R.string.study_good_when),
        Rating.EASY to (R.string.study_easy_said to R.string.study_easy_when),
    )
