package haitang.features.activity

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.getBoundsInRoot
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextReplacement
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeActivityCore
import haitang.bridge.fake.FakeCore
import haitang.bridge.fake.FakeDraftCore
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import uniffi.haitang.ActivityKind
import uniffi.haitang.LogContent
import uniffi.haitang.LogState

class LogPagesTest : ScreenTest() {
    private val core = FakeActivityCore()
    private val drafts = FakeDraftCore()
    private val done = mutableListOf<String>()

    private fun mine() {
        val model = MyLogsViewModel(core, drafts) { FakeCore.NOW }
        show {
            val state by model.state.collectAsStateWithLifecycle()
            MyLogsScreen(state, { done += it }, { done += "continue $it" }, { done += "new" }, { done += "approvals" }, model::onMore) {}
        }
    }

    private fun page(id: String) {
        val model = LogPageViewModel(core, id) { FakeCore.NOW }
        show {
            val state by model.state.collectAsStateWithLifecycle()
            LogPageScreen(
                state,
                LogPageEvents(
                    onEdit = { done += "edit" },
                    onRecall = model::onRecall,
                    onApprove = model::onApprove,
                    onAskReturn = model::onAskReturn,
                    onReturn = model::onReturn,
                    onDecided = { done += "decided" },
                    onProblemShown = model::onProblemShown,
                ),
            )
        }
    }

    private fun log(id: String) =
        core.world.value.logs
            .first { it.id == id }
            .log

    @Test
    fun `what came back stands first, with its reason`() {
        mine()
        val returned = rule.onNodeWithText("十月支委会").getBoundsInRoot()
        assertTrue(returned.top < rule.onNodeWithText("十月主题党日").getBoundsInRoot().top)
        rule.onNodeWithText("退回的原因：没有写清形成的决议，请补上").assertIsDisplayed()
        rule.onNodeWithText("等我审批（2）").performClick()
        assertEquals(listOf("approvals"), done)
    }

    @Test
    fun `what was left off is found again`() {
        val content = LogContent("a4", null, ActivityKind.OTHER, "第二党小组会", FakeCore.NOW, emptyList(), emptyMap(), emptyList(), "")
        drafts.kept.value = mapOf("log/new/a4" to LogDraft("new1", "o1", content).toText(), "report/t1" to "{}")
        mine()
        rule.onNodeWithText("第二党小组会").performClick()
        assertEquals(listOf("continue a4"), done)
    }

    @Test
    fun `nobody's empty list says how to begin`() {
        core.world.value = core.world.value.copy(logs = emptyList())
        mine()
        rule.onNodeWithText("您还没有写过记实").assertIsDisplayed()
    }

    @Test
    fun `approving is one tap, and leads back`() {
        page("l4")
        rule.onNodeWithText("由周建国牵头清理楼道，月底前完成。").assertExists()
        rule.onNodeWithText("通过").performClick()
        rule.waitForIdle()
        assertEquals(listOf("decided") to LogState.APPROVED, done to log("l4").state)
    }

    @Test
    fun `sending back takes a common reason, or own words`() {
        page("l4")
        rule.onNodeWithText("退回").performClick()
        rule.onNodeWithText("缺照片").performClick()
        rule.onNodeWithText("哪里要改", substring = true).performTextReplacement("缺现场照片")
        rule.onNodeWithText("退回给作者").performClick()
        rule.waitForIdle()
        assertEquals("缺现场照片" to LogState.RETURNED, log("l4").reason to log("l4").state)
    }

    @Test
    fun `a decision that is refused says why and stays here`() {
        core.failure = Failure(FailureKind.Refused, "own_work")
        page("l4")
        rule.onNodeWithText("通过").performClick()
        rule.onNodeWithText("自己写的不能自己审批", substring = true).assertExists()
        assertEquals(emptyList<String>(), done)
    }

    @Test
    fun `a reason that did not get through says why, and stays as it was typed`() {
        core.failure = Failure(FailureKind.Refused, "own_work")
        page("l4")
        rule.onNodeWithText("退回").performClick()
        rule.onNodeWithText("哪里要改", substring = true).performTextReplacement("缺现场照片")
        rule.onNodeWithText("退回给作者").performClick()
        rule.onNodeWithText("自己写的不能自己审批", substring = true).assertIsDisplayed()
        rule.onNodeWithText("缺现场照片").assertIsDisplayed()
        assertEquals(emptyList<String>(), done)
    }

    @Test
    fun `an author takes back what waits, and mends what came back`() {
        page("l1")
        rule.onNodeWithText("通过").assertDoesNotExist()
        rule.onNodeWithText("收回来改").performClick()
        rule.onNodeWithText("继续写").performClick()
        assertEquals(listOf("edit") to LogState.DRAFT, done to log("l1").state)
    }

    @Test
    fun `approvals show what waits, and say when nothing does`() {
        val model = ApprovalsViewModel(core) { FakeCore.NOW }
        show {
            val state by model.state.collectAsStateWithLifecycle()
            ApprovalsScreen(state, { done += it }, model::onMore) {}
        }
        rule.onNodeWithText("第一党小组会").performClick()
        core.world.value = core.world.value.copy(logs = emptyList())
        rule.onNodeWithText("没有要审批的").assertIsDisplayed()
        assertEquals(listOf("l4"), done)
    }

    @Test
    fun `an approved log is read, and nothing can be done to it`() {
        page("l3")
        rule.onNodeWithText("已通过").performScrollTo().assertIsDisplayed()
        listOf("通过", "退回", "收回来改", "继续写").forEach { rule.onNodeWithText(it).assertDoesNotExist() }
    }
}
