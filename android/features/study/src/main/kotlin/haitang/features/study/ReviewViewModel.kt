package haitang.features.study

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.Failure
import haitang.bridge.StudyCore
import haitang.design.Content
import haitang.design.Doing
import haitang.design.WhileShown
import haitang.design.content
import haitang.design.valueOrNull
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.update
import uniffi.haitang.Rating
import uniffi.haitang.ReviewItem

/**
 * What the review shows.
 *
 * @param shown whether the answer to the first item can be seen
 * @param next when the item before comes again
 * @param done how many were rated since this was opened
 */
data class ReviewState(
    val items: Content<List<ReviewItem>> = Content.Loading,
    val shown: Boolean = false,
    val next: Long? = null,
    val done: Int = 0,
    val busy: Boolean = false,
    val failure: Failure? = null,
) {
    val current: ReviewItem? get() = items.valueOrNull()?.firstOrNull()
}

class ReviewViewModel(
    private val core: StudyCore,
) : ViewModel() {
    private val doing = Doing(viewModelScope)
    private val progress = MutableStateFlow(Progress())

    val state: StateFlow<ReviewState> =
        combine(core.reviews(), progress, doing.state) { items, progress, doing ->
            val content = items.content()
            val current = content.valueOrNull()?.firstOrNull()
            ReviewState(
                content,
                current != null && current.key() == progress.shown,
                progress.next,
                progress.done,
                doing.busy,
                doing.failure,
            )
        }.stateIn(viewModelScope, WhileShown, ReviewState())

    /** Shows the answer. */
    fun show() {
        val current = state.value.current ?: return
        progress.update { it.copy(shown = current.key()) }
    }

    /** Says how well it was remembered. */
    fun rate(rating: Rating) {
        val current = state.value.current ?: return
        doing.act {
            val review = core.rate(current, rating)
            progress.update { Progress(shown = null, next = review.due, done = it.done + 1) }
        }
    }

    /** The failure was shown. */
    fun told() = doing.told()

    private data class Progress(
        val shown: String? = null,
        val next: Long? = null,
        val done: Int = 0,
    )

    // An item that was forgotten comes again at once: as one not yet seen, because its time is another.
    private fun ReviewItem.key() = "$study/$item/$due"
}
