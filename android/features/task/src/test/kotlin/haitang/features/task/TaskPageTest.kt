package haitang.features.task

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasTextExactly
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeCore
import haitang.bridge.fake.FakeTaskCore
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import uniffi.haitang.NewReport

class TaskPageTest : ScreenTest() {
    private val core = FakeTaskCore()
    private val calls = mutableListOf<String>()

    private fun page(id: String): TaskPageViewModel {
        val model = TaskPageViewModel(core, id) { FakeCore.NOW }
        show {
            val state by model.state.collectAsStateWithLifecycle()
            TaskPageScreen(
                state,
                TaskEvents(
                    onAllWell = model::allWell,
                    onNobodyHome = model::nobodyHome,
                    onAccept = model::accept,
                    onTakeOver = model::takeOver,
                    onDecline = model::decline,
                    onCancel = model::cancel,
                    onCall = { calls += it },
                    onPastReport = { calls += it },
                    onShown = model::shown,
                ),
            )
        }
        return model
    }

    @Test
    fun `a visit shows whom to ask for, and their consent`() {
        page("t1")
        rule.onNodeWithText("大儒巷 12 号 3 幢 2 单元 401 室").assertIsDisplayed()
        rule.onNodeWithText("12 天前联系过").performScrollTo().assertIsDisplayed()
        rule.onNodeWithText("独居", useUnmergedTree = true).assertExists()
        rule.onNodeWithText("听力不好", substring = true).performScrollTo().assertIsDisplayed()
        rule.onNodeWithText("王秀英于 2026-03-02 同意登记", substring = true).performScrollTo().assertIsDisplayed()
    }

    @Test
    fun `the number is ready to be called`() {
        page("t1")
        rule.onNodeWithText("打电话 13812345678").performScrollTo().performClick()
        assertEquals(listOf("13812345678"), calls)
    }

    @Test
    fun `all is well in one press, and the page says so`() {
        page("t2")
        rule.onNodeWithText("一切正常").performClick()
        rule.waitForIdle()
        assertEquals(mapOf("t2" to NewReport()), core.reported)
        rule.onNodeWithText("已记下，有网时自动发送").assertIsDisplayed()
        rule.onNodeWithText("返回").assertIsDisplayed()
    }

    @Test
    fun `nobody home in one press`() {
        page("t2")
        rule.onNode(hasTextExactly("家里没人")).performClick()
        rule.waitForIdle()
        assertEquals(NewReport(nobodyHome = true), core.reported["t2"])
    }

    @Test
    fun `what the core does not allow has no button`() {
        page("t4")
        rule.onNodeWithText("接手").assertIsDisplayed()
        listOf("一切正常", "回报", "我来做", "取消这个任务").forEach {
            assertTrue(it, rule.onAllNodesWithText(it).fetchSemanticsNodes().isEmpty())
        }
    }

    @Test
    fun `who does not take it can say why`() {
        val model = page("t4")
        rule.runOnUiThread { model.decline("时间冲突") }
        rule.onNodeWithText("已回复：这次不接").assertIsDisplayed()
        rule.onNodeWithText("时间冲突").assertIsDisplayed()
        assertTrue(rule.onAllNodesWithText("接手").fetchSemanticsNodes().isEmpty())
    }

    @Test
    fun `a refusal is told, and nothing changes`() {
        core.failure = Failure(FailureKind.Refused, "wrong_state")
        page("t2")
        rule.onNodeWithText("一切正常").performClick()
        rule.onNodeWithText("情况已经变了", substring = true).assertIsDisplayed()
        rule.onNodeWithText("一切正常").assertIsDisplayed()
    }

    @Test
    fun `a task that is not here says so`() {
        page("gone")
        rule.onNodeWithText("找不到这条内容", substring = true).assertIsDisplayed()
    }

    @Test
    fun `earlier visits can be opened`() {
        page("t2")
        rule.onNodeWithText("1 个情况").performScrollTo().performClick()
        assertEquals(listOf("r1"), calls)
    }
}
