package haitang.features.directory

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onLast
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeDirectoryCore
import haitang.bridge.valueOrNull
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Test

class TransfersTest : ScreenTest() {
    private val core = FakeDirectoryCore()

    private fun transfers() {
        val model = TransfersViewModel(core)
        show {
            val state by model.state.collectAsStateWithLifecycle()
            TransfersScreen(state, model::accept, model::decline, model::told, {})
        }
        rule.waitForIdle()
    }

    @Test
    fun `somebody is received, and the list then says that nobody waits`() {
        transfers()
        rule.onNodeWithText("搬到大儒巷居住").assertIsDisplayed()
        rule.onNodeWithText("接收").performClick()
        rule.waitForIdle()
        assertEquals(
            0,
            core.waiting.value
                .valueOrNull()
                ?.size,
        )
        rule.onNodeWithText("没有等您答复的人").assertIsDisplayed()
    }

    @Test
    fun `somebody is declined with a reason of one tap`() {
        transfers()
        rule.onNodeWithText("不接收").performClick()
        rule.onNodeWithText("情况还没有核实清楚").performClick()
        rule.onAllNodesWithText("不接收").onLast().performClick()
        rule.waitForIdle()
        assertEquals("情况还没有核实清楚", core.declined["t1"])
    }

    @Test
    fun `what cannot be done says why`() {
        core.failure = Failure(FailureKind.Refused, "not_allowed", mapOf("role" to "secretary"))
        transfers()
        rule.onNodeWithText("接收").performClick()
        rule.onNodeWithText("只有书记才能做这件事。").assertIsDisplayed()
    }
}
