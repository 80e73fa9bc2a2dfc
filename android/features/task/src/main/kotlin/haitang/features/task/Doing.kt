package haitang.features.task

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.Loaded
import haitang.design.Content
import haitang.design.WhileShown
import haitang.design.content
import haitang.design.failureText
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** What was done last, to be told in a sentence. */
enum class Did(
    internal val text: Int,
) {
    Accepted(R.string.task_did_accept),
    TookOver(R.string.task_did_take_over),
    Declined(R.string.task_did_decline),
    Cancelled(R.string.task_did_cancel),
    Reported(R.string.task_did_report),
    Started(R.string.task_did_start),
    Ended(R.string.task_did_end),
    Missed(R.string.task_did_miss),
    Extended(R.string.task_did_extend),
    Stopped(R.string.task_did_stop),
    ConsentWithdrawn(R.string.task_did_withdraw),
}

/**
 * Whether something is being done, and how the last thing went.
 *
 * @param failure why it was not done; until it has been shown
 * @param wrong the same, until something is done again: a form shows it at its field
 */
data class Doing(
    val busy: Boolean = false,
    val failure: Failure? = null,
    val did: Did? = null,
    val wrong: Failure? = null,
)

/** The sentence about it, if there is anything to tell. */
@Composable
internal fun Doing.message(): String? = failure?.let { failureText(it) } ?: did?.let { stringResource(it.text) }

/** Does one thing at a time: what is pressed meanwhile does nothing. */
class Doer(
    private val scope: CoroutineScope,
) {
    private val now = MutableStateFlow(Doing())
    val state: StateFlow<Doing> = now.asStateFlow()

    fun act(
        did: Did?,
        what: suspend () -> Unit,
    ) {
        if (now.value.busy) return
        now.value = Doing(busy = true)
        scope.launch {
            now.value =
                try {
                    what()
                    Doing(did = did)
                } catch (failed: CoreFailure) {
                    Doing(failure = failed.failure, wrong = failed.failure)
                }
        }
    }

    /** The person has seen how it went. */
    fun shown() = now.update { it.copy(failure = null, did = null) }
}

/** Something that is read live, and done something with. */
data class PageState<T>(
    val page: Content<T> = Content.Loading,
    val doing: Doing = Doing(),
    val now: Long = System.currentTimeMillis(),
)

internal fun <T> pageState(
    scope: CoroutineScope,
    page: Flow<Loaded<T>>,
    doer: Doer,
    now: () -> Long,
): StateFlow<PageState<T>> =
    combine(page, doer.state) { loaded, doing -> PageState(loaded.content(), doing, now()) }
        .stateIn(scope, WhileShown, PageState(now = now()))
