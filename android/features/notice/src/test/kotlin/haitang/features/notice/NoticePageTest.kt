package haitang.features.notice

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsNotEnabled
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeNoticeCore
import haitang.bridge.valueOrNull
import haitang.testing.ScreenTest
import haitang.testing.write
import org.junit.Assert.assertEquals
import org.junit.Test

class NoticePageTest : ScreenTest() {
    private val core = FakeNoticeCore()
    private val opened = mutableListOf<String>()
    private val files = mutableListOf<String>()

    private fun page(id: String) {
        val model = NoticePageViewModel(core, id)
        show {
            val state by model.state.collectAsStateWithLifecycle()
            NoticePageScreen(state, model::confirm, model::withdraw, { files += it.name }, { opened += it }, model::told, {})
        }
        rule.waitForIdle()
    }

    private fun item(id: String) =
        core.items.value
            .valueOrNull()
            ?.first { it.id == id }

    @Test
    fun `opening a notice notes that it was read, and does not confirm it`() {
        page("n1")
        assertEquals(true, item("n1")?.read)
        assertEquals(true, item("n1")?.wantsConfirmation)
    }

    @Test
    fun `a notice is confirmed by one tap, which is then said`() {
        page("n1")
        rule.onNodeWithText("我已知悉，发送回执").performClick()
        rule.waitForIdle()
        assertEquals(false, item("n1")?.wantsConfirmation)
        rule.onNodeWithText("回执已记下").assertIsDisplayed()
        rule.onNodeWithText("我已知悉，发送回执").assertDoesNotExist()
    }

    @Test
    fun `a confirmation that fails says why and can be given again`() {
        core.failure = Failure(FailureKind.DiskFull, "disk_full")
        page("n1")
        rule.onNodeWithText("我已知悉，发送回执").performClick()
        rule.onNodeWithText("手机存储空间满了", substring = true).assertIsDisplayed()
        core.failure = null
        rule.onNodeWithText("我已知悉，发送回执").performClick()
        rule.waitForIdle()
        assertEquals(false, item("n1")?.wantsConfirmation)
    }

    @Test
    fun `a notice that asks for nothing has no button`() {
        page("n2")
        rule.onNodeWithText("我已知悉，发送回执").assertDoesNotExist()
        rule.onNodeWithText("撤回").assertDoesNotExist()
    }

    @Test
    fun `a document is opened by its line`() {
        page("n1")
        rule.onNodeWithText("检查要点.pdf").performScrollTo().performClick()
        assertEquals(listOf("检查要点.pdf"), files)
    }

    @Test
    fun `a replaced notice says so and leads to the newer one`() {
        page("n0")
        rule.onNodeWithText("已失效").assertIsDisplayed()
        rule.onNodeWithText("看新的通知").performClick()
        assertEquals(listOf("n3"), opened)
    }

    @Test
    fun `a notice is taken back with a reason only`() {
        core.mayWithdraw = true
        page("n2")
        rule.onNodeWithText("撤回").performScrollTo().performClick()
        val confirm = rule.onAllNodes(hasText("撤回") and hasClickAction())[1]
        confirm.assertIsNotEnabled()
        rule.onNodeWithText("为什么撤回", substring = true).write("日期写错了")
        confirm.performClick()
        rule.waitForIdle()
        rule.onNodeWithText("原因：日期写错了", substring = true).assertIsDisplayed()
    }

    @Test
    fun `a notice that is gone is told in a sentence`() {
        page("nowhere")
        rule.onNodeWithText("找不到这条内容", substring = true).assertIsDisplayed()
    }

    @Test
    fun `sizes are told as people read them`() {
        page("n1")
        rule.onNodeWithText("1.6 MB").performScrollTo().assertIsDisplayed()
    }
}
