package haitang.features.task

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollToNode
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeCore
import haitang.bridge.fake.FakeTaskCore
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

class TaskListTest : ScreenTest() {
    private val core = FakeTaskCore()
    private val opened = mutableListOf<String>()

    private fun list(model: TaskListViewModel = TaskListViewModel(core) { FakeCore.NOW }): TaskListViewModel {
        show {
            val state by model.state.collectAsStateWithLifecycle()
            TaskListScreen(
                state,
                TaskDoors(onTask = { opened += it }, onNew = { opened += "new" }),
                model::order,
                model::more,
                onBack = {},
            )
        }
        return model
    }

    private fun top(text: String) =
        rule
            .onNodeWithText(text)
            .fetchSemanticsNode()
            .positionInRoot.y

    @Test
    fun `what is offered to me comes first, then what is late, with its word`() {
        list()
        rule.onNodeWithText("请您接手的（1）").assertIsDisplayed()
        assertTrue(top("请您接手的（1）") < top("已经逾期的（1）"))
        rule.onNodeWithText("已逾期", useUnmergedTree = true).assertIsDisplayed()
    }

    @Test
    fun `a task is opened by its line`() {
        list()
        rule.onNodeWithText("走访独居老人").performClick()
        assertEquals(listOf("t1"), opened)
    }

    @Test
    fun `by place, what is in one building stands under its name`() {
        list()
        rule.onNodeWithText("按地点").performClick()
        rule.onNode(hasScrollToNodeAction()).performScrollToNode(hasText("大儒巷 12 号 3 幢（2）"))
        rule.onNodeWithText("大儒巷 12 号 3 幢（2）").assertIsDisplayed()
        rule.onNode(hasScrollToNodeAction()).performScrollToNode(hasText("2 单元 401 室", substring = true))
    }

    @Test
    fun `the end of a page brings the next`() {
        val one = core.world.value.tasks[1]
        val many = List(70) { one.copy(id = "x$it", task = one.task.copy(title = "走访 $it", due = one.task.due + it)) }
        core.world.value = core.world.value.copy(tasks = many)
        list()
        val scroller = rule.onNode(hasScrollToNodeAction())
        scroller.performScrollToNode(hasText("走访 49"))
        scroller.performScrollToNode(hasText("走访 69"))
        rule.onNodeWithText("走访 69").assertIsDisplayed()
    }

    @Test
    fun `nothing to do is said kindly`() {
        core.world.value = core.world.value.copy(tasks = emptyList())
        list()
        rule.onNodeWithText("任务都做完了").assertIsDisplayed()
    }

    @Test
    fun `only who works in a grid may give tasks there`() {
        core.world.value = core.world.value.copy(grids = emptyList())
        list()
        assertTrue(rule.onAllNodesWithText("新任务").fetchSemanticsNodes().isEmpty())
    }

    @Test
    fun `a failure is told in a sentence`() {
        core.unreadable.value = Failure(FailureKind.Corrupt, "corrupt")
        list()
        rule.onNodeWithText("本机的数据库损坏了", substring = true).assertIsDisplayed()
    }
}
