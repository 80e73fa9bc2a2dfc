package haitang.features.notice

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.fake.FakeNoticeCore
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Test

class NoticeListTest : ScreenTest() {
    private val core = FakeNoticeCore()
    private val opened = mutableListOf<String>()

    private fun list() {
        val model = NoticeListViewModel(core)
        show {
            val state by model.state.collectAsStateWithLifecycle()
            NoticeListScreen(state, onOpen = { opened += it }, onMore = model::more, onBack = {})
        }
    }

    @Test
    fun `a notice is opened by its line`() {
        list()
        rule.onNodeWithText("台风天气值守安排").performClick()
        assertEquals(listOf("n2"), opened)
    }

    @Test
    fun `an empty list says what will be there`() {
        core.items.value = Loaded.Value(emptyList())
        list()
        rule.onNodeWithText("还没有通知").assertIsDisplayed()
    }

    @Test
    fun `a failure is told in a sentence`() {
        core.items.value = Loaded.Failed(Failure(FailureKind.DiskFull, "disk_full"))
        list()
        rule.onNodeWithText("手机存储空间满了", substring = true).assertIsDisplayed()
    }
}
