package haitang.features.directory

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeDirectoryCore
import haitang.bridge.fake.FakeEnrolCore
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Test

class MemberTest : ScreenTest() {
    private val core = FakeDirectoryCore()
    private val done = mutableListOf<String>()

    private fun member(id: String): MemberViewModel {
        val model = MemberViewModel(core, id, "查看联系方式")
        show {
            val state by model.state.collectAsStateWithLifecycle()
            MemberScreen(state, { done += "call $it" }, { done += "org $it" }, { done += "enrol" }, model::told, {})
        }
        rule.waitForIdle()
        return model
    }

    private fun enrolment() {
        val model = EnrolmentViewModel(core, FakeEnrolCore(), "m2")
        show {
            val state by model.state.collectAsStateWithLifecycle()
            EnrolmentScreen(state, model::ask, {})
        }
        rule.waitForIdle()
    }

    @Test
    fun `somebody is called by one tap`() {
        member("m2")
        rule.onNodeWithText("打电话").performClick()
        assertEquals(listOf("call 13800000002"), done)
    }

    @Test
    fun `looking at somebody is noted once, and the person who looks is told`() {
        member("m2")
        core.people.value = core.people.value
        rule.waitForIdle()
        assertEquals(listOf("m2" to "查看联系方式"), core.looks)
        rule.onNodeWithText("对方能在“我的数据”里看到", substring = true).performScrollTo().assertIsDisplayed()
    }

    @Test
    fun `one's own page is no look, and has nothing to call`() {
        member("m1")
        assertEquals(emptyList<Any>(), core.looks)
        rule.onNodeWithText("这是您自己").assertIsDisplayed()
        rule.onNodeWithText("打电话").assertDoesNotExist()
    }

    @Test
    fun `somebody without a number has no button to call`() {
        member("m3")
        rule.onNodeWithText("没有留电话").assertIsDisplayed()
        rule.onNodeWithText("打电话").assertDoesNotExist()
    }

    @Test
    fun `a device that makes no calls says so`() {
        val model = member("m2")
        model.noDialler()
        rule.onNodeWithText("这台设备不能打电话。").assertIsDisplayed()
    }

    @Test
    fun `only those who keep people's entries can enrol a phone`() {
        core.mayEdit = false
        member("m2")
        rule.onNodeWithText("生成登记码").assertDoesNotExist()
    }

    @Test
    fun `a code is one tap away for those who may`() {
        member("m2")
        rule.onNodeWithText("生成登记码").performScrollTo().performClick()
        assertEquals(listOf("enrol"), done)
    }

    @Test
    fun `a code can be scanned, read aloud, and says until when it is good`() {
        enrolment()
        rule.onNodeWithText("陆美芳的手机").assertIsDisplayed()
        rule.onNodeWithContentDescription("登记用的二维码").performScrollTo().assertIsDisplayed()
        rule.onNodeWithText("K7QM-3XPA-9TDN").performScrollTo().assertIsDisplayed()
        rule.onNodeWithText("https://haitang.example").performScrollTo().assertIsDisplayed()
        rule.onNodeWithText("有效到", substring = true).performScrollTo().assertIsDisplayed()
    }

    @Test
    fun `without a network it says why there is no code, and tries again when asked`() {
        core.failure = Failure(FailureKind.Network, "network")
        enrolment()
        rule.onNodeWithText("生成登记码要连上网络", substring = true).assertIsDisplayed()
        core.failure = null
        rule.onNodeWithText("再试一次").performClick()
        rule.onNodeWithText("K7QM-3XPA-9TDN").performScrollTo().assertIsDisplayed()
        rule.onNodeWithText("https://haitang.example").performScrollTo().assertIsDisplayed()
    }

    @Test
    fun `somebody who is gone is told in a sentence`() {
        member("nowhere")
        rule.onNodeWithText("找不到这条内容", substring = true).assertIsDisplayed()
    }
}
