package haitang.features.directory

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollToNode
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.fake.FakeDirectoryCore
import haitang.testing.ScreenTest
import haitang.testing.write
import org.junit.Assert.assertEquals
import org.junit.Test
import uniffi.haitang.MemberItem

class OrgTest : ScreenTest() {
    private val core = FakeDirectoryCore()
    private val opened = mutableListOf<String>()

    private fun org(id: String? = null) {
        val model = OrgViewModel(core, id)
        show {
            val state by model.state.collectAsStateWithLifecycle()
            OrgScreen(
                state,
                model::search,
                model::more,
                onMember = { opened += it },
                onOrg = { opened += it },
                onTransfers = { opened += "transfers" },
                onBack = {},
            )
        }
        rule.waitForIdle()
    }

    private fun scrollTo(text: String) = rule.onNode(hasScrollToNodeAction()).performScrollToNode(hasText(text))

    private fun search(text: String) {
        rule.onNode(hasSetTextAction()).write(text)
        rule.waitForIdle()
    }

    @Test
    fun `the holder's own org comes first, with its secretary and the orgs below`() {
        org()
        rule.onNodeWithText("大儒巷社区").assertIsDisplayed()
        scrollTo("书记")
        scrollTo("大儒巷第一支部")
        rule.onNodeWithText("大儒巷第一支部").performClick()
        assertEquals(listOf("o2"), opened)
    }

    @Test
    fun `people are found by characters, pinyin and initials as it is typed`() {
        org()
        for (text in listOf("陆", "lumei", "LMF")) {
            search(text)
            rule.onNodeWithText("陆美芳").assertIsDisplayed()
            rule.onNodeWithText("王秀英").assertDoesNotExist()
        }
        rule.onNodeWithText("陆美芳").performClick()
        assertEquals(listOf("m2"), opened)
    }

    @Test
    fun `a search that finds nobody says what to try, and an empty one shows the org again`() {
        org()
        search("zzz")
        rule.onNodeWithText("没有找到").assertIsDisplayed()
        search("")
        rule.onNodeWithText("大儒巷社区").assertIsDisplayed()
    }

    @Test
    fun `those who wait to be received are told on top`() {
        org()
        rule.onNodeWithText("1 位成员等您接收").performClick()
        assertEquals(listOf("transfers"), opened)
    }

    @Test
    fun `another org has neither search nor transfers`() {
        org("o2")
        rule.onNode(hasSetTextAction()).assertDoesNotExist()
        rule.onNodeWithText("1 位成员等您接收").assertDoesNotExist()
    }

    @Test
    fun `an org of hundreds is scrolled through to its last`() {
        core.people.value = Loaded.Value(List(230) { MemberItem("p$it", "成员 $it", "大儒巷社区", null) })
        org("o1")
        for (near in listOf(49, 99, 149, 199, 229)) {
            scrollTo("成员 $near")
            rule.waitForIdle()
        }
        rule.onNodeWithText("成员 229").assertIsDisplayed()
    }

    @Test
    fun `an org without members says so`() {
        core.people.value = Loaded.Value(emptyList())
        org("o2")
        scrollTo("这部手机上还没有这个组织的成员。")
    }

    @Test
    fun `a failure is told in a sentence`() {
        core.people.value = Loaded.Failed(Failure(FailureKind.Corrupt, "corrupt"))
        org()
        rule.onNodeWithText("本机的数据库损坏了", substring = true).assertIsDisplayed()
    }
}
