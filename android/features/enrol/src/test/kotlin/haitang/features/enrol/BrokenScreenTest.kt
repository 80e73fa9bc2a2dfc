package haitang.features.enrol

import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasAnyAncestor
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isDialog
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Test

class BrokenScreenTest : ScreenTest() {
    private val pressed = mutableListOf<String>()

    private fun broken(
        kind: FailureKind,
        aside: String? = null,
    ) = show {
        BrokenScreen(
            Failure(kind, "code"),
            aside,
            busy = false,
            onRetry = { pressed += "retry" },
            onAfresh = { pressed += "afresh" },
            onSend = { pressed += "send $it" },
            onGoOn = { pressed += "on" },
        )
    }

    @Test
    fun `a damaged database is said to be untouched, and setting it aside asks first`() {
        broken(FailureKind.Corrupt)
        rule.onNodeWithText("数据没有被改动", substring = true).assertIsDisplayed()
        rule.onNodeWithText("保留旧数据，重新登记").performClick()
        assertEquals(emptyList<String>(), pressed)
        rule.onNodeWithText("不会删除", substring = true).assertIsDisplayed()
        rule.onNode(hasText("保留旧数据，重新登记") and hasAnyAncestor(isDialog())).performClick()
        assertEquals(listOf("afresh"), pressed)
    }

    @Test
    fun `a lost key is explained`() {
        broken(FailureKind.WrongKey)
        rule.onNodeWithText("钥匙库丢失了打开数据的钥匙", substring = true).assertIsDisplayed()
    }

    @Test
    fun `a full phone is only tried again, since nothing is wrong with the data`() {
        broken(FailureKind.DiskFull)
        rule.onNodeWithText("保留旧数据，重新登记").assertDoesNotExist()
        rule.onNodeWithText("再试一次").performClick()
        assertEquals(listOf("retry"), pressed)
    }

    @Test
    fun `what was set aside is shown and can be sent in`() {
        broken(FailureKind.Corrupt, "/data/haitang/aside-1")
        rule.onNodeWithText("/data/haitang/aside-1").assertIsDisplayed()
        rule.onNodeWithText("发给技术人员").performClick()
        rule.onNodeWithText("去登记").performClick()
        assertEquals(listOf("send /data/haitang/aside-1", "on"), pressed)
    }

    @Test
    fun `a revoked phone says what happened and whom to ask`() {
        show { WipedScreen { pressed += "again" } }
        rule.onNodeWithText("请联系您的书记", substring = true).assertIsDisplayed()
        rule.onNodeWithText("用新的登记码重新登记").performClick()
        assertEquals(listOf("again"), pressed)
    }
}
