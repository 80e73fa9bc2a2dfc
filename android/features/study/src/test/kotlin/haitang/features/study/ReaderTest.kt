package haitang.features.study

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.fake.FakeStudyCore
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Test
import uniffi.haitang.StudyPage
import uniffi.haitang.StudySection

class ReaderTest : ScreenTest() {
    private val core = FakeStudyCore()
    private val gone = mutableListOf<String>()

    private fun reader(id: String) {
        val model = ReaderViewModel(core, id)
        show {
            val state by model.state.collectAsStateWithLifecycle()
            ReaderScreen(state, model::read, model::goTo, model::next, { gone += "reviews" }, model::told, { gone += "back" })
        }
        rule.waitForIdle()
    }

    private fun read(id: String) = core.page(id)?.read?.map { it.toInt() }

    @Test
    fun `it opens at the first section that was not read`() {
        reader("s2")
        rule.onNodeWithText("胸外按压").assertIsDisplayed()
        rule.onNodeWithText("第 2 节，共 2 节").assertIsDisplayed()
    }

    @Test
    fun `a section that fits the screen is read when it was shown`() {
        reader("s1")
        assertEquals(listOf(0), read("s1"))
    }

    @Test
    fun `a long section is read at its end only`() {
        val long =
            StudyPage("long", "很长", "", listOf(StudySection("一", "要读很久的一段话。".repeat(400)), StudySection("二", "短")), emptyList(), null)
        core.pages.value = Loaded.Value(listOf(long, long.copy(id = "other")))
        reader("long")
        assertEquals(emptyList<Int>(), read("long"))
        rule.onNodeWithText("要读很久的一段话。", substring = true).performScrollTo()
        rule.onNodeWithText("下一节").performClick()
        rule.waitForIdle()
        assertEquals(listOf(0, 1), read("long"))
    }

    @Test
    fun `reading to the end finishes the study and offers the review`() {
        reader("s1")
        rule.onNodeWithText("下一节").performClick()
        rule.onNodeWithText("下一节").performClick()
        rule.onNodeWithText("读完了").performClick()
        rule.waitForIdle()
        assertNotNull(core.page("s1")?.finished)
        rule.onNodeWithText("全部读完了").assertIsDisplayed()
        rule.onNodeWithText("现在就复习要点").performClick()
        assertEquals(listOf("reviews"), gone)
    }

    @Test
    fun `the section before is one tap away`() {
        reader("s2")
        rule.onNodeWithText("上一节").performScrollTo().performClick()
        rule.onNodeWithText("先看有没有反应").assertIsDisplayed()
        rule.onNodeWithText("这一节读过了").assertIsDisplayed()
    }

    @Test
    fun `what cannot be noted is said, and reading goes on`() {
        core.failure = Failure(FailureKind.DiskFull, "disk_full")
        reader("s1")
        rule.onNodeWithText("手机存储空间满了", substring = true).assertIsDisplayed()
        rule.onNodeWithText("下一节").performClick()
        rule.onNodeWithText("看门再开").assertIsDisplayed()
    }

    @Test
    fun `a study that is gone is told in a sentence`() {
        reader("nowhere")
        rule.onNodeWithText("找不到这条内容", substring = true).assertIsDisplayed()
    }
}
