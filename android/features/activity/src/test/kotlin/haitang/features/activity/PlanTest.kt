package haitang.features.activity

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeActivityCore
import haitang.bridge.fake.FakeCore
import haitang.bridge.fake.FakeDraftCore
import haitang.design.Content
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import uniffi.haitang.ActivityKind

class PlanTest : ScreenTest() {
    private val core = FakeActivityCore()
    private val drafts = FakeDraftCore()
    private var done: String? = null

    private fun plan(id: String? = null) {
        val model = PlanViewModel(core, drafts, id) { FakeCore.NOW }
        show {
            val state by model.state.collectAsStateWithLifecycle()
            PlanScreen(
                state,
                PlanEvents(model::onChange, model::onKind, model::onSubmit, { done = it }, model::begin, model::onProblemShown),
            )
        }
    }

    @Test
    fun `a plan of two fields is planned, and its draft let go`() {
        plan()
        rule.onNodeWithText("活动名称", substring = true).performTextInput("十二月支委会")
        rule.onNodeWithText("安排好了").performClick()
        rule.waitForIdle()
        val made =
            core.world.value.pages
                .last()
        assertEquals("十二月支委会" to done, made.item.title to made.item.id)
        assertTrue(made.wholeOrg)
        assertTrue(drafts.kept.value.isEmpty())
    }

    @Test
    fun `what was typed is there again after the process was killed`() {
        plan()
        rule.onNodeWithText("活动名称", substring = true).performTextInput("读书会")
        rule.waitForIdle()
        val again = PlanViewModel(core, drafts, null) { FakeCore.NOW }
        rule.waitForIdle()
        assertEquals("读书会", (again.state.value.plan as Content.Ready).value.title)
    }

    @Test
    fun `a sort brings its form along, and the end follows the beginning`() {
        val model = PlanViewModel(core, drafts, null) { FakeCore.NOW }
        rule.runOnIdle {
            val plan = (model.state.value.plan as Content.Ready).value
            model.onKind(plan, ActivityKind.THEMED_DAY)
        }
        show {
            val state by model.state.collectAsStateWithLifecycle()
            PlanScreen(state, PlanEvents(model::onChange))
        }
        assertEquals("t2", (model.state.value.plan as Content.Ready).value.template)
        rule.onNodeWithText("几点开始").performScrollTo().performClick()
        rule.onNode(hasText("19:30")).performClick()
        rule.onNodeWithText("21:00").assertExists()
    }

    @Test
    fun `a field that is refused says so where it is`() {
        core.failure = Failure(FailureKind.Refused, "out_of_range", mapOf("field" to "ends"))
        plan()
        rule.onNodeWithText("安排好了").performClick()
        rule.onNodeWithText("结束要比开始晚", substring = true).performScrollTo().assertIsDisplayed()
        assertNull(done)
    }

    @Test
    fun `a plan is changed from what it is`() {
        plan("a2")
        rule.onNodeWithText("大儒巷口").performScrollTo().assertIsDisplayed()
        rule.onNodeWithText("活动名称", substring = true).performTextInput("（改）")
        rule.onNodeWithText("就这样改").performClick()
        rule.waitForIdle()
        assertEquals("a2", done)
    }

    @Test
    fun `a disk that is full is told before anything is lost`() {
        drafts.failure = Failure(FailureKind.DiskFull, "disk_full")
        plan()
        rule.onNodeWithText("活动名称", substring = true).performTextInput("读")
        rule.onNodeWithText("手机存储空间满了", substring = true).assertExists()
    }
}
