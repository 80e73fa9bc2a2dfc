package haitang.features.study

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.fake.FakeStudyCore
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Test
import uniffi.haitang.Rating

class ReviewTest : ScreenTest() {
    private val core = FakeStudyCore()

    private fun review() {
        val model = ReviewViewModel(core)
        show {
            val state by model.state.collectAsStateWithLifecycle()
            ReviewScreen(state, model::show, model::rate, model::told, {})
        }
        rule.waitForIdle()
    }

    private fun press(text: String) = rule.onNodeWithText(text).performScrollTo().performClick()

    @Test
    fun `the answer is hidden until it is asked for`() {
        review()
        rule.onNodeWithText("马上挂断", substring = true).assertDoesNotExist()
        rule.onNodeWithText("忘了").assertDoesNotExist()
        rule.onNodeWithText("看答案").performClick()
        rule.onNodeWithText("马上挂断", substring = true).assertIsDisplayed()
    }

    @Test
    fun `each rating is said in plain words, and when the item comes next is told after it`() {
        review()
        rule.onNodeWithText("看答案").performClick()
        press("一下就想到")
        rule.waitForIdle()
        assertEquals(listOf(Rating.EASY), core.rated)
        rule.onNodeWithText("刚才那条", substring = true).assertIsDisplayed()
        // The next one begins hidden.
        rule.onNodeWithText("全国反诈专线", substring = true).assertDoesNotExist()
        rule.onNodeWithText("看答案").performClick()
        press("想起来了")
        rule.waitForIdle()
        assertEquals(listOf(Rating.EASY, Rating.GOOD), core.rated)
        rule.onNodeWithText("今天的复习做完了，一共 2 条").assertIsDisplayed()
    }

    @Test
    fun `with nothing due it says so`() {
        core.due.value = Loaded.Value(emptyList())
        review()
        rule.onNodeWithText("今天没有要复习的").assertIsDisplayed()
    }

    @Test
    fun `a rating that fails says why and keeps the item`() {
        core.failure = Failure(FailureKind.DiskFull, "disk_full")
        review()
        rule.onNodeWithText("看答案").performClick()
        press("忘了")
        rule.onNodeWithText("手机存储空间满了", substring = true).assertIsDisplayed()
        rule.onNodeWithText("还有 2 条").assertExists()
    }
}
