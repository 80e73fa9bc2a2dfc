package haitang.features.settings

import android.content.Context
import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsNotEnabled
import androidx.compose.ui.test.assertIsOn
import androidx.compose.ui.test.assertIsSelected
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.test.core.app.ApplicationProvider
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeLockCore
import haitang.platform.Darkness
import haitang.platform.Language
import haitang.platform.Preferences
import haitang.testing.ScreenTest
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test

class SettingsScreenTest : ScreenTest() {
    private val lock = FakeLockCore()
    private val preferences by lazy { Preferences(ApplicationProvider.getApplicationContext<Context>()) }
    private val pressed = mutableListOf<String>()

    private fun settings(
        biometrics: Boolean = true,
        reminders: Boolean = false,
    ) {
        val model = SettingsViewModel(preferences, lock)
        model.refresh()
        show {
            val state by model.state.collectAsStateWithLifecycle()
            SettingsScreen(
                state,
                biometrics,
                reminders,
                SettingsActions(
                    change = model::change,
                    lockAfter = model::lockAfter,
                    setPin = { pressed += "set" },
                    changePin = { pressed += "change" },
                    removePin = { pressed += "remove" },
                    askReminders = { pressed += "reminders" },
                    battery = { pressed += "battery" },
                    myData = { pressed += "data" },
                    about = { pressed += "about" },
                    messageShown = model::messageShown,
                    back = {},
                ),
            )
        }
    }

    private fun press(text: String) = rule.onNodeWithText(text).performScrollTo().performClick()

    private val now get() = preferences.preferred.value

    @Test
    fun `elder mode is the first thing and one tap`() {
        settings()
        rule.onNodeWithText("关怀模式").assertIsDisplayed().performClick()
        rule.onNodeWithText("关怀模式").assertIsOn()
        assertTrue(now.elder)
    }

    @Test
    fun `the text grows by a quarter, up to twice`() {
        settings()
        press("字大一点")
        rule.onNodeWithText("字号 125%").assertExists()
        repeat(3) { press("字大一点") }
        assertEquals(200, now.textPercent)
        rule.onNodeWithText("字大一点").assertIsNotEnabled()
    }

    @Test
    fun `language and darkness are chosen`() {
        settings()
        press("English")
        press("总是深色")
        rule.onNodeWithText("总是深色").assertIsSelected()
        assertEquals(Language.English to Darkness.Dark, now.language to now.darkness)
    }

    @Test
    fun `data is saved when asked for`() {
        settings()
        press("省流量")
        assertTrue(now.dataSaver)
    }

    @Test
    fun `a phone without a PIN says what that means and offers one`() {
        settings()
        rule.onNodeWithText("没有设密码", substring = true).performScrollTo().assertIsDisplayed()
        press("设置密码")
        assertEquals(listOf("set"), pressed)
        rule.onNodeWithText("用指纹或面容打开").assertDoesNotExist()
    }

    @Test
    fun `with a PIN a finger may stand in for it, and when it is asked for is chosen`() {
        lock.pin = "281736"
        settings()
        press("用指纹或面容打开")
        assertTrue(now.biometrics)
        rule.onNodeWithText("1 分钟").performScrollTo().assertIsSelected()
        press("5 分钟")
        assertEquals(300_000L, runBlocking { lock.lockAfterMs() })
        press("更换密码")
        press("取消密码")
        assertEquals(listOf("change", "remove"), pressed)
    }

    @Test
    fun `a phone without a finger enrolled says so`() {
        lock.pin = "281736"
        settings(biometrics = false)
        rule.onNodeWithText("这部手机没有录入指纹或面容").performScrollTo().assertIsDisplayed()
        rule.onNodeWithText("用指纹或面容打开").assertIsNotEnabled()
    }

    @Test
    fun `a PIN that was removed takes the finger with it`() {
        preferences.change { it.copy(biometrics = true) }
        settings()
        rule.waitForIdle()
        assertFalse(now.biometrics)
    }

    @Test
    fun `reminders that are off say what they are for`() {
        settings()
        rule.onNodeWithText("任务到期、班次和活动开始前一小时提醒").performScrollTo().assertIsDisplayed()
        press("打开提醒")
        assertEquals(listOf("reminders"), pressed)
    }

    @Test
    fun `a failure is told in a sentence`() {
        lock.failure = Failure(FailureKind.DiskFull, "disk_full")
        settings()
        rule.onNodeWithText("手机存储空间满了", substring = true).assertIsDisplayed()
    }

    @Test
    fun `a phone that has no such page says where to look`() {
        show { BatteryScreen("1. 找到“海棠”\n2. 允许自启动", unrestricted = false, onOpen = { false }, onBack = {}) }
        rule.onNodeWithText("2. 允许自启动").assertIsDisplayed()
        rule.onNodeWithText("打开手机的设置页面").performClick()
        rule.onNodeWithText("请到“设置”里搜索“电池”", substring = true).performScrollTo().assertIsDisplayed()
    }

    @Test
    fun `the versions and the licences can be read`() {
        show { AboutScreen("0.1.0", "0.1.0-core", onLicences = { pressed += "licences" }, onBack = {}) }
        rule.onNodeWithText("0.1.0-core").assertIsDisplayed()
        press("开放源代码许可")
        assertEquals(listOf("licences"), pressed)
    }

    @Test
    fun `a build without a list of licences says so`() {
        show { LicencesScreen("", {}) }
        rule.onNodeWithText("许可清单不在这个版本里。").assertIsDisplayed()
    }
}
