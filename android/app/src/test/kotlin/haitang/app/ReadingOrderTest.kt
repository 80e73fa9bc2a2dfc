package haitang.app

import android.os.Bundle
import android.view.View
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.isRoot
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import haitang.design.HaitangTheme
import haitang.design.Look
import haitang.features.home.homeShots
import haitang.features.lock.lockShots
import haitang.features.task.taskShots
import haitang.platform.LocalDevices
import haitang.testing.FakeDevices
import haitang.testing.SMALL_PHONE
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** In which order TalkBack reads a screen to somebody who swipes from thing to thing, as the platform is told. */
@RunWith(AndroidJUnit4::class)
@Config(sdk = [35], qualifiers = SMALL_PHONE)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class ReadingOrderTest {
    @get:Rule val rule = createAndroidComposeRule<ComponentActivity>()

    private fun read(content: @Composable () -> Unit): List<String> {
        rule.runOnUiThread {
            rule.activity.setContent {
                HaitangTheme(Look(dark = false)) { CompositionLocalProvider(LocalDevices provides FakeDevices(), content) }
            }
        }
        (rule.onNode(isRoot()).fetchSemanticsNode().root as ViewRootForTest).forceAccessibilityForTesting(true)
        rule.waitForIdle()
        val root = rule.onNode(isRoot()).fetchSemanticsNode()
        val view = (root.root as ViewRootForTest).view
        val nodes = everythingUnder(root).associateBy { it.id }
        val next = nodes.keys.mapNotNull { id -> before(view, id)?.let { id to it } }.toMap()
        val order = generateSequence((next.keys - next.values.toSet()).single()) { next[it] }
        return order.mapNotNull { nodes[it]?.let(::words) }.filter { it.isNotEmpty() }.toList()
    }

    /** Before which thing this one is read. */
    private fun before(
        view: View,
        id: Int,
    ): Int? {
        val provider = view.accessibilityNodeProvider
        val info = provider.createAccessibilityNodeInfo(id) ?: return null
        provider.addExtraDataToAccessibilityNodeInfo(id, info, TRAVERSAL, Bundle())
        return info.extras.getInt(TRAVERSAL, NONE).takeIf { it != NONE }
    }

    private fun everythingUnder(node: SemanticsNode): List<SemanticsNode> = listOf(node) + node.children.flatMap(::everythingUnder)

    private fun words(node: SemanticsNode): String =
        (
            node.config.getOrNull(SemanticsProperties.ContentDescription).orEmpty() +
                node.config
                    .getOrNull(SemanticsProperties.Text)
                    .orEmpty()
                    .map { it.text }
        ).joinToString(" ")

    private fun shot(
        shots: List<Pair<String, @Composable () -> Unit>>,
        name: String,
    ) = shots.first { it.first == name }.second

    @Test
    fun `today is read from the greeting to what waits`() {
        val read = read(shot(homeShots, "home"))
        assertTrue("$read", read.first().contains("早上好"))
        assertEquals(
            "$read",
            read.sortedBy {
                ORDER
                    .indexOfFirst { part ->
                        it.contains(part)
                    }.takeIf { at -> at >= 0 } ?: ORDER.size
            },
            read,
        )
    }

    @Test
    fun `a task is read from its name to what can be done`() {
        val read = read(shot(taskShots, "task-patrol"))
        assertEquals("返回", read.first())
        assertTrue("$read", read.last().contains("回报"))
    }

    @Test
    fun `the keys of the PIN are read in their order`() {
        val read = read(shot(lockShots, "lock"))
        val digits = read.filter { it.length == 1 && it[0].isDigit() }
        assertEquals("$read", (1..9).map { "$it" } + "0", digits)
    }

    private companion object {
        const val TRAVERSAL = "android.view.accessibility.extra.EXTRA_DATA_TEST_TRAVERSALBEFORE_VAL"
        const val NONE = -1
        val ORDER = listOf("早上好", "大儒巷", "扫码签到", "写活动记实", "等您处理")
    }
}
