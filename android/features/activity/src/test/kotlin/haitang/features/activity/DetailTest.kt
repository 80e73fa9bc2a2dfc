package haitang.features.activity

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeActivityCore
import haitang.bridge.fake.FakeCore
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Test
import uniffi.haitang.ActivityState

class DetailTest : ScreenTest() {
    private val core = FakeActivityCore()
    private val done = mutableListOf<String>()

    private fun detail(id: String) {
        val model = DetailViewModel(core, id) { FakeCore.NOW }
        show {
            val state by model.state.collectAsStateWithLifecycle()
            DetailScreen(
                state,
                DetailEvents(
                    onScan = { done += "scan" },
                    onOpenCheckIn = model::onOpenCheckIn,
                    onCloseCheckIn = model::onCloseCheckIn,
                    onShowCode = {
                        model.onCodeShown()
                        done += "code"
                    },
                    onWriteLog = { done += "log" },
                    onAskCancel = model::onAskCancel,
                    onCancel = model::onCancel,
                    onProblemShown = model::onProblemShown,
                ),
            )
        }
    }

    private fun item(id: String) =
        core.world.value.pages
            .first { it.item.id == id }
            .item

    @Test
    fun `it says what, when, where and who`() {
        detail("a1")
        listOf("十一月支委会", "今天 09:00–11:00", "社区二楼会议室", "陈海棠", "到了 5 人").forEach { rule.onNodeWithText(it).assertExists() }
        rule.onNodeWithText("朱家栋", substring = true).performScrollTo().assertIsDisplayed()
    }

    @Test
    fun `opening check-in leads to the code at once`() {
        detail("a2")
        rule.onNodeWithText("开始签到").performClick()
        rule.waitForIdle()
        assertEquals(listOf("code") to true, done to item("a2").checkInOpen)
    }

    @Test
    fun `who may do nothing is shown no buttons for it`() {
        detail("a3")
        listOf("开始签到", "写记实", "改安排", "取消活动", "出示签到码").forEach { rule.onNodeWithText(it).assertDoesNotExist() }
    }

    @Test
    fun `a member checks in where check-in is open`() {
        core.world.value =
            core.world.value.let { now ->
                now.copy(pages = now.pages.map { it.copy(may = haitang.bridge.fake.FakeActivityData.NOTHING) })
            }
        detail("a1")
        rule.onNodeWithText("扫码签到").performClick()
        assertEquals(listOf("scan"), done)
    }

    @Test
    fun `calling it off asks why, with a common reason in one tap`() {
        detail("a2")
        rule.onNodeWithText("取消活动").performScrollTo().performClick()
        rule.onNodeWithText("天气不好").performClick()
        rule.onNodeWithText("取消这次活动").performClick()
        rule.onNodeWithText("已取消").assertExists()
        rule.onNodeWithText("天气不好").assertExists()
        assertEquals(ActivityState.CANCELLED, item("a2").state)
    }

    @Test
    fun `a refusal is told in a sentence and changes nothing`() {
        core.failure = Failure(FailureKind.Refused, "switched_off", mapOf("switch" to "check_in"))
        detail("a2")
        rule.onNodeWithText("开始签到").performClick()
        rule.onNodeWithText("这项功能没有启用", substring = true).assertExists()
        assertEquals(emptyList<String>() to false, done to item("a2").checkInOpen)
    }

    @Test
    fun `an activity that has not reached this phone says so`() {
        detail("nowhere")
        rule.onNodeWithText("找不到这条内容", substring = true).assertIsDisplayed()
    }
}
