package haitang.features.task

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsOn
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeDraftCore
import haitang.bridge.fake.FakeFileCore
import haitang.bridge.fake.FakeTaskCore
import haitang.platform.DeviceFailure
import haitang.platform.LocalDevices
import haitang.platform.Located
import haitang.testing.FakeDevices
import haitang.testing.ScreenTest
import kotlinx.coroutines.flow.flowOf
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import uniffi.haitang.Finding
import uniffi.haitang.Location
import uniffi.haitang.Severity

class ReportTest : ScreenTest() {
    private val core = FakeTaskCore()
    private val drafts = FakeDraftCore()
    private val files = FakeFileCore()
    private val devices = FakeDevices()
    private var left = 0

    private fun form(
        id: String = "t2",
        mayLocate: Boolean = false,
    ) {
        val model = ReportViewModel(core, drafts, files, id, flowOf(mayLocate))
        show {
            CompositionLocalProvider(LocalDevices provides devices) {
                val state by model.state.collectAsStateWithLifecycle()
                ReportScreen(
                    state,
                    devices.rememberPhotos(model::photo, model::device),
                    ReportEvents(
                        model::addFinding,
                        model::finding,
                        model::removeFinding,
                        model::nobodyHome,
                        model::note,
                        model::withPlace,
                        model::removePhoto,
                        { model.send(devices::locate) },
                        { left++ },
                        model::messageShown,
                        {},
                        model::load,
                    ),
                )
            }
        }
    }

    private fun press(text: String) = rule.onNodeWithText(text).performScrollTo().performClick()

    @Test
    fun `a finding, how bad it is and a photo are handed in`() {
        form()
        press("加一条情况")
        rule.onNodeWithText("情况 1").performTextInput("煤气管老化")
        press("较重")
        press("拍照")
        rule.waitForIdle()
        rule.onNodeWithText("交回报").performClick()
        rule.waitForIdle()
        val report = core.reported.getValue("t2")
        assertEquals(listOf(Finding("煤气管老化", Severity.MAJOR)), report.findings)
        assertEquals(1, report.files.size)
        assertEquals(1, left)
        assertTrue("the draft is let go", drafts.kept.value.isEmpty())
    }

    @Test
    fun `what was typed is there after the process was killed`() {
        drafts.kept.value =
            mapOf("report/t2" to ReportDraft(listOf(Finding("楼道堆物", Severity.URGENT)), nobodyHome = true, note = "已劝离").write())
        form()
        rule.onNodeWithText("楼道堆物").assertExists()
        rule.onNodeWithText("已劝离").assertExists()
        rule.onNodeWithText("家里没人").assertIsOn()
    }

    @Test
    fun `every keystroke is kept`() {
        form()
        press("加一条情况")
        rule.onNodeWithText("情况 1").performTextInput("门")
        rule.waitForIdle()
        assertEquals("门", ReportDraft.read(drafts.kept.value.getValue("report/t2")).findings[0].what)
    }

    @Test
    fun `a draft of another version does not stand in the way`() {
        drafts.kept.value = mapOf("report/t2" to "{\"other\":1}")
        form()
        rule.onNodeWithText("交回报").assertIsDisplayed()
    }

    @Test
    fun `the place goes with it only where the holder agreed, and wants it`() {
        devices.place = Located.At(Location(31.3, 120.6, 12f, false))
        form(mayLocate = true)
        press("附上现在的位置")
        rule.onNodeWithText("交回报").performClick()
        rule.waitForIdle()
        assertEquals(Location(31.3, 120.6, 12f, false), core.reported.getValue("t2").location)
    }

    @Test
    fun `without consent there is no word of the place`() {
        form(mayLocate = false)
        assertTrue(rule.onAllNodesWithText("附上现在的位置").fetchSemanticsNodes().isEmpty())
    }

    @Test
    fun `a phone that does not know where it is holds nothing up`() {
        devices.place = Located.Nowhere(DeviceFailure.TimedOut)
        form(mayLocate = true)
        press("附上现在的位置")
        rule.onNodeWithText("交回报").performClick()
        rule.waitForIdle()
        assertEquals(1, left)
    }

    @Test
    fun `without the camera the rest goes on`() {
        devices.failure = DeviceFailure.Denied
        form()
        press("拍照")
        rule.onNodeWithText("不拍照也可以回报", substring = true).assertIsDisplayed()
        rule.onNodeWithText("交回报").performClick()
        rule.waitForIdle()
        assertEquals(1, left)
    }

    @Test
    fun `a photo that is too large is told with the limit`() {
        files.failure = Failure(FailureKind.BadInput, "too_large", mapOf("limit" to "20971520"))
        form()
        press("拍照")
        rule.onNodeWithText("太大了，最多 20 MB。").assertIsDisplayed()
    }

    @Test
    fun `a full disk is told while typing`() {
        drafts.failure = Failure(FailureKind.DiskFull, "disk_full")
        form()
        press("加一条情况")
        rule.onNodeWithText("手机存储空间满了", substring = true).assertIsDisplayed()
    }

    @Test
    fun `a patrol begins with its photos`() {
        form("t3")
        val photos =
            rule
                .onNodeWithText("拍照")
                .fetchSemanticsNode()
                .positionInRoot.y
        assertTrue(
            photos <
                rule
                    .onNodeWithText("加一条情况")
                    .fetchSemanticsNode()
                    .positionInRoot.y,
        )
        assertTrue(rule.onAllNodesWithText("家里没人").fetchSemanticsNodes().isEmpty())
    }
}
