package haitang.features.task

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsNotEnabled
import androidx.compose.ui.test.assertIsSelected
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.fake.FakeCore
import haitang.bridge.fake.FakeDraftCore
import haitang.bridge.fake.FakeTaskCore
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Test
import uniffi.haitang.ShiftState

class ShiftTest : ScreenTest() {
    private val core = FakeTaskCore()
    private val drafts = FakeDraftCore()
    private val opened = mutableListOf<String>()

    private fun shift(id: String) =
        core.world.value.shifts
            .first { it.item.id == id }

    private fun roster() {
        val model = RosterViewModel(core) { FakeCore.NOW }
        show {
            val state by model.state.collectAsStateWithLifecycle()
            RosterScreen(state, { opened += it }, model::more, {})
        }
    }

    private fun page(id: String): ShiftPageViewModel {
        val model = ShiftPageViewModel(core, id) { FakeCore.NOW }
        show {
            val state by model.state.collectAsStateWithLifecycle()
            ShiftPageScreen(
                state,
                ShiftEvents(model::start, model::end, {}, model::takeOver, model::decline, model::miss, model::cancel, model::shown),
            )
        }
        return model
    }

    private fun handOver() {
        val model = HandOverViewModel(core, drafts, Handed.Shift("s1"))
        show {
            val state by model.state.collectAsStateWithLifecycle()
            HandOverScreen(state, model::to, model::note, model::handOver, { opened += "left" }, model::shown, {})
        }
    }

    @Test
    fun `the roster goes day by day and marks what is mine`() {
        roster()
        rule.onNodeWithText("今天").assertIsDisplayed()
        rule.onNodeWithText("我的班", useUnmergedTree = true).assertIsDisplayed()
        rule.onNodeWithText("请您接手", useUnmergedTree = true).assertIsDisplayed()
        rule.onNodeWithText("明天").assertExists()
        rule.onNodeWithText("周建国", substring = true).performClick()
        assertEquals(listOf("s2"), opened)
    }

    @Test
    fun `an empty roster says what will be there`() {
        core.world.value = core.world.value.copy(shifts = emptyList())
        roster()
        rule.onNodeWithText("还没有排班").assertIsDisplayed()
    }

    @Test
    fun `a shift is begun, and ended with a word`() {
        val model = page("s1")
        rule.onNodeWithText("上岗").performClick()
        rule.waitForIdle()
        assertEquals(ShiftState.ON, shift("s1").item.state)
        rule.onNodeWithText("下班").assertIsDisplayed()
        rule.runOnUiThread { model.end("一切正常") }
        rule.onNodeWithText("已下班，辛苦了").assertIsDisplayed()
        assertEquals(ShiftState.ENDED, shift("s1").item.state)
        assertEquals("一切正常", shift("s1").note)
    }

    @Test
    fun `a shift on offer says who asks for what, and is taken`() {
        page("s2")
        rule.onNodeWithText("孩子发烧，麻烦替一下").performScrollTo().assertIsDisplayed()
        rule.onNodeWithText("接手").performClick()
        rule.waitForIdle()
        assertEquals(true, shift("s2").item.mine)
    }

    @Test
    fun `a colleague is chosen and told why`() {
        handOver()
        rule.onNodeWithText("请先选一位同事").assertIsNotEnabled()
        rule.onNodeWithText("吴桂芳").performClick()
        rule.onNodeWithText("要交代的话").performScrollTo().performTextInput("钥匙在门房")
        rule.onNodeWithText("请吴桂芳接手").performClick()
        rule.waitForIdle()
        assertEquals("吴桂芳" to "钥匙在门房", shift("s1").let { it.offeredToName to it.handoverNote })
        assertEquals(listOf("left"), opened)
    }

    @Test
    fun `whom to ask is kept when the process is killed`() {
        drafts.kept.value = mapOf("hand-over/s1" to HandOverDraft("m2", "钥匙在门房").write())
        handOver()
        rule.onNodeWithText("周建国").assertIsSelected()
        rule.onNodeWithText("钥匙在门房").assertExists()
    }

    @Test
    fun `where nobody else works it says what to do`() {
        core.world.value = core.world.value.copy(workers = emptyList())
        handOver()
        rule.onNodeWithText("网格里没有别的同事").assertIsDisplayed()
        assertEquals(0, rule.onAllNodesWithText("请先选一位同事").fetchSemanticsNodes().size)
    }
}
