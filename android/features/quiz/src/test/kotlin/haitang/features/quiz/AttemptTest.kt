package haitang.features.quiz

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsNotEnabled
import androidx.compose.ui.test.assertIsSelected
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onLast
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.lifecycle.ViewModelStore
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeDraftCore
import haitang.bridge.fake.FakeQuizCore
import haitang.testing.ScreenTest
import haitang.testing.write
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import uniffi.haitang.Answer

class AttemptTest : ScreenTest() {
    private val core = FakeQuizCore()
    private val drafts = FakeDraftCore()
    private val clock = HandClock(core)
    private val models = ViewModelStore()
    private var handedIn = 0
    private lateinit var model: AttemptViewModel

    @After fun clear() = models.clear()

    private fun begin(paper: String): String = runBlocking { core.start(paper) }

    private fun attempt(paper: String = "p1") {
        model = AttemptViewModel(core, drafts, begin(paper), clock)
        models.put("model", model)
        show {
            val state by model.state.collectAsStateWithLifecycle()
            AttemptScreen(state, model, { handedIn++ }, {})
        }
        rule.waitForIdle()
    }

    private fun answers(paper: String = "p1") =
        core.attempts.value
            .getValue("attempt-$paper")
            .answers

    private fun press(text: String) = rule.onNodeWithText(text).performScrollTo().performClick()

    private fun to(question: Int) {
        model.goTo(question)
        rule.waitForIdle()
    }

    private fun handIn() {
        rule.onNodeWithText("交卷").performClick()
        rule.onAllNodesWithText("交卷").onLast().performClick()
        rule.waitForIdle()
    }

    @Test
    fun `each kind of question is answered, and each answer is kept at once`() {
        attempt()
        press("大声呼喊并叫醒家人")
        rule.onNodeWithText("下一题").performClick()
        press("旧家具")
        press("电动自行车")
        rule.onNodeWithText("下一题").performClick()
        press("错")
        rule.onNodeWithText("下一题").performClick()
        rule.onNodeWithText("第 1 空").write("119")
        rule.onNodeWithText("第 2 空").write("120")
        rule.onNodeWithText("下一题").performClick()
        rule.onNodeWithContentDescription("把“提起灭火器上下摇动”往上移").performScrollTo().performClick()
        rule.waitForIdle()
        assertEquals(
            listOf(
                Answer.Choice(1u),
                Answer.Choices(listOf(0u, 3u)),
                Answer.Truth(false),
                Answer.Texts(listOf("119", "120")),
                Answer.Order(listOf(0u, 2u, 1u, 3u)),
            ),
            answers(),
        )
    }

    @Test
    fun `an answer can be changed and taken back`() {
        attempt()
        press("坐电梯下楼")
        press("先拍视频")
        assertEquals(Answer.Choice(3u), answers()[0])
        press("不选了")
        rule.waitForIdle()
        assertEquals(null, answers()[0])
    }

    @Test
    fun `the first and the last thing of an order cannot be moved out of it`() {
        attempt()
        to(4)
        rule.onNodeWithContentDescription("把“对准火焰根部”往上移").assertIsNotEnabled()
        rule.onNodeWithContentDescription("把“压下手柄喷射”往下移").assertIsNotEnabled()
        press("就按这个次序")
        rule.waitForIdle()
        assertEquals(Answer.Order(listOf(0u, 1u, 2u, 3u)), answers()[4])
    }

    @Test
    fun `the overview says which are unanswered and leads there`() {
        attempt()
        press("先拍视频")
        rule.onNodeWithContentDescription("看全部题目").performClick()
        assertEquals(1, rule.onAllNodesWithText("已答").fetchSemanticsNodes().size)
        rule.onNode(hasText("3. 油锅着火，可以用水浇灭。")).performClick()
        rule.onNodeWithText("第 3 题，共 5 题").assertIsDisplayed()
    }

    @Test
    fun `handing in asks first, with how many are unanswered`() {
        attempt()
        press("先拍视频")
        to(4)
        rule.onNodeWithText("交卷").performClick()
        rule.onNodeWithText("还有 4 题没答。交卷后不能再改。").assertIsDisplayed()
        assertFalse(
            core.attempts.value
                .getValue("attempt-p1")
                .finished,
        )
        rule.onNodeWithText("取消").performClick()
        handIn()
        assertTrue(
            core.attempts.value
                .getValue("attempt-p1")
                .finished,
        )
        assertEquals(1, handedIn)
    }

    @Test
    fun `what was typed a moment before handing in counts`() {
        attempt()
        to(3)
        rule.onNodeWithText("第 1 空").write("119")
        model.handIn()
        rule.waitForIdle()
        assertEquals(Answer.Texts(listOf("119", "")), answers()[3])
    }

    @Test
    fun `after the process was killed it goes on with the right time, answers and half-typed words`() {
        val id = begin("p2")
        val before = AttemptViewModel(core, drafts, id, clock)
        models.put("killed", before)
        rule.waitForIdle()
        before.answer(0, Answer.Choice(1u))
        before.type(3, listOf("11", ""))
        rule.waitForIdle()
        assertEquals("[\"11\",\"\"]", drafts.kept.value["quiz/$id/3"])
        assertEquals(null, answers("p2")[3])
        // No onCleared: the process just ended, and came back 7 minutes later.
        clock.passDead(7 * 60_000L)
        attempt("p2")
        rule.onNodeWithText("还剩 13:00").assertIsDisplayed()
        rule.onNodeWithText("第 2 题，共 5 题").assertIsDisplayed()
        to(0)
        rule.onNodeWithText("大声呼喊并叫醒家人").assertIsSelected()
        to(3)
        rule.onNodeWithText("11").assertIsDisplayed()
        assertEquals(Answer.Texts(listOf("11", "")), answers("p2")[3])
    }

    @Test
    fun `the time runs down, and is warned of in words at five minutes and at one`() {
        attempt("p2")
        rule.onNodeWithText("还剩 20:00").assertIsDisplayed()
        clock.pass(14 * 60_000L)
        rule.onNodeWithText("还剩 6:00").assertIsDisplayed()
        rule.onNodeWithText("还剩不到", substring = true).assertDoesNotExist()
        clock.pass(90_000L)
        rule.onNodeWithText("还剩不到 5 分钟", substring = true).assertIsDisplayed()
        clock.pass(4 * 60_000L)
        rule.onNodeWithText("还剩不到 1 分钟", substring = true).assertIsDisplayed()
        rule.onNodeWithText("还剩 0:30").assertIsDisplayed()
    }

    @Test
    fun `at the end it is handed in by itself, once`() {
        attempt("p2")
        press("先拍视频")
        clock.pass(20 * 60_000L)
        rule.waitForIdle()
        clock.pass(1_000L)
        rule.waitForIdle()
        assertTrue(
            core.attempts.value
                .getValue("attempt-p2")
                .finished,
        )
        assertEquals(1, handedIn)
        assertEquals(Answer.Choice(3u), answers("p2")[0])
    }

    @Test
    fun `coming back long after the end says that it is too late`() {
        begin("p2")
        clock.passDead(30 * 60_000L)
        attempt("p2")
        rule.onNodeWithText("时间已经过了。").assertIsDisplayed()
        assertEquals(0, handedIn)
    }

    @Test
    fun `an answer that cannot be kept is said, and kept with the next one`() {
        attempt()
        core.failure = Failure(FailureKind.DiskFull, "disk_full")
        press("先拍视频")
        rule.onNodeWithText("刚才的答案还没有存上", substring = true).assertIsDisplayed()
        core.failure = null
        to(2)
        press("对")
        rule.waitForIdle()
        assertEquals(Answer.Choice(3u), answers()[0])
        assertEquals(Answer.Truth(true), answers()[2])
        rule.onNodeWithText("刚才的答案还没有存上", substring = true).assertDoesNotExist()
    }

    @Test
    fun `an attempt that is gone is told in a sentence`() {
        model = AttemptViewModel(core, drafts, "nowhere", clock)
        models.put("model", model)
        show {
            val state by model.state.collectAsStateWithLifecycle()
            AttemptScreen(state, model, {}, {})
        }
        rule.onNodeWithText("找不到这条内容", substring = true).assertIsDisplayed()
    }
}
