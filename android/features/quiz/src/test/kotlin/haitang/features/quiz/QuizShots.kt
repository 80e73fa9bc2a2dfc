package haitang.features.quiz

import androidx.compose.runtime.Composable
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.fake.FakeQuizCore
import haitang.bridge.valueOrNull
import haitang.design.Content
import haitang.design.content
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import uniffi.haitang.Answer

/** The screens of quizzes, to be looked at. */
val quizShots: List<Pair<String, @Composable () -> Unit>> =
    listOf(
        "quizzes" to { PaperListScreen(PaperListState(now(FakeQuizCore().papers())), {}, {}) },
        "quizzes-empty" to { PaperListScreen(PaperListState(Content.Ready(emptyList())), {}, {}) },
        "quiz-intro" to { IntroShot("p2") },
        "quiz-single" to { AttemptShot(0) },
        "quiz-multiple" to { AttemptShot(1, remainingMs = 290_000) },
        "quiz-true-false" to { AttemptShot(2) },
        "quiz-fill-in" to { AttemptShot(3, remainingMs = 45_000) },
        "quiz-ordering" to { AttemptShot(4) },
        "quiz-overview" to { AttemptShot(0, overview = true) },
        "quiz-unkept" to { AttemptShot(0, unkept = Failure(FailureKind.DiskFull, "disk_full")) },
        "quiz-result" to { ResultShot("p1") },
        "quiz-result-waits" to { ResultShot("p2") },
    )

@Composable
private fun IntroShot(id: String) {
    val paper = now(FakeQuizCore().papers()).let { (it as Content.Ready).value.first { paper -> paper.id == id } }
    PaperIntroScreen(PaperIntroState(Content.Ready(paper)), {}, {}, {}, {}, {})
}

@Composable
private fun AttemptShot(
    question: Int,
    remainingMs: Long = 754_000,
    overview: Boolean = false,
    unkept: Failure? = null,
) {
    val page = answered("p2").let { core -> runBlocking { core.attempt("attempt-p2").first() } }
    AttemptScreen(
        AttemptState(page.content(), question, page.valueOrNull()?.answers.orEmpty(), overview, remainingMs = remainingMs, unkept = unkept),
        NoEvents,
        {},
        {},
    )
}

@Composable
private fun ResultShot(paper: String) {
    val outcome =
        runBlocking {
            val core = answered(paper)
            val page = core.attempt("attempt-$paper").first().valueOrNull()
            Outcome(page?.paper?.title.orEmpty(), page?.paper?.questions.orEmpty(), core.handIn("attempt-$paper"))
        }
    ResultScreen(ResultState(Content.Ready(outcome)), {})
}

private fun answered(paper: String) =
    FakeQuizCore().also { core ->
        runBlocking {
            val id = core.start(paper)
            core.answer(id, 0, Answer.Choice(1u))
            core.answer(id, 1, Answer.Choices(listOf(0u, 2u)))
            core.answer(id, 3, Answer.Texts(listOf("119", "")))
        }
    }

private object NoEvents : AttemptEvents {
    override fun answer(
        question: Int,
        given: Answer?,
    ) = Unit

    override fun type(
        question: Int,
        blanks: List<String>,
    ) = Unit

    override fun goTo(question: Int) = Unit

    override fun overview(shown: Boolean) = Unit

    override fun ask(asking: Boolean) = Unit

    override fun handIn() = Unit

    override fun told() = Unit
}

private fun <T> now(flow: Flow<Loaded<T>>): Content<T> = runBlocking { flow.first().content() }
