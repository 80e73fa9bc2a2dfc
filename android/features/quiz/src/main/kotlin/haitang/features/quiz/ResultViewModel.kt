package haitang.features.quiz

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.CoreFailure
import haitang.bridge.Loaded
import haitang.bridge.QuizCore
import haitang.design.Content
import haitang.design.WhileShown
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import uniffi.haitang.AttemptResult
import uniffi.haitang.Question

/**
 * What the result of an attempt shows.
 *
 * @param questions as they were asked, beside the result's own
 */
data class Outcome(
    val title: String,
    val questions: List<Question>,
    val result: AttemptResult,
)

data class ResultState(
    val outcome: Content<Outcome> = Content.Loading,
)

class ResultViewModel(
    private val core: QuizCore,
    private val attempt: String,
) : ViewModel() {
    private var marking = false

    val state: StateFlow<ResultState> =
        combine(core.attempt(attempt), core.result(attempt)) { page, result ->
            when {
                page is Loaded.Failed -> {
                    Content.Failed(page.failure)
                }

                result is Loaded.Failed -> {
                    Content.Failed(result.failure)
                }

                page is Loaded.Value && result is Loaded.Value -> {
                    Content.Ready(Outcome(page.value.paper.title, page.value.paper.questions, result.value))
                }

                else -> {
                    Content.Loading
                }
            }
        }.map { outcome ->
            if (outcome is Content.Ready && outcome.value.result.points == null) mark()
            ResultState(outcome)
        }.stateIn(viewModelScope, WhileShown, ResultState())

    /** The answers of a contest may have come since it was handed in. */
    private fun mark() {
        if (marking) return
        marking = true
        viewModelScope.launch {
            try {
                core.mark(attempt)
            } catch (_: CoreFailure) {
                // Not yet: the screen says when. The next change tries again.
                marking = false
            }
        }
    }
}
