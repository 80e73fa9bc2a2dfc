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
import haitang.bridge.fake.FakeCore
import haitang.bridge.fake.FakeDraftCore
import haitang.bridge.fake.FakeTaskCore
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import uniffi.haitang.Consent

class HouseholdTest : ScreenTest() {
    private val core = FakeTaskCore()
    private val drafts = FakeDraftCore()
    private val done = mutableListOf<String>()

    private fun list() {
        val model = HouseholdListViewModel(core) { FakeCore.NOW }
        show {
            val state by model.state.collectAsStateWithLifecycle()
            HouseholdListScreen(state, model::search, { done += it }, { done += "new" }, model::more, {})
        }
    }

    private fun page(id: String) {
        val model = HouseholdPageViewModel(core, id) { FakeCore.NOW }
        show {
            val state by model.state.collectAsStateWithLifecycle()
            HouseholdPageScreen(
                state,
                HouseholdEvents({ done += it }, { done += it }, { done += it }, { done += "edit" }, { done += "visit" }),
            )
        }
    }

    private fun form(id: String?) {
        val model = HouseholdFormViewModel(core, drafts, id) { FakeCore.NOW }
        show {
            val state by model.state.collectAsStateWithLifecycle()
            HouseholdFormScreen(
                state,
                HouseholdFormEvents(model::edit, model::sensitive, model::save, model::withdrawConsent, { done += it }, model::shown),
            )
        }
    }

    private fun type(
        label: String,
        text: String,
    ) = rule.onNodeWithText(label).performScrollTo().performTextInput(text)

    @Test
    fun `a household is found by its contact`() {
        list()
        rule.onNodeWithText("找住户", substring = true).performTextInput("陈先生")
        rule.waitForIdle()
        assertTrue(rule.onAllNodesWithText("401 室", substring = true).fetchSemanticsNodes().isEmpty())
        rule.onNodeWithText("502 室", substring = true).performClick()
        assertEquals(listOf("h2"), done)
    }

    @Test
    fun `when nothing is found it says so`() {
        list()
        rule.onNodeWithText("找住户", substring = true).performTextInput("没有这户")
        rule.onNodeWithText("没有找到", substring = true).assertIsDisplayed()
    }

    @Test
    fun `a household shows what is to be done there and what was found`() {
        page("h1")
        rule.onNodeWithText("走访独居老人").performScrollTo().performClick()
        rule.onNodeWithText("1 个情况").performScrollTo().performClick()
        rule.onNodeWithContentDescription("修改住户").performClick()
        rule.onNodeWithText("安排走访").performClick()
        assertEquals(listOf("t1", "r1", "edit", "visit"), done)
    }

    @Test
    fun `a household that was never visited says so`() {
        page("h3")
        rule.onNodeWithText("还没有见过面").assertExists()
        rule.onNodeWithText("还没有走访记录。").assertExists()
    }

    @Test
    fun `a new household is entered with consent where that is needed`() {
        form(null)
        type("小区或街巷门牌（必填）", "大儒巷 20 号")
        assertTrue(rule.onAllNodesWithText("谁同意的（必填）").fetchSemanticsNodes().isEmpty())
        rule.onNodeWithText("独居，希望有人上门看看").performScrollTo().performClick()
        type("谁同意的（必填）", "赵阿姨")
        rule.onNodeWithText("独居走访和照料").performScrollTo().performClick()
        rule.onNodeWithText("保存").performClick()
        rule.waitForIdle()
        val household =
            core.world.value.households
                .last()
                .household
        assertEquals("大儒巷 20 号" to true, household.address to household.alone)
        assertEquals(Consent("赵阿姨", "独居走访和照料", "2026-11-24", null), household.consent)
        assertEquals(listOf("h4"), done)
    }

    @Test
    fun `what is typed is kept`() {
        form(null)
        type("小区或街巷门牌（必填）", "大儒巷")
        rule.waitForIdle()
        assertEquals("大儒巷", HouseholdDraft.read(drafts.kept.value.getValue("household/new")).address)
    }

    @Test
    fun `consent that is withdrawn takes with it what it covered`() {
        form("h1")
        rule.onNodeWithText("撤回同意").performScrollTo().performClick()
        rule.onNodeWithText("撤回并删除").performClick()
        rule.waitForIdle()
        val household =
            core.world.value.households
                .first { it.id == "h1" }
                .household
        assertNull(household.care)
        assertNull(household.consent)
        assertEquals(false, household.alone)
        assertTrue(rule.onAllNodesWithText("听力不好，敲门请重一些").fetchSemanticsNodes().isEmpty())
    }
}
