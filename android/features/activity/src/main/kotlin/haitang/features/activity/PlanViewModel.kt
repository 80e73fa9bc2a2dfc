package haitang.features.activity

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.ActivityCore
import haitang.bridge.CoreFailure
import haitang.bridge.DraftCore
import haitang.bridge.DraftKeeper
import haitang.bridge.Failure
import haitang.bridge.Loaded
import haitang.design.Content
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import uniffi.haitang.ActivityKind
import uniffi.haitang.ActivityPlan
import uniffi.haitang.MemberItem
import uniffi.haitang.TemplateItem

/**
 * A plan in the making.
 *
 * @param orgs for which orgs it can be, as id and name
 * @param refused why it was not taken, with the field it is about
 * @param done the activity that came of it
 */
data class PlanState(
    val now: Long,
    val isNew: Boolean,
    val plan: Content<ActivityPlan> = Content.Loading,
    val orgs: List<Pair<String, String>> = emptyList(),
    val people: List<MemberItem> = emptyList(),
    val templates: List<TemplateItem> = emptyList(),
    val busy: Boolean = false,
    val problem: Failure? = null,
    val refused: Failure? = null,
    val unsafe: Failure? = null,
    val done: String? = null,
)

/** @param id the activity that is changed; nothing for a new one */
class PlanViewModel(
    private val core: ActivityCore,
    private val drafts: DraftCore,
    private val id: String?,
    now: () -> Long = System::currentTimeMillis,
) : ViewModel() {
    private val key = "plan/${id ?: "new"}"
    private val keeper = DraftKeeper(drafts, key)
    private val shown = MutableStateFlow(PlanState(now(), id == null))
    val state: StateFlow<PlanState> = shown.asStateFlow()

    init {
        addCloseable(keeper)
        begin()
        viewModelScope.launch { keeper.failure.collect { problem -> shown.update { it.copy(unsafe = problem) } } }
    }

    /** Reads what the form needs; again where that failed. */
    fun begin() {
        shown.update { it.copy(plan = Content.Loading) }
        viewModelScope.launch {
            try {
                val kept = drafts.read(key)?.let(::planFromDraft)
                val me = core.me().value()
                val page = id?.let { core.activity(it).value() }
                val orgs = page?.let { listOf(it.org to it.orgName) } ?: me.plansFor().ifEmpty { listOf(me.orgId to me.org) }
                val plan = kept ?: page?.plan() ?: blankPlan(orgs.first().first, me.id, shown.value.now)
                val people = (core.people() + page?.expected.orEmpty()).distinctBy { it.id }
                shown.update { it.copy(plan = Content.Ready(plan), orgs = orgs, people = people, templates = core.templates().value()) }
            } catch (failed: CoreFailure) {
                shown.update { it.copy(plan = Content.Failed(failed.failure)) }
            }
        }
    }

    /** Anything was changed in the form. */
    fun onChange(plan: ActivityPlan) {
        shown.update { it.copy(plan = Content.Ready(plan), refused = null) }
        keeper.save(plan.toDraft())
    }

    /** A sort brings its form along. */
    fun onKind(
        plan: ActivityPlan,
        kind: ActivityKind,
    ) = onChange(
        plan.copy(
            kind = kind,
            template =
                shown.value.templates
                    .find { it.kind == kind }
                    ?.id,
        ),
    )

    fun onSubmit(plan: ActivityPlan) {
        if (shown.value.busy) return
        shown.update { it.copy(busy = true) }
        viewModelScope.launch {
            try {
                val made = if (id == null) core.plan(plan) else id.also { core.replan(it, plan) }
                keeper.drop()
                shown.update { it.copy(busy = false, done = made) }
            } catch (failed: CoreFailure) {
                shown.update { it.copy(busy = false, problem = failed.failure, refused = failed.failure) }
            }
        }
    }

    fun onProblemShown() = shown.update { it.copy(problem = null) }
}

/** What a live query gives first. @throws CoreFailure */
internal suspend fun <T> Flow<Loaded<T>>.value(): T =
    when (val loaded = first()) {
        is Loaded.Value -> loaded.value
        is Loaded.Failed -> throw CoreFailure(loaded.failure)
    }
