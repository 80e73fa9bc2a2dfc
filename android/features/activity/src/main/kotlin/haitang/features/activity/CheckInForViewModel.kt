package haitang.features.activity

import haitang.bridge.ActivityCore
import haitang.bridge.Failure
import haitang.bridge.map
import haitang.design.Content
import haitang.design.content
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import uniffi.haitang.MemberItem

/**
 * Whom the host can enter.
 *
 * @param people those expected, with whether they are there already
 * @param asking who is about to be entered
 */
data class CheckInForState(
    val people: Content<List<Pair<MemberItem, Boolean>>> = Content.Loading,
    val asking: MemberItem? = null,
    val busy: Boolean = false,
    val problem: Failure? = null,
)

class CheckInForViewModel(
    private val core: ActivityCore,
    private val id: String,
) : ActingViewModel() {
    private val asking = MutableStateFlow<MemberItem?>(null)

    val state: StateFlow<CheckInForState> =
        combine(core.activity(id), asking, acting) { page, asking, acting ->
            val people =
                page.map { shown ->
                    val present = shown.attendees.map { it.member }.toSet()
                    shown.expected.map { it to (it.id in present) }.sortedBy { (_, here) -> here }
                }
            CheckInForState(people.content(), asking, acting.busy, acting.failure)
        }.shown(CheckInForState())

    /** Asked once more, because it cannot be taken back. */
    fun onAsk(member: MemberItem?) {
        asking.value = member
    }

    fun onEnter() {
        val member = asking.value ?: return
        act {
            onAsk(null)
            core.checkInFor(id, member.id)
        }
    }
}
