package haitang.features.enrol

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsNotEnabled
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeCore
import haitang.bridge.fake.FakeEnrolCore
import haitang.platform.LocalDevices
import haitang.testing.FakeDevices
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Test

class EnrolScreenTest : ScreenTest() {
    private val core = FakeEnrolCore().apply { holder = null }
    private val devices = FakeDevices()
    private var saved = SavedStateHandle()
    private val pressed = mutableListOf<String>()

    private fun enrol() {
        val model = EnrolViewModel(core, saved, "荣耀 X50")
        show {
            val state by model.state.collectAsStateWithLifecycle()
            CompositionLocalProvider(LocalDevices provides devices) {
                EnrolScreen(
                    state,
                    EnrolActions(
                        go = model::go,
                        server = model::server,
                        code = model::code,
                        deviceName = model::deviceName,
                        scanned = model::scanned,
                        typed = model::typed,
                        again = model::again,
                        openBrowser = { pressed += "browser" },
                        start = { pressed += "start" },
                    ),
                )
            }
        }
    }

    private fun scan(text: String) {
        rule.onNodeWithText("扫登记码").performClick()
        rule.waitForIdle()
        rule.runOnIdle { devices.scan(text) }
        rule.waitForIdle()
    }

    private fun field(label: String) = rule.onNode(hasSetTextAction() and hasText(label))

    private fun type() {
        rule.onNodeWithText("手动输入登记码").performClick()
        field("服务器地址").performTextInput("haitang.example.cn")
        field("登记码").performTextInput(" 7K2M9PQ4 ")
        rule.onNodeWithText("登记").performScrollTo().performClick()
        rule.waitForIdle()
    }

    private fun scanFails(
        failure: Failure,
        sentence: String,
    ) {
        core.failure = failure
        enrol()
        scan("HTE1:https://haitang.example#7K2M9PQ4")
        rule.onNodeWithText(sentence, substring = true).performScrollTo().assertIsDisplayed()
    }

    @Test
    fun `a scan enrols, greets by name, and lets in`() {
        enrol()
        scan("HTE1:https://haitang.example#7K2M9PQ4")
        assertEquals(listOf("HTE1:https://haitang.example#7K2M9PQ4 荣耀 X50"), core.asked)
        rule.onNodeWithText("周美兰，您好！").assertIsDisplayed()
        rule.onNodeWithText("开始使用").performClick()
        assertEquals(listOf("start"), pressed)
    }

    @Test
    fun `a code can be typed, and the address without its beginning`() {
        enrol()
        type()
        assertEquals(listOf("https://haitang.example.cn 7K2M9PQ4 荣耀 X50"), core.asked)
    }

    @Test
    fun `nothing is tried before all is filled in`() {
        enrol()
        rule.onNodeWithText("手动输入登记码").performClick()
        field("服务器地址").performTextInput("haitang.example.cn")
        rule.onNodeWithText("登记").performScrollTo().assertIsNotEnabled()
    }

    @Test
    fun `what was typed outlives a killed process`() {
        saved = SavedStateHandle(mapOf("step" to "Type", "server" to "haitang.example.cn", "code" to "7K2M", "device" to "我的手机"))
        enrol()
        field("服务器地址").assertExists()
        rule.onNodeWithText("7K2M").assertExists()
        rule.onNodeWithText("我的手机").assertExists()
    }

    @Test
    fun `every keystroke is kept`() {
        enrol()
        rule.onNodeWithText("手动输入登记码").performClick()
        field("登记码").performTextInput("7K")
        assertEquals("7K", saved.get<String>("code"))
        assertEquals("Type", saved.get<String>("step"))
    }

    @Test
    fun `a QR code of something else says which one to scan`() {
        enrol()
        scan("https://example.com/menu")
        rule.onNodeWithText("这不是登记码", substring = true).assertIsDisplayed()
    }

    @Test
    fun `a used or expired code says to ask for another`() = scanFails(Failure(FailureKind.Server, "bad_code"), "登记码不对、用过了或者过期了")

    @Test
    fun `what was scanned is tried again once there is a network`() {
        scanFails(Failure(FailureKind.Network, "network"), "登记要用网络")
        core.failure = null
        rule.onNodeWithText("再试一次").performScrollTo().performClick()
        rule.onNodeWithText("周美兰，您好！").assertIsDisplayed()
    }

    @Test
    fun `no network says that enrolling needs it`() = scanFails(Failure(FailureKind.Network, "network"), "登记要用网络")

    @Test
    fun `a certificate that cannot be checked asks for the date first`() =
        scanFails(Failure(FailureKind.Network, "bad_certificate"), "请先看看手机的日期和时间对不对")

    @Test
    fun `a server that is newer asks for an update`() = scanFails(Failure(FailureKind.Server, "wrong_version"), "请先升级 App 再登记")

    @Test
    fun `a full phone asks for room`() = scanFails(Failure(FailureKind.DiskFull, "disk_full"), "请清理一些空间再试")

    @Test
    fun `a network that wants a sign-in offers the browser`() {
        scanFails(Failure(FailureKind.Portal, "portal"), "要先在浏览器里登录")
        rule.onNodeWithText("打开浏览器登录").performScrollTo().performClick()
        assertEquals(listOf("browser"), pressed)
    }

    @Test
    fun `an address that is none is told where it was typed`() {
        core.failure = Failure(FailureKind.BadInput, "bad_input")
        enrol()
        type()
        rule.onNodeWithText("服务器地址不对", substring = true).performScrollTo().assertIsDisplayed()
    }
}
