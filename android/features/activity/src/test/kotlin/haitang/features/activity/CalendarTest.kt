package haitang.features.activity

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasScrollToIndexAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performScrollToNode
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeActivityCore
import haitang.bridge.fake.FakeCore
import haitang.design.Content
import haitang.design.Look
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

class CalendarTest : ScreenTest() {
    private val core = FakeActivityCore()
    private val done = mutableListOf<String>()

    private fun calendar(look: Look = Look(dark = false)) {
        val model = CalendarViewModel(core) { FakeCore.NOW }
        show(look) {
            val state by model.state.collectAsStateWithLifecycle()
            CalendarScreen(
                state,
                CalendarEvents(
                    model::onView,
                    model::onMonth,
                    model::onDay,
                    model::onMore,
                    onOpen = { done += it },
                    onScan = { done += "scan" },
                    onPlan = { done += "plan" },
                ),
            )
        }
    }

    @Test
    fun `what is to come is there first, and what was held is not`() {
        calendar()
        rule.onNodeWithText("十一月支委会").performClick()
        rule.onNodeWithText("第二党小组会").assertDoesNotExist()
        assertEquals(listOf("a1"), done)
    }

    @Test
    fun `a day of the month says what is on it and opens it`() {
        calendar()
        rule.onNodeWithText("看月历").performClick()
        rule.onNodeWithContentDescription("11月19日 周四 有 1 个活动").performClick()
        rule.onNode(hasScrollToIndexAction()).performScrollToNode(hasText("第二党小组会"))
        rule.onNodeWithText("第二党小组会").performClick()
        rule.onNodeWithContentDescription("11月18日 周三 这天没有活动").performScrollTo().performClick()
        rule.onNode(hasScrollToIndexAction()).performScrollToNode(hasText("这天没有活动"))
        assertEquals(listOf("a4"), done)
    }

    @Test
    fun `in elder mode a month is a list`() {
        calendar(Look(dark = false, elder = true))
        rule.onNodeWithText("看月历").performClick()
        rule.onNodeWithText("第二党小组会").assertExists()
        rule.onNodeWithContentDescription("下个月").performScrollTo().performClick()
        rule.onNodeWithText("这个月没有活动").assertExists()
    }

    @Test
    fun `who may plan nothing is offered no plan`() {
        core.world.value = core.world.value.let { it.copy(me = it.me.copy(appointments = emptyList())) }
        calendar()
        rule.onNodeWithText("安排活动").assertDoesNotExist()
        rule.onNodeWithText("扫码签到").performClick()
        assertEquals(listOf("scan"), done)
    }

    @Test
    fun `nothing to come is said kindly, a failure in a sentence`() {
        core.world.value = core.world.value.copy(pages = emptyList())
        calendar()
        rule.onNodeWithText("接下来没有活动").assertIsDisplayed()
        core.unreadable.value = Failure(FailureKind.Corrupt, "corrupt")
        rule.onNodeWithText("数据库损坏", substring = true).assertIsDisplayed()
    }

    @Test
    fun `a long list goes on where the first page ends`() {
        val (item, page) =
            core.world.value.pages[0]
                .let { it.item to it }
        val many = (1..60).map { page.copy(item = item.copy(id = "x$it", title = "活动$it", starts = item.starts - it * 60_000L)) }
        core.world.value = core.world.value.copy(pages = many)
        val model = CalendarViewModel(core) { FakeCore.NOW }
        show { model.state.collectAsStateWithLifecycle().value }
        model.onView(CalendarView.All)
        rule.waitForIdle()
        assertTrue(model.state.value.hasMore)
        model.onMore()
        rule.waitForIdle()
        assertEquals(60, (model.state.value.items as Content.Ready).value.size)
    }
}
