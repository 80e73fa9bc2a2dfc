package haitang.features.task

import androidx.lifecycle.viewModelScope
import haitang.bridge.DraftCore
import haitang.bridge.Loaded
import haitang.bridge.TaskCore
import haitang.bridge.valueOrNull
import haitang.design.WhileShown
import haitang.design.dayOf
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flatMapLatest
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import uniffi.haitang.GridItem
import uniffi.haitang.HouseholdPage
import uniffi.haitang.MemberItem
import uniffi.haitang.TaskKind

/** What can be chosen from when work is given. */
data class Around(
    val grids: List<GridItem> = emptyList(),
    val workers: List<MemberItem> = emptyList(),
    val household: HouseholdPage? = null,
) {
    /** The only grid need not be chosen. */
    fun grid(draft: WorkDraft): String = draft.grid.ifEmpty { grids.firstOrNull()?.id.orEmpty() }
}

/**
 * Work being given, once or again and again.
 *
 * @param given the id of what it became
 */
data class WorkState<D>(
    val draft: D? = null,
    val around: Around = Around(),
    val doing: Doing = Doing(),
    val given: String? = null,
    val now: Long = System.currentTimeMillis(),
)

@OptIn(ExperimentalCoroutinesApi::class)
private fun around(
    core: TaskCore,
    work: Flow<WorkDraft?>,
): Flow<Around> {
    val grids = core.grids().map { it.valueOrNull().orEmpty() }
    val grid = combine(grids, work) { all, draft -> draft?.grid?.ifEmpty { null } ?: all.firstOrNull()?.id }.distinctUntilChanged()
    val workers = grid.flatMapLatest { if (it == null) flowOf(Loaded.Value(emptyList())) else core.workers(it) }
    val household =
        work
            .map { it?.household }
            .distinctUntilChanged()
            .flatMapLatest { if (it == null) flowOf(null) else core.household(it).map { page -> page.valueOrNull() } }
    return combine(grids, workers, household) { all, others, of -> Around(all, others.valueOrNull().orEmpty(), of) }
}

/** Work for a household begins as a visit to it. */
private suspend fun workFor(
    core: TaskCore,
    household: String?,
): WorkDraft {
    val grid =
        household?.let {
            core
                .household(it)
                .first()
                .valueOrNull()
                ?.household
                ?.grid
        }
    return if (grid == null) WorkDraft() else WorkDraft(grid = grid, kind = TaskKind.VISIT, household = household)
}

private fun <D> state(
    scope: CoroutineScope,
    draft: Flow<D?>,
    around: Flow<Around>,
    doing: Flow<Doing>,
    given: Flow<String?>,
    now: () -> Long,
): StateFlow<WorkState<D>> =
    combine(draft, around, doing, given) { typed, there, done, id -> WorkState(typed, there, done, id, now()) }
        .stateIn(scope, WhileShown, WorkState(now = now()))

/** A task being given. */
class NewTaskViewModel(
    private val core: TaskCore,
    drafts: DraftCore,
    household: String?,
    private val now: () -> Long = System::currentTimeMillis,
) : DraftForm<TaskDraft>(
        drafts,
        "task/${household ?: "new"}",
        TaskDraft::write,
        TaskDraft::read,
        { TaskDraft(workFor(core, household), due = "${dayOf(now())}") },
    ) {
    private val given = MutableStateFlow<String?>(null)

    val state: StateFlow<WorkState<TaskDraft>> =
        state(viewModelScope, draft, around(core, draft.map { it?.work }), doer.state, given, now)

    fun work(how: (WorkDraft) -> WorkDraft) = edit { it.copy(work = how(it.work)) }

    fun give() {
        val draft = draft.value ?: return
        doer.act(null) {
            val id = core.assign(draft.given(state.value.around.grid(draft.work), now()))
            finished()
            given.value = id
        }
    }
}

/** Something that repeats, being planned. */
class NewRoutineViewModel(
    private val core: TaskCore,
    drafts: DraftCore,
    private val now: () -> Long = System::currentTimeMillis,
) : DraftForm<RoutineDraft>(drafts, "routine/new", RoutineDraft::write, RoutineDraft::read, { RoutineDraft.of(dayOf(now())) }) {
    private val given = MutableStateFlow<String?>(null)

    val state: StateFlow<WorkState<RoutineDraft>> =
        state(viewModelScope, draft, around(core, draft.map { it?.work }), doer.state, given, now)

    fun work(how: (WorkDraft) -> WorkDraft) = edit { it.copy(work = how(it.work)) }

    fun plan() {
        val draft = draft.value ?: return
        doer.act(null) {
            val id = core.planRoutine(draft.given(state.value.around.grid(draft.work)))
            finished()
            given.value = id
        }
    }
}
