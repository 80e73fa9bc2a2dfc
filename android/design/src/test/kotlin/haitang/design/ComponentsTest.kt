package haitang.design

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Add
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import haitang.testing.ScreenTest
import haitang.testing.accessibilityTroubles
import haitang.testing.assertAccessible
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.RuntimeEnvironment

class ComponentsTest : ScreenTest() {
    @Test
    fun `every component is large enough and says what it is`() {
        show { Everything() }
        rule.assertAccessible(rule.density)
    }

    @Test
    fun `in elder mode targets are 60`() {
        show(Look(dark = false, elder = true)) { Everything() }
        rule.assertAccessible(rule.density, 60.dp)
    }

    @Test
    fun `at twice the text size nothing is cut`() {
        RuntimeEnvironment.setFontScale(2f)
        show(Look(dark = false, elder = true)) { Everything() }
        rule.assertAccessible(rule.density, 60.dp)
    }

    @Test
    fun `a small target is found, with its words`() {
        show { Box(Modifier.size(30.dp, 80.dp).clickable {}) { Text("小") } }
        assertEquals(listOf("is 30.0.dp x 80.0.dp, less than 60.0.dp: 小"), rule.accessibilityTroubles(60.dp, rule.density))
    }

    @Test
    fun `what says nothing is found`() {
        show { Box(Modifier.size(80.dp).clickable {}) { Icon(Icons.Filled.Add, null) } }
        val found = rule.accessibilityTroubles(48.dp, rule.density).single()
        assertTrue(found, found.startsWith("can be pressed but says nothing"))
    }

    @Test
    fun `a cut text is found`() {
        show {
            Column {
                Text("这一句话比它的地方长得多", Modifier.width(60.dp), maxLines = 1, overflow = TextOverflow.Ellipsis)
                Text("这一句话比它的地方高得多", Modifier.size(60.dp, 20.dp))
                Text("这一句放得下")
            }
        }
        assertEquals(
            listOf("a part of it cannot be seen: 这一句话比它的地方长得多", "a part of it cannot be seen: 这一句话比它的地方高得多"),
            rule.accessibilityTroubles(48.dp, rule.density),
        )
    }

    @Test
    fun `what was pushed off a screen that does not scroll is found, and what can be scrolled to is not`() {
        show {
            Column(Modifier.fillMaxSize()) {
                Box(Modifier.height(700.dp))
                SecondaryButton("够不着", {})
            }
        }
        val found = rule.accessibilityTroubles(48.dp, rule.density)
        assertTrue("$found", found.any { "够不着" in it })
    }

    @Test
    fun `what can be scrolled to is no trouble`() {
        show {
            Column(Modifier.fillMaxSize().verticalScroll(rememberScrollState())) {
                Box(Modifier.height(700.dp))
                SecondaryButton("够得着", {})
            }
        }
        rule.onNodeWithText("够得着").assertExists()
        rule.assertAccessible(rule.density)
    }

    @Test
    fun `a reason can be given in elder mode, and the dialog comes to rest`() {
        show(Look(dark = false, elder = true)) { designShots.last().second() }
        rule.onNodeWithText("照片看不清").assertExists()
        rule.assertAccessible(rule.density, 60.dp)
    }

    @Composable
    private fun Everything() = designShots.first().second()
}
