package haitang.features.activity

import haitang.bridge.ActivityCore
import haitang.bridge.Failure
import haitang.design.Content
import haitang.design.content
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.update
import uniffi.haitang.LogPage

/**
 * A log, opened.
 *
 * @param returning whether the reason for sending it back is being asked
 * @param decided the decision was made: there is nothing more to do here
 */
data class LogPageState(
    val now: Long,
    val page: Content<LogPage> = Content.Loading,
    val busy: Boolean = false,
    val problem: Failure? = null,
    val returning: Boolean = false,
    val decided: Boolean = false,
)

class LogPageViewModel(
    private val core: ActivityCore,
    private val id: String,
    now: () -> Long = System::currentTimeMillis,
) : ActingViewModel() {
    private data class Local(
        val returning: Boolean = false,
        val decided: Boolean = false,
    )

    private val opened = now()
    private val local = MutableStateFlow(Local())

    val state: StateFlow<LogPageState> =
        combine(core.log(id), acting, local) { page, acting, local ->
            LogPageState(opened, page.content(), acting.busy, acting.failure, local.returning, local.decided)
        }.shown(LogPageState(opened))

    fun onRecall() = act { core.recallLog(id) }

    fun onApprove() =
        act {
            core.approveLog(id)
            local.update { it.copy(decided = true) }
        }

    fun onAskReturn(ask: Boolean) = local.update { it.copy(returning = ask) }

    fun onReturn(reason: String) =
        act {
            core.returnLog(id, reason)
            local.update { it.copy(returning = false, decided = true) }
        }
}
