package haitang.app

import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.compose.ui.test.onNodeWithText
import androidx.test.ext.junit.runners.AndroidJUnit4
import haitang.bridge.PhoneCore
import haitang.bridge.Loaded
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

@RunWith(AndroidJUnit4::class)
@Config(sdk = [35], qualifiers = "zh-rCN-w411dp-h731dp-xhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class SmokeTest {
    @get:Rule val rule = createAndroidComposeRule<MainActivity>()

    @Test
    fun starts() {
        rule.onNodeWithText("海棠").assertIsDisplayed()
        runBlocking {
            val core = PhoneCore.open(rule.activity.filesDir.resolve("phone").path, ByteArray(32) { 7 })
            val first = core.today.tasks().first()
            check(first is Loaded.Failed) { "$first" }
            println(first)
        }
    }
}
