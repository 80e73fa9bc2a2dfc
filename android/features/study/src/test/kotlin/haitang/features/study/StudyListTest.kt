package haitang.features.study

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.fake.FakeStudyCore
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Test

class StudyListTest : ScreenTest() {
    private val core = FakeStudyCore()
    private val opened = mutableListOf<String>()

    private fun list() {
        val model = StudyListViewModel(core)
        show {
            val state by model.state.collectAsStateWithLifecycle()
            StudyListScreen(state, { opened += it }, { opened += "reviews" }, {})
        }
    }

    @Test
    fun `progress is told in words`() {
        list()
        rule.onNodeWithText("读了 1 节，共 2 节").assertIsDisplayed()
        rule.onNodeWithText("还没开始").assertIsDisplayed()
    }

    @Test
    fun `a study and the reviews are opened by their lines`() {
        list()
        rule.onNodeWithText("高层住宅着火怎么办").performClick()
        rule.onNodeWithText("有 2 条该复习了").performClick()
        assertEquals(listOf("s1", "reviews"), opened)
    }

    @Test
    fun `with nothing due it says so, and leads nowhere`() {
        core.due.value = Loaded.Value(emptyList())
        list()
        rule.onNodeWithText("今天没有要复习的").assertIsDisplayed().performClick()
        assertEquals(emptyList<String>(), opened)
    }

    @Test
    fun `an empty list says what will be there`() {
        core.due.value = Loaded.Value(emptyList())
        core.pages.value = Loaded.Value(emptyList())
        list()
        rule.onNodeWithText("现在没有要学的内容").assertIsDisplayed()
    }

    @Test
    fun `a failure is told in a sentence`() {
        core.pages.value = Loaded.Failed(Failure(FailureKind.Corrupt, "corrupt"))
        list()
        rule.onNodeWithText("本机的数据库损坏了", substring = true).assertIsDisplayed()
    }
}
