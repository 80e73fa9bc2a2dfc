package haitang.features.quiz

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.fake.FakeQuizCore
import haitang.testing.ScreenTest
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Test

class PaperTest : ScreenTest() {
    private val core = FakeQuizCore()
    private val gone = mutableListOf<String>()

    private fun list() {
        val model = PaperListViewModel(core)
        show {
            val state by model.state.collectAsStateWithLifecycle()
            PaperListScreen(state, { gone += it }, {})
        }
    }

    private fun intro(id: String) {
        val model = PaperIntroViewModel(core, id)
        show {
            val state by model.state.collectAsStateWithLifecycle()
            PaperIntroScreen(
                state,
                model::start,
                {
                    model.opened()
                    gone += it
                },
                { gone += "result $it" },
                model::told,
                {},
            )
        }
        rule.waitForIdle()
    }

    @Test
    fun `the list tells practice from contest, and open from over, in words`() {
        list()
        rule.onNodeWithText("练习").assertIsDisplayed()
        rule.onNodeWithText("已结束").assertIsDisplayed()
        rule.onNodeWithText("上一次得 8.5 分").assertIsDisplayed()
        rule.onNodeWithText("急救知识竞赛").performClick()
        assertEquals(listOf("p2"), gone)
    }

    @Test
    fun `an empty list says what will be there`() {
        core.items.value = Loaded.Value(emptyList())
        list()
        rule.onNodeWithText("现在没有要答的题").assertIsDisplayed()
    }

    @Test
    fun `a failure is told in a sentence`() {
        core.items.value = Loaded.Failed(Failure(FailureKind.Corrupt, "corrupt"))
        list()
        rule.onNodeWithText("本机的数据库损坏了", substring = true).assertIsDisplayed()
    }

    @Test
    fun `a contest says before it is begun how its clock runs`() {
        intro("p2")
        rule.onNodeWithText("开始后计时 20 分钟", substring = true).performScrollTo().assertIsDisplayed()
        rule.onNodeWithText("没有网络也能答", substring = true).performScrollTo().assertIsDisplayed()
        rule.onNodeWithText("统一判分", substring = true).performScrollTo().assertIsDisplayed()
    }

    @Test
    fun `beginning opens the attempt once`() {
        intro("p2")
        rule.onNodeWithText("开始答题").performClick()
        rule.waitForIdle()
        assertEquals(listOf("attempt-p2"), gone)
        rule.onNodeWithText("接着答").assertIsDisplayed()
    }

    @Test
    fun `what cannot be begun says why`() {
        core.failure = Failure(FailureKind.Refused, "no_attempts_left")
        intro("p2")
        rule.onNodeWithText("开始答题").performClick()
        rule.onNodeWithText("答题次数已经用完。").assertIsDisplayed()
    }

    @Test
    fun `a closed contest has no rules and no button to begin`() {
        intro("p3")
        rule.onNodeWithText("开始答题").assertDoesNotExist()
        assertEquals(0, rule.onAllNodesWithText("怎么答").fetchSemanticsNodes().size)
    }

    @Test
    fun `the last result can be looked at again`() {
        runBlocking {
            core.start("p1")
            core.handIn("attempt-p1")
        }
        intro("p1")
        rule.onNodeWithText("看上一次的结果").performClick()
        assertEquals(listOf("result attempt-p1"), gone)
    }

    @Test
    fun `a paper that is gone is told in a sentence`() {
        intro("nowhere")
        rule.onNodeWithText("找不到这条内容", substring = true).assertIsDisplayed()
    }
}
