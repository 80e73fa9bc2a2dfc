package haitang.features.activity

import haitang.bridge.ActivityCore
import haitang.bridge.Failure
import haitang.design.Content
import haitang.design.content
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.update
import uniffi.haitang.ActivityPage

/**
 * What the page of an activity shows.
 *
 * @param cancelling whether the reason for calling it off is being asked
 * @param codeReady checking in has just been opened here: the code is to be shown next
 */
data class DetailState(
    val now: Long,
    val page: Content<ActivityPage> = Content.Loading,
    val busy: Boolean = false,
    val problem: Failure? = null,
    val cancelling: Boolean = false,
    val codeReady: Boolean = false,
)

class DetailViewModel(
    private val core: ActivityCore,
    private val id: String,
    now: () -> Long = System::currentTimeMillis,
) : ActingViewModel() {
    private data class Local(
        val cancelling: Boolean = false,
        val codeReady: Boolean = false,
    )

    private val opened = now()
    private val local = MutableStateFlow(Local())

    val state: StateFlow<DetailState> =
        combine(core.activity(id), acting, local) { page, acting, local ->
            DetailState(opened, page.content(), acting.busy, acting.failure, local.cancelling, local.codeReady)
        }.shown(DetailState(opened))

    fun onOpenCheckIn() =
        act {
            core.openCheckIn(id)
            local.update { it.copy(codeReady = true) }
        }

    /** The code is on screen. */
    fun onCodeShown() = local.update { it.copy(codeReady = false) }

    fun onCloseCheckIn() = act { core.closeCheckIn(id) }

    fun onAskCancel(ask: Boolean) = local.update { it.copy(cancelling = ask) }

    fun onCancel(reason: String) =
        act {
            core.cancel(id, reason)
            onAskCancel(false)
        }
}
