package haitang.bridge

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch

/**
 * Keeps one draft as it is typed: in order, and only the newest where typing is faster than the disk. What was last given is still
 * kept after the screen has gone, so close it and forget it.
 */
class DraftKeeper(
    private val drafts: DraftCore,
    private val key: String,
    dispatcher: CoroutineDispatcher = Dispatchers.Main.immediate,
) : AutoCloseable {
    private val steps = Channel<Step>(Channel.CONFLATED)
    private val problem = MutableStateFlow<Failure?>(null)

    /** Why the last step did not reach the disk: the person has to know that what is typed is not safe. */
    val failure: StateFlow<Failure?> = problem.asStateFlow()

    init {
        // A scope of its own: a screen's scope ends before the last keystroke is on the disk.
        CoroutineScope(SupervisorJob() + dispatcher).launch {
            for (step in steps) {
                problem.value =
                    try {
                        if (step.text == null) drafts.drop(key) else drafts.save(key, step.text)
                        null
                    } catch (failed: CoreFailure) {
                        failed.failure
                    }
            }
        }
    }

    /** Keeps [text] instead of what there is. */
    fun save(text: String) {
        steps.trySend(Step(text))
    }

    /** Lets it go, whatever is still on its way to the disk. */
    fun drop() {
        steps.trySend(Step(null))
    }

    override fun close() {
        steps.close()
    }

    private class Step(
        val text: String?,
    )
}
