package haitang.app

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsNodeInteraction
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performScrollToNode
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.performTextReplacement
import androidx.test.core.app.ActivityScenario
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import haitang.testing.City
import haitang.testing.SMALL_PHONE
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import uniffi.haitang.NewReport
import uniffi.haitang.Phone

/** The whole app over the real core and a real server: enrolled, cut off, worked with, killed, synced, refused, shut out. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AndroidJUnit4::class)
@Config(sdk = [35], qualifiers = SMALL_PHONE, application = TestApplication::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class AppStoryTest {
    @get:Rule val rule = createEmptyComposeRule()

    @get:Rule val folder = TemporaryFolder()

    private lateinit var city: City
    private lateinit var scenario: ActivityScenario<MainActivity>
    private val app get() = ApplicationProvider.getApplicationContext<TestApplication>()

    @Before
    fun begin() {
        city = City(folder.root.toPath())
        city.online()
        scenario = ActivityScenario.launch(MainActivity::class.java)
    }

    @After
    fun end() {
        scenario.close()
        city.close()
    }

    private fun await(
        text: String,
        seconds: Long = 20,
    ): SemanticsNodeInteraction {
        rule.waitUntil(seconds * SECOND_MS) { rule.onAllNodesWithText(text, substring = true).fetchSemanticsNodes().isNotEmpty() }
        return rule.onAllNodesWithText(text, substring = true).onFirst()
    }

    private fun gone(text: String) =
        rule.waitUntil(20 * SECOND_MS) { rule.onAllNodesWithText(text, substring = true).fetchSemanticsNodes().isEmpty() }

    private fun press(text: String) = await(text).performClick()

    private fun scrollTo(text: String) = rule.onNode(hasScrollToNodeAction()).performScrollToNode(hasText(text, substring = true))

    private fun enrol(person: String) {
        press("手动输入登记码")
        rule.onNode(hasSetTextAction() and hasText("服务器地址", substring = true)).performTextReplacement(city.url)
        rule.onNode(hasSetTextAction() and hasText("登记码", substring = true)).performTextInput(city.code(person))
        rule.onNode(hasText("登记") and !hasSetTextAction()).performScrollTo().performClick()
        press("开始使用")
        await("扫码签到")
        // The first sync has brought what there is to do.
        rule.waitUntil(30 * SECOND_MS) { rule.onAllNodesWithText("第一次同步还没有完成", substring = true).fetchSemanticsNodes().isEmpty() }
    }

    @Test
    fun `a grid worker works with no network, is killed, and loses nothing`() {
        enrol("worker_a")
        city.offline()
        press("任务")
        val visit = "上门"
        await(visit)
        await("入户", 5)
    }
}

private const val SECOND_MS = 1_000L
