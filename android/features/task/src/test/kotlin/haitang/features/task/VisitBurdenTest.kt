package haitang.features.task

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.test.SemanticsNodeInteraction
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performScrollToNode
import androidx.navigation.compose.NavHost
import androidx.navigation.compose.rememberNavController
import haitang.bridge.fake.FakeCore
import haitang.platform.LocalDevices
import haitang.testing.FakeDevices
import haitang.testing.ScreenTest
import haitang.testing.Taps
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import uniffi.haitang.NewReport

/** How many taps grid work asks for, counted on the real screens and their ways. */
class VisitBurdenTest : ScreenTest() {
    private val core = FakeCore()
    private val taps = Taps()

    private fun app() =
        show {
            CompositionLocalProvider(LocalDevices provides FakeDevices()) {
                val nav = rememberNavController()
                NavHost(nav, TaskRoutes.LIST) { taskGraph(nav, core.task, core.drafts, core.files) }
            }
        }

    private fun found(text: String): SemanticsNodeInteraction {
        rule.onNode(hasScrollToNodeAction()).performScrollToNode(hasText(text))
        return rule.onNodeWithText(text)
    }

    @Test
    fun `a visit without findings is two taps from the list, and one back for the next`() {
        app()
        taps.press(found("入户走访：冬季用电安全"))
        taps.press(rule.onNodeWithText("一切正常"))
        rule.waitForIdle()
        assertEquals(NewReport(), core.task.reported["t2"])
        assertTrue("${taps.count} taps", taps.count <= VISIT_TAPS_MAX)
        assertEquals(2, taps.count)
        taps.press(rule.onNodeWithText("返回"))
        found("走访独居老人").assertIsDisplayed()
    }

    @Test
    fun `a visit with a finding is six taps`() {
        app()
        taps.press(found("入户走访：冬季用电安全"))
        taps.press(rule.onNodeWithText("有情况要报"))
        taps.press(rule.onNodeWithText("加一条情况"))
        taps.type(rule.onNodeWithText("情况 1"), "煤气管老化")
        taps.press(rule.onNodeWithText("较重"))
        taps.press(rule.onNodeWithText("交回报"))
        rule.waitForIdle()
        assertEquals(
            "煤气管老化",
            core.task.reported
                .getValue("t2")
                .findings[0]
                .what,
        )
        assertEquals(6, taps.count)
        rule.onNodeWithText("煤气管老化").assertIsDisplayed()
    }

    private companion object {
        const val VISIT_TAPS_MAX = 5
    }
}
