package haitang.features.lock

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.fake.FakeLockCore
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test

class SetPinScreenTest : ScreenTest() {
    private val core = FakeLockCore()
    private var done = 0

    private fun page(task: PinTask) {
        val model = SetPinViewModel(core, task)
        show {
            val state by model.state.collectAsStateWithLifecycle()
            SetPinScreen(state, model::digit, model::delete, model::next, onDone = { done += 1 }, onBack = {})
        }
    }

    private fun enter(pin: String) {
        pin.forEach { rule.onNodeWithContentDescription(it.toString()).performScrollTo().performClick() }
        rule.onNodeWithText("下一步").performScrollTo().performClick()
        rule.waitForIdle()
    }

    @Test
    fun `a new PIN is entered twice`() {
        page(PinTask.Set)
        enter("281736")
        rule.onNodeWithText("请再输入一遍新密码").assertExists()
        enter("281736")
        assertEquals("281736", core.pin)
        assertEquals(1, done)
    }

    @Test
    fun `two that differ begin again, and nothing is set`() {
        page(PinTask.Set)
        enter("281736")
        enter("281737")
        rule.onNodeWithText("两遍不一样", substring = true).assertExists()
        assertNull(core.pin)
    }

    @Test
    fun `a PIN that is easily guessed is not taken, with the reason`() {
        page(PinTask.Set)
        enter("111111")
        enter("111111")
        rule.onNodeWithText("不能全是同一个数字", substring = true).assertExists()
        rule.onNodeWithText("请输入新密码").assertExists()
        assertNull(core.pin)
    }

    @Test
    fun `changing asks for the present one first`() {
        core.pin = "281736"
        page(PinTask.Change)
        enter("999000")
        rule.onNodeWithText("密码不对，还可以试 4 次。").assertExists()
        enter("281736")
        enter("640175")
        enter("640175")
        assertEquals("640175", core.pin)
    }

    @Test
    fun `a change that fails leaves the old one`() {
        core.pin = "281736"
        page(PinTask.Change)
        enter("281736")
        enter("111111")
        enter("111111")
        assertEquals("281736", core.pin)
        assertEquals(0, done)
    }

    @Test
    fun `removing takes the present one`() {
        core.pin = "281736"
        page(PinTask.Remove)
        enter("281736")
        assertNull(core.pin)
        assertEquals(1, done)
    }
}
