package haitang.features.outbox

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasScrollAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollToNode
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.fake.FakeCore
import haitang.bridge.fake.FakeOutboxCore
import haitang.bridge.valueOrNull
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Test
import uniffi.haitang.UnsentItem

class OutboxScreenTest : ScreenTest() {
    private val core = FakeOutboxCore()
    private val mendedLogs = mutableListOf<ULong>()
    private val shared = mutableListOf<String>()

    private fun list() {
        val model = OutboxViewModel(core)
        show {
            val state by model.state.collectAsStateWithLifecycle()
            OutboxScreen(
                state,
                OutboxActions(
                    mendLog = { mendedLogs += it },
                    mend = model::mend,
                    ask = model::ask,
                    discard = model::discard,
                    export = model::export,
                    share = {
                        shared += it
                        model.exported()
                    },
                    messageShown = model::messageShown,
                    back = {},
                ),
                now = FakeCore.NOW,
            )
        }
    }

    private fun scrollTo(text: String) = rule.onNode(hasScrollAction()).performScrollToNode(hasText(text, substring = true))

    private fun refused(
        command: String,
        code: String,
        lost: Boolean = false,
    ) {
        val item = UnsentItem(7u, command, "十一月主题党日", "l1", FakeCore.NOW, code, emptyMap(), lost)
        core.refusedItems.value = Loaded.Value(listOf(item))
        core.waitingItems.value = Loaded.Value(emptyList())
    }

    @Test
    fun `what was refused comes first, with what, when and why in words`() {
        list()
        rule.onNodeWithText("十一月主题党日").assertIsDisplayed()
        rule.onNodeWithText("提交记实 · 昨天 08:30 做的").assertIsDisplayed()
        rule.onNodeWithText("时间已经过了。").assertIsDisplayed()
    }

    @Test
    fun `what waits is listed too, and asks for nothing`() {
        list()
        scrollTo("台风天气值守安排")
        rule.onNodeWithText("台风天气值守安排").assertIsDisplayed()
    }

    @Test
    fun `a refused log is opened to be changed`() {
        refused("activity.submit_log", "too_late")
        list()
        rule.onNodeWithText("改一改再交").performClick()
        assertEquals(listOf<ULong>(7u), mendedLogs)
    }

    @Test
    fun `a refused report becomes a thing of its own`() {
        refused("task.report", "wrong_state")
        list()
        rule.onNodeWithText("改成单独的一件事再交").performClick()
        rule.onNodeWithText("已重新提交，有网络时会上传").assertIsDisplayed()
        assertEquals(listOf<ULong>(7u), core.mended)
    }

    @Test
    fun `what is refused again says why, and stays`() {
        refused("notice.confirm", "wrong_state")
        core.failure = Failure(FailureKind.Refused, "too_late")
        list()
        rule.onNodeWithText("再交一次").performClick()
        rule.onNodeWithText("时间已经过了。").assertIsDisplayed()
        rule.onNodeWithText("十一月主题党日").assertIsDisplayed()
    }

    @Test
    fun `letting go asks first, and can be thought over`() {
        refused("notice.confirm", "wrong_state")
        list()
        rule.onNodeWithText("放弃这件事").performClick()
        rule.onNodeWithText("取消").performClick()
        assertEquals(
            1,
            core.refusedItems.value
                .valueOrNull()
                ?.size,
        )
        rule.onNodeWithText("放弃这件事").performClick()
        rule.onNodeWithText("放弃").performClick()
        assertEquals(
            0,
            core.refusedItems.value
                .valueOrNull()
                ?.size,
        )
    }

    @Test
    fun `what lies where this phone no longer reads is explained, and not offered to be handed in`() {
        refused("task.report", "wrong_state", lost = true)
        list()
        rule.onNodeWithText("可以导出，交给现在负责的人", substring = true).assertIsDisplayed()
        assertEquals(0, rule.onAllNodesWithText("改成单独的一件事再交").fetchSemanticsNodes().size)
    }

    @Test
    fun `everything can be exported, once for each time it is asked for`() {
        list()
        rule.onNodeWithText("导出全部未上传的内容").performClick()
        rule.waitForIdle()
        assertEquals(1, shared.size)
        rule.onNodeWithText("导出全部未上传的内容").performClick()
        rule.waitForIdle()
        assertEquals(2, shared.size)
    }

    @Test
    fun `nothing unsent is said kindly, and there is nothing to export`() {
        core.refusedItems.value = Loaded.Value(emptyList())
        core.waitingItems.value = Loaded.Value(emptyList())
        list()
        rule.onNodeWithText("没有未上传的内容").assertIsDisplayed()
        assertEquals(0, rule.onAllNodesWithText("导出全部未上传的内容").fetchSemanticsNodes().size)
    }

    @Test
    fun `a failure is told in a sentence`() {
        core.waitingItems.value = Loaded.Failed(Failure(FailureKind.DiskFull, "disk_full"))
        list()
        rule.onNodeWithText("手机存储空间满了", substring = true).assertIsDisplayed()
    }
}
