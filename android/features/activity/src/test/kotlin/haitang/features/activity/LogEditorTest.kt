package haitang.features.activity

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsOn
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithContentDescription
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
import haitang.bridge.fake.FakeFileCore
import haitang.platform.DeviceFailure
import haitang.platform.LocalDevices
import haitang.testing.FakeDevices
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

class LogEditorTest : ScreenTest() {
    private val core = FakeActivityCore()
    private val drafts = FakeDraftCore()
    private val files = FakeFileCore()
    private val devices = FakeDevices()

    private fun model(source: LogSource) = LogEditorViewModel(core, drafts, files, source) { FakeCore.NOW }

    private fun editor(source: LogSource): LogEditorViewModel {
        val model = model(source)
        show {
            val state by model.state.collectAsStateWithLifecycle()
            CompositionLocalProvider(LocalDevices provides devices) { LogEditorScreen(state, editorEvents(model, files) {}) }
        }
        return model
    }

    private fun LogEditorViewModel.content() = (state.value.step as LogStep.Writing).content

    private fun type(
        label: String,
        text: String,
    ) = rule.onNodeWithText(label, substring = true).performScrollTo().performTextInput(text)

    @Test
    fun `what is known is filled in, and whoever checked in was there`() {
        val model = editor(LogSource.New("a1"))
        rule.onNodeWithText("研究本月工作安排").assertExists()
        rule.onNodeWithText("到会 5 人").assertExists()
        assertEquals(listOf("m2", "m3", "m4", "m5", "m6"), model.content().attendance)
        rule.onNodeWithText("一个一个选").performScrollTo().performClick()
        rule.onNodeWithText("周建国").performScrollTo().assertIsOn()
        rule.onNodeWithText("徐明").performScrollTo().performClick()
        rule.onNodeWithText("到会 6 人").assertExists()
    }

    @Test
    fun `an activity without a form asks for one, those for its sort first`() {
        editor(LogSource.New("a4"))
        rule.onNodeWithText("用哪个模板写？").assertIsDisplayed()
        rule.onNodeWithText("不用模板").performClick()
        rule.onNodeWithText("记实内容").assertExists()
    }

    @Test
    fun `every keystroke is there again after the process was killed, and under the same id`() {
        editor(LogSource.New("a1"))
        type("形成的决议", "同意")
        rule.onNodeWithText("全部到了").performScrollTo().performClick()
        rule.waitForIdle()
        val kept = LogDraft.of(drafts.kept.value.getValue("log/new/a1"))
        val again = model(LogSource.New("a1"))
        rule.waitForIdle()
        assertEquals("同意", again.content().fields["resolution"])
        assertEquals(12, again.content().attendance.size)
        assertTrue(again.state.value.restored)
        again.onSubmit()
        rule.waitForIdle()
        assertEquals(setOf(kept?.log), core.submitted.keys)
        assertTrue(drafts.kept.value.isEmpty())
    }

    @Test
    fun `what must be filled in is marked where it is, and what was typed stays`() {
        val model = editor(LogSource.New("a1"))
        rule.onNodeWithText("提交").performClick()
        rule.onNodeWithText("这一项必须填").performScrollTo().assertIsDisplayed()
        type("形成的决议", "同意")
        rule.onNodeWithText("提交").performClick()
        rule.waitForIdle()
        assertEquals(LogStep.Done, model.state.value.step)
        rule.onNodeWithText("记实交上去了").assertIsDisplayed()
    }

    @Test
    fun `a log of long ago is asked why, with common reasons in one tap`() {
        val model = editor(LogSource.New("a4"))
        rule.onNodeWithText("不用模板").performClick()
        type("记实内容", "讨论了楼道清理")
        rule.onNodeWithText("提交").performClick()
        rule.onNodeWithText("这一项必须填").performScrollTo().assertIsDisplayed()
        rule.onNodeWithText("当时太忙，事后补记").performScrollTo().performClick()
        rule.onNodeWithText("提交").performClick()
        rule.waitForIdle()
        assertEquals(LogStep.Done, model.state.value.step)
        assertEquals(
            "当时太忙，事后补记",
            core.submitted.values
                .single()
                .lateReason,
        )
    }

    @Test
    fun `photos and a voice note go with it, and can be taken out again`() {
        val model = editor(LogSource.New("a1"))
        rule.onNodeWithText("拍照").performScrollTo().performClick()
        rule.onNodeWithText("录一段话").performScrollTo().performClick()
        rule.onNodeWithText("说完了", substring = true).performScrollTo().performClick()
        rule.waitForIdle()
        assertEquals(listOf("image/jpeg", "audio/mp4"), model.content().files.map { it.mediaType })
        rule.onNodeWithContentDescription("删掉照片 1").performScrollTo().performClick()
        assertEquals(listOf("audio/mp4"), model.content().files.map { it.mediaType })
    }

    @Test
    fun `a photo of 50 MB, a full disk and a refused camera each say what to do`() {
        val model = editor(LogSource.New("a1"))
        files.failure = Failure(FailureKind.DiskFull, "disk_full")
        rule.onNodeWithText("拍照").performScrollTo().performClick()
        rule.onNodeWithText("手机存储空间满了", substring = true).assertExists()
        rule.runOnIdle { model.onProblemShown() }
        devices.failure = DeviceFailure.TooLarge
        rule.onNodeWithText("从相册选").performScrollTo().performClick()
        rule.onNodeWithText("这张照片太大了", substring = true).assertExists()
        rule.runOnIdle { model.onProblemShown() }
        devices.failure = DeviceFailure.Denied
        rule.onNodeWithText("拍照").performScrollTo().performClick()
        rule.onNodeWithText("没有得到允许", substring = true).assertExists()
        assertTrue(model.content().files.isEmpty())
    }

    @Test
    fun `a log that came back shows why above what is to be mended`() {
        val model = editor(LogSource.Mend("l2"))
        rule.onAllNodesWithText("没有写清形成的决议", substring = true).onFirst().assertIsDisplayed()
        type("其他意见", "已补")
        rule.onNodeWithText("当时太忙，事后补记").performScrollTo().performClick()
        rule.onNodeWithText("提交").performClick()
        rule.waitForIdle()
        assertEquals(LogStep.Done, model.state.value.step)
        assertEquals(setOf("l2"), core.submitted.keys)
    }

    @Test
    fun `an unreadable activity says why, and can be tried again`() {
        core.unreadable.value = Failure(FailureKind.Corrupt, "corrupt")
        editor(LogSource.New("a1"))
        rule.onNodeWithText("数据库损坏", substring = true).assertIsDisplayed()
        core.unreadable.value = null
        rule.onNodeWithText("再试一次").performClick()
        rule.onNodeWithText("研究本月工作安排").assertExists()
    }

    @Test
    fun `a draft of another kind of text is let be`() {
        drafts.kept.value = mapOf("log/new/a1" to "{}")
        editor(LogSource.New("a1"))
        rule.onNodeWithText("研究本月工作安排").assertExists()
    }
}
