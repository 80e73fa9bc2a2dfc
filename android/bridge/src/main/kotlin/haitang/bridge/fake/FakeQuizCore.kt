package haitang.bridge.fake

import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.QuizCore
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.update
import uniffi.haitang.Answer
import uniffi.haitang.AttemptPage
import uniffi.haitang.AttemptResult
import uniffi.haitang.Mode
import uniffi.haitang.PaperItem
import uniffi.haitang.PaperPage
import uniffi.haitang.QuestionResult
import uniffi.haitang.Solution

/** A practice paper with every kind of question, a contest that is open, and one that is closed. */
class FakeQuizCore : QuizCore {
    /** What the list gives; tests put failures here. */
    val items = MutableStateFlow<Loaded<List<PaperItem>>>(Loaded.Value(FakeQuizSamples.PAPERS))

    /** Attempts that were begun, by id. */
    val attempts = MutableStateFlow<Map<String, AttemptPage>>(emptyMap())

    /** What the phone's clock says; tests move it on. */
    val now = MutableStateFlow(FakeCore.NOW)

    /** Why nothing can be done; nothing where it can. */
    var failure: Failure? = null

    /** Whether the answers of contests were released. */
    val released = MutableStateFlow(false)

    override fun papers(): Flow<Loaded<List<PaperItem>>> = items

    override fun attempt(id: String): Flow<Loaded<AttemptPage>> =
        combine(attempts, now) { all, time ->
            val page = all[id] ?: return@combine MISSING
            Loaded.Value(page.copy(remainingMs = page.ends?.minus(time)?.coerceAtLeast(0)))
        }

    override fun result(attempt: String): Flow<Loaded<AttemptResult>> =
        combine(attempts, released) { all, _ -> all[attempt]?.let { Loaded.Value(result(it)) } ?: MISSING }

    override suspend fun start(paper: String): String {
        mayFail()
        val id = "attempt-$paper"
        if (id !in attempts.value) {
            val minutes = if (paper == "p1") null else MINUTES
            val mode = if (paper == "p1") Mode.PRACTICE else Mode.CONTEST
            val page =
                PaperPage(
                    paper,
                    FakeQuizSamples.PAPERS.first { it.id == paper }.title,
                    mode,
                    FakeQuizSamples.QUESTIONS,
                    minutes?.toUShort(),
                )
            val ends = minutes?.let { now.value + it * MINUTE }
            attempts.update { it + (id to AttemptPage(id, page, 1u, page.questions.map { null }, now.value, ends, null, false)) }
            changePaper(paper) { it.copy(openAttempt = id, number = 1u) }
        }
        return id
    }

    override suspend fun answer(
        attempt: String,
        question: Int,
        given: Answer?,
    ) {
        mayFail()
        changeAttempt(attempt) { page ->
            page.copy(
                answers =
                    page.answers.mapIndexed { number, old ->
                        if (number ==
                            question
                        ) {
                            given
                        } else {
                            old
                        }
                    },
            )
        }
    }

    override suspend fun handIn(attempt: String): AttemptResult {
        mayFail()
        val page = attempts.value[attempt] ?: throw CoreFailure(MISSING.failure)
        page.ends?.let { if (now.value > it + GRACE) throw CoreFailure(Failure(FailureKind.Refused, "too_late")) }
        changeAttempt(attempt) { it.copy(finished = true) }
        val result = result(page)
        changePaper(page.paper.id) { it.copy(openAttempt = null, lastAttempt = attempt, score = result.points, mayStart = false) }
        return result
    }

    override suspend fun mark(attempt: String): AttemptResult {
        mayFail()
        val page = attempts.value[attempt] ?: throw CoreFailure(MISSING.failure)
        if (!known(page)) throw CoreFailure(Failure(FailureKind.Refused, "too_early"))
        return result(page)
    }

    private fun mayFail() {
        failure?.let { throw CoreFailure(it) }
    }

    private fun changeAttempt(
        attempt: String,
        how: (AttemptPage) -> AttemptPage,
    ) = attempts.update { all -> all.mapValues { (id, page) -> if (id == attempt) how(page) else page } }

    private fun changePaper(
        paper: String,
        how: (PaperItem) -> PaperItem,
    ) = items.update { all -> if (all is Loaded.Value) Loaded.Value(all.value.map { if (it.id == paper) how(it) else it }) else all }

    private fun known(page: AttemptPage) = page.paper.mode == Mode.PRACTICE || released.value

    private fun result(page: AttemptPage): AttemptResult {
        val known = known(page)
        val questions =
            page.paper.questions.mapIndexed { number, question ->
                val (right, why) = FakeQuizSamples.RIGHT[number]
                val given = page.answers[number]
                val points = if (fits(given, right)) question.points.toDouble() else 0.0
                QuestionResult(
                    question.text,
                    given,
                    points.takeIf { known },
                    question.points,
                    right.takeIf { known },
                    if (known) why else "",
                )
            }
        val sum = questions.sumOf { it.points ?: 0.0 }
        val max = questions.sumOf { it.max.toInt() }.toDouble()
        return AttemptResult(
            page.id,
            page.paper.id,
            sum.takeIf { known },
            max.takeIf { known },
            (sum >= max * PASS).takeIf { known },
            questions,
        )
    }

    private fun fits(
        given: Answer?,
        right: Solution,
    ) = when (right) {
        is Solution.Choice -> given == Answer.Choice(right.option)
        is Solution.Choices -> given == Answer.Choices(right.options)
        is Solution.Truth -> given == Answer.Truth(right.yes)
        is Solution.Texts -> given is Answer.Texts && given.blanks.zip(right.blanks).all { (text, accepted) -> text.trim() in accepted }
        is Solution.Order -> given == Answer.Order(right.items)
    }

    private companion object {
        const val MINUTES = 20
        const val MINUTE = 60_000L
        const val GRACE = 5 * MINUTE
        const val PASS = 0.6
        val MISSING = Loaded.Failed(Failure(FailureKind.Refused, "missing"))
    }
}
