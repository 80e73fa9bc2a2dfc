package haitang.features.activity

import haitang.bridge.ActivityCore
import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.valueOrNull
import haitang.design.Content
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.onStart
import kotlinx.coroutines.flow.update

/** The code, and how long it still stands. */
data class CodeShown(
    val text: String,
    val seconds: Int,
)

/** What the host's phone shows to those who come in. */
data class HostCodeState(
    val code: Content<CodeShown> = Content.Loading,
    val title: String = "",
    val present: Int = 0,
    val expected: Int = 0,
    val busy: Boolean = false,
    val problem: Failure? = null,
    val closed: Boolean = false,
)

class HostCodeViewModel(
    private val core: ActivityCore,
    private val id: String,
) : ActingViewModel() {
    private val closed = MutableStateFlow(false)

    /** Only while somebody looks at it. */
    private val codes: Flow<Content<CodeShown>> =
        flow {
            while (true) {
                try {
                    val shown = core.hostCode(id)
                    var left = shown.nextInMs
                    while (left > 0) {
                        emit(Content.Ready(CodeShown(shown.text, ((left + SECOND - 1) / SECOND).toInt())))
                        val step = (left - 1) % SECOND + 1
                        delay(step)
                        left -= step
                    }
                } catch (failed: CoreFailure) {
                    emit(Content.Failed(failed.failure))
                    delay(TRY_AGAIN_MS)
                }
            }
        }

    private val page = core.activity(id).map { it.valueOrNull() }.onStart { emit(null) }

    val state: StateFlow<HostCodeState> =
        combine(codes, page, acting, closed) { code, page, acting, closed ->
            HostCodeState(
                code,
                page?.item?.title.orEmpty(),
                page?.attendees.orEmpty().size,
                page?.expected.orEmpty().size,
                acting.busy,
                acting.failure,
                closed,
            )
        }.shown(HostCodeState())

    /** Enough have come. */
    fun onClose() =
        act {
            core.closeCheckIn(id)
            closed.update { true }
        }

    private companion object {
        const val SECOND = 1_000L
        const val TRY_AGAIN_MS = 2_000L
    }
}
