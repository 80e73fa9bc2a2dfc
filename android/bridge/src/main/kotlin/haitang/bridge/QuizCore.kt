package haitang.bridge

import kotlinx.coroutines.flow.Flow
import uniffi.haitang.Answer
import uniffi.haitang.AttemptPage
import uniffi.haitang.AttemptResult
import uniffi.haitang.PaperItem

/** Quizzes and contests. */
interface QuizCore {
    /** Papers that are open, or that the holder has answered. */
    fun papers(): Flow<Loaded<List<PaperItem>>>

    /** One attempt of the holder's, with its questions, the answers kept so far, and what is left of its time. */
    fun attempt(id: String): Flow<Loaded<AttemptPage>>

    /** What an attempt came to. */
    fun result(attempt: String): Flow<Loaded<AttemptResult>>

    /** Begins an attempt, or goes on with the one that was begun. Returns it. @throws CoreFailure */
    suspend fun start(paper: String): String

    /** Keeps one answer; without one, takes back what was kept. Questions are counted from 0. @throws CoreFailure */
    suspend fun answer(
        attempt: String,
        question: Int,
        given: Answer?,
    )

    /** Hands an attempt in with the answers that are kept. @throws CoreFailure */
    suspend fun handIn(attempt: String): AttemptResult

    /** Has an attempt marked whose answers were not known when it was handed in. @throws CoreFailure */
    suspend fun mark(attempt: String): AttemptResult
}

internal class PhoneQuizCore(
    private val caller: Caller,
) : QuizCore {
    override fun papers() = caller.live { papers() }

    override fun attempt(id: String) = caller.live { attempt(id) }

    override fun result(attempt: String) = caller.live { attemptResult(attempt) }

    override suspend fun start(paper: String) = caller.call { startAttempt(paper) }

    override suspend fun answer(
        attempt: String,
        question: Int,
        given: Answer?,
    ) {
        caller.call { answerQuestion(attempt, question.toUShort(), given) }
    }

    override suspend fun handIn(attempt: String) = caller.call { finishAttempt(attempt, emptyList()) }

    override suspend fun mark(attempt: String) = caller.call { markAttempt(attempt) }
}
