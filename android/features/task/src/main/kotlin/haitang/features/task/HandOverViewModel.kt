package haitang.features.task

import androidx.lifecycle.viewModelScope
import haitang.bridge.DraftCore
import haitang.bridge.Loaded
import haitang.bridge.TaskCore
import haitang.bridge.map
import haitang.design.Content
import haitang.design.WhileShown
import haitang.design.content
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.flatMapLatest
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import org.json.JSONObject
import uniffi.haitang.MemberItem

/** Whom to ask, and what to tell them. */
data class HandOverDraft(
    val to: String? = null,
    val note: String = "",
) {
    internal fun write(): String = JSONObject().put("to", to ?: JSONObject.NULL).put("note", note).toString()

    internal companion object {
        /** @throws org.json.JSONException */
        fun read(text: String): HandOverDraft {
            val json = JSONObject(text)
            return HandOverDraft(if (json.isNull("to")) null else json.getString("to"), json.getString("note"))
        }
    }
}

/** Handing a task or a shift to a colleague. */
data class HandOverState(
    val workers: Content<List<MemberItem>> = Content.Loading,
    val draft: HandOverDraft? = null,
    val doing: Doing = Doing(),
    val handedOver: Boolean = false,
)

/** What can be handed over. */
sealed interface Handed {
    val id: String

    data class Task(
        override val id: String,
    ) : Handed

    data class Shift(
        override val id: String,
    ) : Handed
}

class HandOverViewModel(
    private val core: TaskCore,
    drafts: DraftCore,
    private val what: Handed,
) : DraftForm<HandOverDraft>(drafts, "hand-over/${what.id}", HandOverDraft::write, HandOverDraft::read, { HandOverDraft() }) {
    private val handedOver = MutableStateFlow(false)

    @OptIn(ExperimentalCoroutinesApi::class)
    private val workers: Flow<Loaded<List<MemberItem>>> =
        grid().distinctUntilChanged().flatMapLatest { grid ->
            when (grid) {
                is Loaded.Value -> core.workers(grid.value)
                is Loaded.Failed -> flowOf(grid)
            }
        }

    val state: StateFlow<HandOverState> =
        combine(workers, draft, doer.state, handedOver) { workers, draft, doing, handedOver ->
            HandOverState(workers.content(), draft, doing, handedOver)
        }.stateIn(viewModelScope, WhileShown, HandOverState())

    private fun grid(): Flow<Loaded<String>> =
        when (what) {
            is Handed.Task -> core.task(what.id).map { page -> page.map { it.task.grid } }
            is Handed.Shift -> core.shift(what.id).map { page -> page.map { it.grid } }
        }

    fun to(member: String) = edit { it.copy(to = member) }

    fun note(note: String) = edit { it.copy(note = note) }

    fun handOver() {
        val draft = draft.value ?: return
        val to = draft.to ?: return
        doer.act(null) {
            when (what) {
                is Handed.Task -> core.handOver(what.id, to, draft.note.trim())
                is Handed.Shift -> core.handOverShift(what.id, to, draft.note.trim())
            }
            finished()
            handedOver.value = true
        }
    }
}
