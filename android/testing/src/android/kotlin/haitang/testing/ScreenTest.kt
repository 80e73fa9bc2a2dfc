package haitang.testing

import androidx.compose.runtime.Composable
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import haitang.design.HaitangTheme
import haitang.design.Look
import org.junit.Rule
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** A test of single screens on a small phone in Chinese: [show] one, then look at it and press what is there. */
@RunWith(AndroidJUnit4::class)
@Config(sdk = [35], qualifiers = SMALL_PHONE)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
abstract class ScreenTest {
    @get:Rule val rule = createComposeRule()

    /** Puts one screen on. */
    fun show(
        look: Look = Look(dark = false),
        content: @Composable () -> Unit,
    ) = rule.setContent { HaitangTheme(look, content) }
}

/** A cheap phone of 5 inches, in Chinese. */
const val SMALL_PHONE = "zh-rCN-w360dp-h640dp-port-xhdpi"

/** A tablet, in Chinese. */
const val TABLET = "zh-rCN-w800dp-h1280dp-port-xhdpi"
