package haitang.features.outbox

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.Loaded
import haitang.bridge.OutboxCore
import haitang.design.Content
import haitang.design.WhileShown
import haitang.design.content
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import uniffi.haitang.UnsentItem

/** What is not yet on the server. */
data class Unsent(
    val refused: List<UnsentItem>,
    val waiting: List<UnsentItem>,
)

/** What came of what the person did last. */
enum class OutboxDone { Mended, Discarded }

/**
 * What the outbox shows.
 *
 * @param busy which command something is being done about
 * @param asking which command the person is about to let go
 * @param export what is to be handed to another app, once
 */
data class OutboxState(
    val unsent: Content<Unsent> = Content.Loading,
    val busy: ULong? = null,
    val exporting: Boolean = false,
    val asking: UnsentItem? = null,
    val done: OutboxDone? = null,
    val failure: Failure? = null,
    val export: String? = null,
)

class OutboxViewModel(
    private val core: OutboxCore,
) : ViewModel() {
    private val own = MutableStateFlow(OutboxState())

    val state: StateFlow<OutboxState> =
        combine(own, core.refused(), core.waiting()) { own, refused, waiting -> own.copy(unsent = both(refused, waiting)) }
            .stateIn(viewModelScope, WhileShown, OutboxState())

    /** Hands a refused command in again, in the way that fits it. */
    fun mend(seq: ULong) = act(seq, OutboxDone.Mended) { core.mend(seq) }

    /** Asks whether a refused command is to be let go. */
    fun ask(item: UnsentItem?) = own.update { it.copy(asking = item) }

    /** Lets go what was asked about. */
    fun discard() {
        val item = own.value.asking ?: return
        ask(null)
        act(item.seq, OutboxDone.Discarded) { core.discard(item.seq) }
    }

    fun export() {
        if (own.value.exporting) return
        own.update { it.copy(exporting = true) }
        viewModelScope.launch {
            try {
                val text = core.export()
                own.update { it.copy(export = text) }
            } catch (failure: CoreFailure) {
                own.update { it.copy(failure = failure.failure) }
            } finally {
                own.update { it.copy(exporting = false) }
            }
        }
    }

    fun exported() = own.update { it.copy(export = null) }

    fun messageShown() = own.update { it.copy(done = null, failure = null) }

    private fun act(
        seq: ULong,
        done: OutboxDone,
        what: suspend () -> Unit,
    ) {
        if (own.value.busy != null) return
        own.update { it.copy(busy = seq, failure = null, done = null) }
        viewModelScope.launch {
            try {
                what()
                own.update { it.copy(done = done) }
            } catch (failure: CoreFailure) {
                own.update { it.copy(failure = failure.failure) }
            } finally {
                own.update { it.copy(busy = null) }
            }
        }
    }

    private fun both(
        refused: Loaded<List<UnsentItem>>,
        waiting: Loaded<List<UnsentItem>>,
    ): Content<Unsent> =
        when (refused) {
            is Loaded.Failed -> refused.content()
            is Loaded.Value -> if (waiting is Loaded.Value) Content.Ready(Unsent(refused.value, waiting.value)) else waiting.failed()
        }

    private fun Loaded<*>.failed(): Content<Nothing> = (this as? Loaded.Failed)?.content() ?: Content.Loading
}
