package haitang.design

import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import haitang.bridge.Failure
import haitang.bridge.Loaded
import kotlinx.coroutines.flow.SharingStarted

/** What a screen is about: not there yet, there, or not to be had. */
sealed interface Content<out T> {
    /** It is being read. */
    data object Loading : Content<Nothing>

    /** It is there. */
    data class Ready<T>(
        val value: T,
    ) : Content<T>

    /** It could not be read. */
    data class Failed(
        val failure: Failure,
    ) : Content<Nothing>
}

/** The value, where there is one. */
fun <T> Content<T>.valueOrNull(): T? = (this as? Content.Ready)?.value

/** What a live query gave, for a screen's state. */
fun <T> Loaded<T>.content(): Content<T> =
    when (this) {
        is Loaded.Value -> Content.Ready(value)
        is Loaded.Failed -> Content.Failed(failure)
    }

/** Shows [content] with what belongs to its state; [ready] only where there is something to show. */
@Composable
fun <T> ContentBox(
    content: Content<T>,
    modifier: Modifier = Modifier,
    onRetry: (() -> Unit)? = null,
    ready: @Composable (T) -> Unit,
) {
    when (content) {
        Content.Loading -> LoadingState(modifier)
        is Content.Failed -> FailureState(content.failure, modifier, onRetry)
        is Content.Ready -> ready(content.value)
    }
}

/** How long a live query outlives its screen: a turned phone subscribes again before that, and then there is nothing to wait for. */
val WhileShown: SharingStarted = SharingStarted.WhileSubscribed(stopTimeoutMillis = 5_000)
