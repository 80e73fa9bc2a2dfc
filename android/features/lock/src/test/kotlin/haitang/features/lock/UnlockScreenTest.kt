package haitang.features.lock

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertHeightIsAtLeast
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsEnabled
import androidx.compose.ui.test.assertIsNotEnabled
import androidx.compose.ui.test.assertWidthIsAtLeast
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeLockCore
import haitang.design.Look
import haitang.platform.BiometricResult
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Test

class UnlockScreenTest : ScreenTest() {
    private val core = FakeLockCore().apply { pin = "281736" }
    private var opened = 0

    private fun lock(
        look: Look = Look(dark = false),
        biometrics: BiometricResult? = null,
    ) {
        val model = UnlockViewModel(core)
        show(look) {
            val state by model.state.collectAsStateWithLifecycle()
            UnlockScreen(
                state,
                model::digit,
                model::delete,
                model::enter,
                onOpen = { opened += 1 },
                onBiometrics = biometrics?.let { { model.biometrics(it) } },
            )
        }
    }

    private fun type(pin: String) = pin.forEach { rule.onNodeWithContentDescription(it.toString()).performClick() }

    private fun enter(pin: String) {
        type(pin)
        rule.onNodeWithText("打开").performScrollTo().performClick()
        rule.waitForIdle()
    }

    @Test
    fun `the right PIN opens`() {
        lock()
        enter("281736")
        assertEquals(1, opened)
    }

    @Test
    fun `a wrong PIN says how many tries are left, and begins anew`() {
        lock()
        enter("111222")
        rule.onNodeWithText("密码不对，还可以试 4 次。").assertIsDisplayed()
        rule.onNodeWithContentDescription("还没有输入").assertExists()
        assertEquals(0, opened)
    }

    @Test
    fun `after too many the wait is counted down in words, and no key works`() {
        core.waitMs = 90_000
        rule.mainClock.autoAdvance = false
        lock()
        rule.mainClock.advanceTimeByFrame()
        rule.onNodeWithText("错的次数太多，请等 1 分 30 秒", substring = true).assertExists()
        rule.onNodeWithContentDescription("1").assertIsNotEnabled()
    }

    @Test
    fun `how many digits are entered is told, and which never`() {
        lock()
        type("281")
        rule.onNodeWithContentDescription("已输入 3 位").assertExists()
        rule.onNodeWithContentDescription("删掉一位").performClick()
        rule.onNodeWithContentDescription("已输入 2 位").assertExists()
        rule.onNodeWithText("28").assertDoesNotExist()
    }

    @Test
    fun `five digits are too few to be tried`() {
        lock()
        type("28173")
        rule.onNodeWithText("打开").assertIsNotEnabled()
        type("6")
        rule.onNodeWithText("打开").assertIsEnabled()
    }

    @Test
    fun `keys are large enough for gloves`() {
        lock(Look(dark = false, elder = true))
        rule
            .onNodeWithContentDescription("5")
            .assertHeightIsAtLeast(60.dp)
            .assertWidthIsAtLeast(60.dp)
    }

    @Test
    fun `a finger opens`() {
        lock(biometrics = BiometricResult.Confirmed)
        rule.onNodeWithText("用指纹或面容打开").performScrollTo().performClick()
        rule.waitForIdle()
        assertEquals(1, opened)
    }

    @Test
    fun `a finger that does not work leaves the PIN`() {
        lock(biometrics = BiometricResult.Unavailable)
        rule.onNodeWithText("用指纹或面容打开").performScrollTo().performClick()
        rule.onNodeWithText("指纹或面容现在用不了", substring = true).assertExists()
        enter("281736")
        assertEquals(1, opened)
    }

    @Test
    fun `who forgot it is told what will happen`() {
        lock()
        rule.onNodeWithText("忘记密码了").performScrollTo().performClick()
        rule.onNodeWithText("也不会因为输错而清除内容", substring = true).assertIsDisplayed()
    }

    @Test
    fun `a failure is told in a sentence`() {
        core.failure = Failure(FailureKind.DiskFull, "disk_full")
        lock()
        rule.onNodeWithText("手机存储空间满了", substring = true).assertExists()
    }
}
