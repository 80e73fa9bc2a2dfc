package haitang.features.quiz

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performScrollToNode
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.fake.FakeQuizCore
import haitang.testing.ScreenTest
import kotlinx.coroutines.runBlocking
import org.junit.Test
import uniffi.haitang.Answer

class ResultTest : ScreenTest() {
    private val core = FakeQuizCore()

    private fun result(
        paper: String,
        vararg answers: Pair<Int, Answer>,
    ) {
        runBlocking {
            val id = core.start(paper)
            answers.forEach { (question, given) -> core.answer(id, question, given) }
            core.handIn(id)
        }
        val model = ResultViewModel(core, "attempt-$paper")
        show {
            val state by model.state.collectAsStateWithLifecycle()
            ResultScreen(state, {})
        }
        rule.waitForIdle()
    }

    private fun scrollTo(text: String) = rule.onNode(hasScrollToNodeAction()).performScrollToNode(hasText(text, substring = true))

    @Test
    fun `a practice tells points, what is right and why`() {
        result("p1", 0 to Answer.Choice(1u), 1 to Answer.Choices(listOf(2u)))
        rule.onNodeWithText("2 分，满分 10 分").assertIsDisplayed()
        rule.onNodeWithText("还差一点").assertIsDisplayed()
        rule.onNodeWithText("答对了 · 2 分，满分 2 分").assertIsDisplayed()
        scrollTo("电动自行车；纸箱杂物；旧家具")
        scrollTo("灭火器是楼道里应该有的")
        scrollTo("没有作答")
        scrollTo("提起灭火器上下摇动 → 拔掉保险销")
    }

    @Test
    fun `a contest waits to be marked, and says until when`() {
        result("p2", 0 to Answer.Choice(1u))
        rule.onNodeWithText("已经交卷，等待判分").assertIsDisplayed()
        rule.onNodeWithText("竞赛结束后统一判分", substring = true).assertIsDisplayed()
        rule.onNodeWithText("正确答案").assertDoesNotExist()
    }

    @Test
    fun `when its answers come the contest's result appears by itself`() {
        result("p2", 0 to Answer.Choice(1u))
        core.released.value = true
        rule.onNodeWithText("2 分，满分 10 分").assertIsDisplayed()
    }
}
