package haitang.features.task

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeCore
import haitang.bridge.fake.FakeDraftCore
import haitang.bridge.fake.FakeTaskCore
import haitang.design.clockText
import haitang.design.dayOf
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import uniffi.haitang.Every
import uniffi.haitang.RoutineState
import uniffi.haitang.TaskKind

class WorkFormsTest : ScreenTest() {
    private val core = FakeTaskCore()
    private val drafts = FakeDraftCore()
    private val given = mutableListOf<String>()

    private fun newTask(household: String? = null) {
        val model = NewTaskViewModel(core, drafts, household) { FakeCore.NOW }
        show {
            val state by model.state.collectAsStateWithLifecycle()
            NewTaskScreen(state, WorkEvents(model::work, model::edit, model::give, { given += it }, model::shown))
        }
    }

    private fun newRoutine() {
        val model = NewRoutineViewModel(core, drafts) { FakeCore.NOW }
        show {
            val state by model.state.collectAsStateWithLifecycle()
            NewRoutineScreen(state, WorkEvents(model::work, model::edit, model::plan, { given += it }, model::shown))
        }
    }

    private fun press(text: String) = rule.onNodeWithText(text).performScrollTo().performClick()

    @Test
    fun `a task is given by taps alone`() {
        newTask()
        press("巡查")
        press("消防通道巡查")
        press("明天")
        rule.onNodeWithText("安排好").performClick()
        rule.waitForIdle()
        val task =
            core.world.value.tasks
                .last()
                .task
        assertEquals(TaskKind.PATROL to "消防通道巡查", task.kind to task.title)
        assertEquals(dayOf(FakeCore.NOW).plusDays(1) to "23:59", dayOf(task.due) to clockText(task.due))
        assertEquals(listOf("t6"), given)
        assertTrue(drafts.kept.value.isEmpty())
    }

    @Test
    fun `from a household it is a visit there`() {
        newTask("h2")
        rule.onNodeWithText("大儒巷 12 号 3 幢 2 单元 502 室", substring = true).assertExists()
        press("政策宣传")
        rule.onNodeWithText("安排好").performClick()
        rule.waitForIdle()
        assertEquals(
            "h2",
            core.world.value.tasks
                .last()
                .task.household,
        )
    }

    @Test
    fun `what is missing is said at its field`() {
        core.failure = Failure(FailureKind.Refused, "empty", mapOf("field" to "title"))
        newTask()
        rule.onNodeWithText("安排好").performClick()
        rule.waitForIdle()
        assertEquals(2, rule.onAllNodesWithText("还有必填的内容没有填。", useUnmergedTree = true).fetchSemanticsNodes().size)
        assertTrue(given.isEmpty())
    }

    @Test
    fun `a routine of every other week on two days`() {
        newRoutine()
        press("走访独居老人")
        press("周五")
        rule.onNodeWithContentDescription("每几周：加一").performScrollTo().performClick()
        rule.onNodeWithText("每 2 周的周二、周五").assertExists()
        press("08:30–11:30")
        rule.onNodeWithText("排好").performClick()
        rule.waitForIdle()
        val routine =
            core.world.value.routines
                .last()
                .routine
        assertEquals(Every.Weeks(2u, listOf(2u, 5u)), routine.every)
        assertEquals(listOf("2026-11-24", "08:30", "11:30"), listOf(routine.first, routine.opens, routine.closes))
    }

    @Test
    fun `a routine half written is there again`() {
        val draft = RoutineDraft.of(dayOf(FakeCore.NOW)).copy(work = WorkDraft(title = "看望老党员"), rhythm = Rhythm.Months, day = 15)
        drafts.kept.value = mapOf("routine/new" to draft.write())
        newRoutine()
        rule.onNodeWithText("看望老党员").assertExists()
        rule.onNodeWithText("每月 15 日").assertExists()
    }

    @Test
    fun `a routine shows its next days, and is stopped with a reason`() {
        val model = RoutinePageViewModel(core, "p1") { FakeCore.NOW }
        show {
            val state by model.state.collectAsStateWithLifecycle()
            RoutinePageScreen(state, RoutineEvents(model::extend, model::stop, model::shown))
        }
        rule.onNodeWithText("每周周二、周五").assertExists()
        rule.onNodeWithText("11月27日 周五").performScrollTo().assertIsDisplayed()
        rule.onNodeWithText("停止重复").performScrollTo().assertIsDisplayed()
        rule.runOnUiThread { model.stop("已经不需要了") }
        rule.onNodeWithText("已停止，不再重复").assertIsDisplayed()
        val page =
            core.world.value.routines
                .first { it.item.id == "p1" }
        assertEquals(RoutineState.STOPPED to "已经不需要了", page.item.state to page.routine.reason)
    }

    @Test
    fun `with nothing planned it says what planning is for`() {
        core.world.value = core.world.value.copy(routines = emptyList())
        val model = RoutineListViewModel(core) { FakeCore.NOW }
        show {
            val state by model.state.collectAsStateWithLifecycle()
            RoutineListScreen(state, {}, { given += "new" }, model::more, {})
        }
        rule.onNodeWithText("还没有定期任务").assertIsDisplayed()
        rule.onNodeWithText("新的定期任务").performClick()
        assertEquals(listOf("new"), given)
    }

    @Test
    fun `a place is typed where there is no household`() {
        newTask()
        rule.onNodeWithText("地点").performScrollTo().performTextInput("南门")
        rule.onNodeWithText("安排好").performClick()
        rule.waitForIdle()
        assertEquals(
            "南门",
            core.world.value.tasks
                .last()
                .task.place,
        )
    }
}
