package haitang.features.task

import androidx.lifecycle.viewModelScope
import haitang.bridge.DraftCore
import haitang.bridge.TaskCore
import haitang.bridge.valueOrNull
import haitang.design.WhileShown
import haitang.design.dayOf
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import uniffi.haitang.GridItem
import uniffi.haitang.HouseholdChange

/**
 * A household being entered or corrected.
 *
 * @param consented somebody's consent is on record and can be withdrawn
 * @param saved the household's id, once it is in
 */
data class HouseholdFormState(
    val isNew: Boolean = true,
    val grids: List<GridItem> = emptyList(),
    val draft: HouseholdDraft? = null,
    val consented: Boolean = false,
    val doing: Doing = Doing(),
    val saved: String? = null,
    val now: Long = System.currentTimeMillis(),
)

/** @param id the household, or nothing for a new one */
class HouseholdFormViewModel(
    private val core: TaskCore,
    drafts: DraftCore,
    private val id: String?,
    private val now: () -> Long = System::currentTimeMillis,
) : DraftForm<HouseholdDraft>(
        drafts,
        "household/${id ?: "new"}",
        HouseholdDraft::write,
        HouseholdDraft::read,
        { startOf(core, id) },
    ) {
    private val saved = MutableStateFlow<String?>(null)

    private val consented: Flow<Boolean> =
        if (id == null) flowOf(false) else core.household(id).map { it.valueOrNull()?.household?.consent != null }

    val state: StateFlow<HouseholdFormState> =
        combine(
            combine(core.grids(), consented, ::Pair),
            draft,
            doer.state,
            unsafe,
            saved,
        ) { (grids, consented), draft, doing, unsafe, saved ->
            HouseholdFormState(
                id == null,
                grids.valueOrNull().orEmpty(),
                draft,
                consented,
                doing.copy(failure = doing.failure ?: unsafe),
                saved,
                now(),
            )
        }.stateIn(viewModelScope, WhileShown, HouseholdFormState(id == null, now = now()))

    /** The day on which somebody agreed is mostly today. */
    fun sensitive(how: (HouseholdDraft) -> HouseholdDraft) =
        edit { was -> how(was).let { if (it.sensitive && it.consentGiven.isBlank()) it.copy(consentGiven = "${dayOf(now())}") else it } }

    fun save() {
        val draft = draft.value ?: return
        doer.act(null) {
            val household =
                if (id == null) {
                    val grid =
                        draft.grid.ifEmpty {
                            state.value.grids
                                .firstOrNull()
                                ?.id
                                .orEmpty()
                        }
                    core.addHousehold(draft.copy(grid = grid).given())
                } else {
                    core.editHousehold(id, draft.change())
                    id
                }
            finished()
            saved.value = household
        }
    }

    fun withdrawConsent() {
        if (id == null) return
        doer.act(Did.ConsentWithdrawn) {
            core.editHousehold(id, WITHDRAWN)
            edit { it.withoutConsent() }
        }
    }

    private companion object {
        val WITHDRAWN = HouseholdChange(null, null, null, null, null, null, null, null, null, withdrawConsent = true)

        suspend fun startOf(
            core: TaskCore,
            id: String?,
        ): HouseholdDraft {
            if (id == null) return HouseholdDraft()
            val page = core.household(id).map { it.valueOrNull() }.first { it != null }
            return page?.let { HouseholdDraft.of(it.household) } ?: HouseholdDraft()
        }
    }
}
