package haitang.features.quiz

import haitang.bridge.Failure
import haitang.design.Content
import uniffi.haitang.Answer
import uniffi.haitang.AttemptPage

/** How little time is left. */
enum class Warning { FiveMinutes, OneMinute }

/**
 * What is shown while a paper is answered.
 *
 * @param question which is open, counted from 0
 * @param answers what was answered, also what is not on the disk yet
 * @param overview whether all questions are shown at once
 * @param asking whether the person is asked once more before it is handed in
 * @param remainingMs what is left of the time, where there is a limit
 * @param unkept why an answer is not on the disk
 * @param handedIn it was handed in: the result can be shown
 */
data class AttemptState(
    val page: Content<AttemptPage> = Content.Loading,
    val question: Int = 0,
    val answers: List<Answer?> = emptyList(),
    val overview: Boolean = false,
    val asking: Boolean = false,
    val remainingMs: Long? = null,
    val handedIn: Boolean = false,
    val busy: Boolean = false,
    val failure: Failure? = null,
    val unkept: Failure? = null,
) {
    val unanswered: Int get() = answers.count { it == null }

    val over: Boolean get() = remainingMs != null && remainingMs <= 0

    val warning: Warning? get() =
        when {
            remainingMs == null || remainingMs <= 0 -> null
            remainingMs <= ONE_MINUTE_MS -> Warning.OneMinute
            remainingMs <= FIVE_MINUTES_MS -> Warning.FiveMinutes
            else -> null
        }

    private companion object {
        const val ONE_MINUTE_MS = 60_000L
        const val FIVE_MINUTES_MS = 5 * ONE_MINUTE_MS
    }
}

/** What a person can do while answering. */
interface AttemptEvents {
    /** Answers a question, or takes the answer back. */
    fun answer(
        question: Int,
        given: Answer?,
    )

    /** Types into the blanks of a question. */
    fun type(
        question: Int,
        blanks: List<String>,
    )

    /** Opens a question. */
    fun goTo(question: Int)

    /** Shows all questions at once, or no longer. */
    fun overview(shown: Boolean)

    /** Wants to hand in: is asked once more, or no longer. */
    fun ask(asking: Boolean)

    /** Hands in. */
    fun handIn()

    /** The failure was shown. */
    fun told()
}
