package haitang.features.activity

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeActivityCore
import haitang.design.Content
import haitang.platform.LocalDevices
import haitang.testing.FakeDevices
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Test
import org.robolectric.shadows.ShadowLooper
import uniffi.haitang.Flag
import uniffi.haitang.Location
import java.util.concurrent.TimeUnit

class CheckInTest : ScreenTest() {
    private val core = FakeActivityCore()
    private val devices = FakeDevices()
    private val done = mutableListOf<String>()
    private var place: Location? = null

    private fun scanner() {
        val model = ScanViewModel(core) { place }
        show {
            val state by model.state.collectAsStateWithLifecycle()
            CompositionLocalProvider(LocalDevices provides devices) {
                ScanScreen(state, model::onScanned, { done += it }, { done += "back" })
            }
        }
    }

    private fun host() {
        val model = HostCodeViewModel(core, "a1")
        show {
            val state by model.state.collectAsStateWithLifecycle()
            HostCodeScreen(state, {}, model::onClose, model::onProblemShown) { done += "back" }
        }
    }

    private fun scan(text: String) {
        rule.runOnIdle { devices.scan(text) }
        rule.waitForIdle()
    }

    @Test
    fun `one scan is a check-in`() {
        scanner()
        scan("HT1:a1:7")
        rule.onNodeWithText("签到成功").assertIsDisplayed()
        rule.onNodeWithText("十一月支委会").assertIsDisplayed()
        rule.onNodeWithText("看活动详情").performClick()
        assertEquals(listOf("a1"), done)
    }

    @Test
    fun `a code of something else gets a sentence, and the next one is taken`() {
        scanner()
        scan("https://example.org/pay")
        rule.onNodeWithText("这不是签到码", substring = true).assertIsDisplayed()
        scan("HT1:a1:7")
        rule.onNodeWithText("签到成功").assertIsDisplayed()
    }

    @Test
    fun `a flag is told kindly and turns nobody away`() {
        core.flags = listOf(Flag.STALE_CODE)
        scanner()
        scan("HT1:a1:1")
        rule.onNodeWithText("签到成功").assertIsDisplayed()
        rule.onNodeWithText("不影响您签到", substring = true).assertIsDisplayed()
    }

    @Test
    fun `whoever has checked in already need not worry`() {
        core.failure = Failure(FailureKind.Refused, "already", mapOf("kind" to "check_in"))
        scanner()
        scan("HT1:a1:7")
        rule.onNodeWithText("您已经签过到了", substring = true).assertIsDisplayed()
    }

    @Test
    fun `an activity that is not on this phone yet says what to do`() {
        core.failure = Failure(FailureKind.Refused, "missing")
        scanner()
        scan("HT1:a1:7")
        rule.onNodeWithText("请主持人替您签到", substring = true).assertIsDisplayed()
    }

    @Test
    fun `the place is told only where there is one to tell`() {
        scanner()
        scan("nothing")
        place = Location(31.3, 120.6, 8f, false)
        scan("HT1:a1:7")
        assertEquals(listOf("nothing" to null, "HT1:a1:7" to place), core.scans)
    }

    @Test
    fun `after it was right, further codes are let be`() {
        scanner()
        scan("HT1:a1:7")
        scan("HT1:a2:7")
        assertEquals(1, core.scans.size)
    }

    @Test
    fun `the host sees how many have come, and the code changes when its time is over`() {
        val model = HostCodeViewModel(core, "a1")
        show {
            val state by model.state.collectAsStateWithLifecycle()
            HostCodeScreen(state, {}, model::onClose, model::onProblemShown) { done += "back" }
        }
        rule.onNodeWithText("到了 5 人，应到 12 人").assertExists()
        rule.onNodeWithContentDescription("签到二维码", substring = true).assertExists()
        val first = model.state.value.code
        ShadowLooper.idleMainLooper(16, TimeUnit.SECONDS)
        rule.waitForIdle()
        val next = model.state.value.code
        assertNotEquals((first as Content.Ready).value.text, (next as Content.Ready).value.text)
    }

    @Test
    fun `ending check-in leaves the code`() {
        host()
        rule.onNodeWithText("结束签到").performScrollTo().performClick()
        rule.waitForIdle()
        assertEquals(listOf("back"), done)
    }

    @Test
    fun `a host whose check-in is closed reads why there is no code`() {
        core.failure = Failure(FailureKind.Refused, "check_in_closed")
        host()
        rule.onNodeWithText("签到还没有开始", substring = true).assertIsDisplayed()
    }

    @Test
    fun `somebody without a phone is entered after a question`() {
        val model = CheckInForViewModel(core, "a1")
        show {
            val state by model.state.collectAsStateWithLifecycle()
            CheckInForScreen(state, model::onAsk, model::onEnter, model::onProblemShown) {}
        }
        rule.onNodeWithText("按姓名找").performTextInput("朱")
        rule.onNodeWithText("徐明").assertDoesNotExist()
        rule.onNodeWithText("朱家栋").performClick()
        rule.onNodeWithText("替他签到").performClick()
        rule.waitForIdle()
        val there =
            core.world.value.pages
                .first()
                .attendees
                .map { it.name }
        assertEquals("朱家栋", there.last())
        rule.onNodeWithText("按姓名找").performTextInput("朱")
        rule.onNodeWithText("已到").assertExists()
    }
}
