package haitang.features.activity

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performScrollTo
import androidx.navigation.compose.NavHost
import androidx.navigation.compose.rememberNavController
import haitang.bridge.fake.FakeActivityCore
import haitang.bridge.fake.FakeCore
import haitang.bridge.fake.FakeDraftCore
import haitang.bridge.fake.FakeFileCore
import haitang.platform.LocalDevices
import haitang.testing.FakeDevices
import haitang.testing.ScreenTest
import haitang.testing.Taps
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

/** What honest work costs: counted over the real screens, from one to the next. */
class LogBurdenTest : ScreenTest() {
    private val core = FakeActivityCore()
    private val drafts = FakeDraftCore()
    private val files = FakeFileCore()
    private val devices = FakeDevices()
    private val taps = Taps()

    private fun app(start: String) =
        show {
            CompositionLocalProvider(LocalDevices provides devices) {
                val nav = rememberNavController()
                NavHost(nav, start) { activityGraph(nav, core, drafts, files, { null }, { FakeCore.NOW }) }
            }
        }

    private fun text(text: String) = rule.onNodeWithText(text, substring = true)

    @Test
    fun `a meeting with a resolution, a photo and a voice note is logged in at most 12 taps`() {
        // Here the activity's own form is known; opening it from the calendar is counted too.
        app(ActivityRoutes.CALENDAR)
        taps.press(text("十一月支委会"))
        taps.press(text("写记实"))
        taps.type(text("形成的决议").performScrollTo(), "同意由周建国牵头")
        taps.press(text("全部到了").performScrollTo())
        taps.press(text("拍照").performScrollTo())
        taps.press(text("录一段话").performScrollTo())
        taps.press(text("说完了").performScrollTo())
        taps.press(text("提交"))
        rule.waitForIdle()
        val log = core.submitted.values.single()
        assertEquals(2 to 12, log.files.size to log.attendance.size)
        assertEquals(8, taps.count)
        assertTrue(taps.count <= TAPS_MAX)
    }

    @Test
    fun `without a form of its own one is picked, and it is still at most 12 taps`() {
        core.world.value =
            core.world.value.let { now -> now.copy(pages = now.pages.map { if (it.item.id == "a1") it.copy(template = null) else it }) }
        app(ActivityRoutes.CALENDAR)
        taps.press(text("十一月支委会"))
        taps.press(text("写记实"))
        taps.press(text("议题 · 形成的决议"))
        taps.type(text("形成的决议").performScrollTo(), "同意")
        taps.press(text("提交"))
        rule.waitForIdle()
        assertEquals(1, core.submitted.size)
        assertTrue("${taps.count}", taps.count <= TAPS_MAX)
    }

    @Test
    fun `a check-in is one scan`() {
        app(ActivityRoutes.SCAN)
        rule.runOnIdle { devices.scan("HT1:a1:7") }
        text("签到成功").assertExists()
        assertEquals(0, taps.count)
    }

    private companion object {
        const val TAPS_MAX = 12
    }
}
