package haitang.features.quiz

import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.QuizCore
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import uniffi.haitang.Answer

/**
 * Hands the core each answer as it is given, in order. What could not be kept is tried again with the next one. What was given last is
 * still kept after the screen has gone.
 *
 * @param onKept a question's answer is on the disk
 */
internal class AnswerKeeper(
    private val core: QuizCore,
    private val attempt: String,
    private val onKept: (question: Int, given: Answer?) -> Unit,
    dispatcher: CoroutineDispatcher = Dispatchers.Main.immediate,
) : AutoCloseable {
    private val steps = Channel<Step>(Channel.UNLIMITED)
    private val open = LinkedHashMap<Int, Answer?>()
    private val problem = MutableStateFlow<Failure?>(null)

    /** Why something is not on the disk; nothing where all is. */
    val failure: StateFlow<Failure?> = problem.asStateFlow()

    init {
        // A scope of its own: a screen's ends before its last answer is on the disk.
        CoroutineScope(SupervisorJob() + dispatcher).launch {
            for (step in steps) {
                if (step.question != null) open[step.question] = step.given
                problem.value = keepAll()
                step.settled?.complete(problem.value)
            }
        }
    }

    /** Keeps the answer to a question, or that there is none. */
    fun keep(
        question: Int,
        given: Answer?,
    ) {
        steps.trySend(Step(question, given))
    }

    /** Comes back once all that was given is on the disk. @throws CoreFailure */
    suspend fun settle() {
        val settled = CompletableDeferred<Failure?>()
        steps.send(Step(settled = settled))
        settled.await()?.let { throw CoreFailure(it) }
    }

    override fun close() {
        steps.close()
    }

    private suspend fun keepAll(): Failure? {
        for ((question, given) in open.toList()) {
            try {
                core.answer(attempt, question, given)
            } catch (failed: CoreFailure) {
                return failed.failure
            }
            open.remove(question)
            onKept(question, given)
        }
        return null
    }

    private class Step(
        val question: Int? = null,
        val given: Answer? = null,
        val settled: CompletableDeferred<Failure?>? = null,
    )
}
