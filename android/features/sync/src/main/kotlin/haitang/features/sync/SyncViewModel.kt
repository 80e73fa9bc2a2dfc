package haitang.features.sync

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.SyncCore
import haitang.bridge.valueOrNull
import haitang.design.Content
import haitang.design.WhileShown
import haitang.design.content
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import uniffi.haitang.OutboxStatus
import uniffi.haitang.SyncPhase
import uniffi.haitang.SyncState
import uniffi.haitang.SyncStop

/**
 * What the page of sync shows.
 *
 * @param last when a sync was last whole; nothing where none was
 * @param busy a sync that the person asked for is under way
 * @param done it came through just now
 */
data class SyncPageState(
    val sync: SyncState? = null,
    val outbox: Content<OutboxStatus> = Content.Loading,
    val last: Long? = null,
    val busy: Boolean = false,
    val done: Boolean = false,
    val failure: Failure? = null,
)

class SyncViewModel(
    private val core: SyncCore,
) : ViewModel() {
    private data class Asked(
        val busy: Boolean = false,
        val done: Boolean = false,
        val failure: Failure? = null,
    )

    private val asked = MutableStateFlow(Asked())

    val state: StateFlow<SyncPageState> =
        combine(watched(core), core.outbox(), core.lastSync(), asked) { sync, outbox, last, asked ->
            SyncPageState(sync, outbox.content(), last.valueOrNull(), asked.busy, asked.done, asked.failure)
        }.stateIn(viewModelScope, WhileShown, SyncPageState())

    /** Syncs now, whatever the pause between tries. */
    fun syncNow() {
        if (asked.value.busy) return
        asked.value = Asked(busy = true)
        viewModelScope.launch {
            try {
                core.sync()
                asked.value = Asked(done = true)
            } catch (failure: CoreFailure) {
                asked.value = Asked(failure = failure.failure)
            }
        }
    }

    fun messageShown() = asked.update { it.copy(done = false, failure = null) }
}

/** The state of sync for the line that is always on screen. Where it cannot be watched, it says that something is wrong. */
fun watched(core: SyncCore): Flow<SyncState> =
    core.state().catch { error -> if (error is CoreFailure) emit(SyncState(SyncPhase.Waiting(SyncStop.FAULT), 0u)) else throw error }
