package haitang.features.home

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasScrollAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollToNode
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.fake.FakeHomeCore
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Test

class HomeScreenTest : ScreenTest() {
    private val core = FakeHomeCore()
    private val went = mutableListOf<String>()

    private fun home() {
        val model = HomeViewModel(core)
        show {
            val state by model.state.collectAsStateWithLifecycle()
            HomeScreen(state, recordingDoors { went += it })
        }
    }

    private fun scrollTo(text: String) = rule.onNode(hasScrollAction()).performScrollToNode(hasText(text, substring = true))

    @Test
    fun `checking in is the first thing there is`() {
        home()
        rule.onNodeWithText("扫码签到").assertIsDisplayed().performClick()
        assertEquals(listOf("scan"), went)
    }

    @Test
    fun `each thing that waits leads to where it is dealt with`() {
        home()
        mapOf("没有通过的内容" to "refused", "被退回的记实" to "myLogs", "等您审批的记实" to "approvals", "请您接手的" to "offers").forEach { (line, door) ->
            scrollTo(line)
            rule.onNodeWithText(line).performClick()
            assertEquals(door, went.last())
        }
    }

    @Test
    fun `a late task says so in words and opens`() {
        home()
        scrollTo("独居老人")
        rule.onNodeWithText("已逾期").assertIsDisplayed()
        rule.onNodeWithText("独居老人", substring = true).performClick()
        assertEquals(listOf("task t1"), went)
    }

    @Test
    fun `a quiet day says so`() {
        core.page.value = Loaded.Value(FakeHomeCore.QUIET)
        home()
        rule.onNodeWithText("今天没有要办的事").assertIsDisplayed()
    }

    @Test
    fun `before the first sync is whole it says that something may be missing`() {
        core.page.value = Loaded.Value(FakeHomeCore.QUIET.copy(firstSync = true))
        home()
        rule.onNodeWithText("可以先用起来", substring = true).performClick()
        assertEquals(listOf("sync"), went)
    }

    @Test
    fun `a clock that was set back is told, and that nothing suffers from it`() {
        core.page.value = Loaded.Value(FakeHomeCore.QUIET.copy(clockWrong = true))
        home()
        rule.onNodeWithText("会按正确的时间记录", substring = true).assertIsDisplayed()
    }

    @Test
    fun `who may not write logs has no button for it`() {
        core.page.value = Loaded.Value(FakeHomeCore.QUIET)
        home()
        rule.onNodeWithText("写活动记实").assertDoesNotExist()
    }

    @Test
    fun `a database that cannot be read is told in a sentence`() {
        core.page.value = Loaded.Failed(Failure(FailureKind.Corrupt, "corrupt"))
        home()
        rule.onNodeWithText("数据库损坏", substring = true).assertIsDisplayed()
    }
}
