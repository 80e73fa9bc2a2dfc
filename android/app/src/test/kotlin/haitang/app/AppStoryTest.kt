package haitang.app

import android.content.Intent
import android.net.Uri
import androidx.compose.ui.test.SemanticsNodeInteraction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onLast
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performScrollToNode
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.performTextReplacement
import androidx.lifecycle.Lifecycle
import androidx.test.core.app.ActivityScenario
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import androidx.test.platform.app.InstrumentationRegistry
import haitang.bridge.Core
import haitang.bridge.valueOrNull
import haitang.testing.City
import haitang.testing.SMALL_PHONE
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import uniffi.haitang.CoreException
import uniffi.haitang.NewReport
import uniffi.haitang.Phone
import java.io.File

/** The whole app over the real core and a real server: enrolled, cut off, worked with, killed, synced, refused, shut out. */
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

    private fun shown(text: String) =
        rule.onAllNodesWithText(text, substring = true).fetchSemanticsNodes().isNotEmpty() ||
            rule.onAllNodes(hasContentDescription(text, substring = true)).fetchSemanticsNodes().isNotEmpty()

    private fun await(
        text: String,
        seconds: Long = 30,
    ) = rule.waitUntil("“$text” is on screen", seconds * SECOND_MS) { shown(text) }

    private fun awaitGone(text: String) = rule.waitUntil("“$text” is gone", 30 * SECOND_MS) { !shown(text) }

    private fun node(text: String): SemanticsNodeInteraction {
        await(text)
        return rule.onAllNodesWithText(text, substring = true).onFirst()
    }

    private fun press(text: String) = node(text).performClick()

    private fun enrol(person: String) {
        press("手动输入登记码")
        rule.onNode(hasSetTextAction() and hasText("服务器地址", substring = true)).performTextReplacement(city.url)
        rule.onNode(hasSetTextAction() and hasText("登记码", substring = true)).performTextInput(city.code(person))
        rule.onNode(hasText("登记") and !hasSetTextAction()).performScrollTo().performClick()
        press("开始使用")
        await("扫码签到")
        awaitGone("第一次同步还没有完成")
    }

    /** Something that the core of the app on screen is asked. */
    private fun <T> core(ask: suspend (Core) -> T): T = runBlocking { ask(checkNotNull(app.door.core()) { "${app.door.state.value}" }) }

    private fun key() = File(app.noBackupFilesDir, "key").readBytes()

    /** Where one of the grid's visits is to be made: no two are at one place. */
    private fun placeOf(visit: Int) =
        core { core ->
            checkNotNull(
                core.task
                    .task(city.visit(visit))
                    .first()
                    .valueOrNull(),
            ) { "visit $visit" }.task.place
        }

    private fun reportVisit(place: String) {
        press("任务")
        await(place.take(2))
        rule.onAllNodes(hasScrollToNodeAction()).onFirst().performScrollToNode(hasText(place, substring = true))
        press(place)
        press("一切正常")
    }

    @Test
    fun `a visit reported with no network outlives a killed app and reaches the server`() {
        enrol("worker_a")
        val place = placeOf(0)
        city.offline()
        reportVisit(place)
        await("1 件未上传")

        // What a kill leaves: the files as they are on the disk at that moment, opened by another core.
        val left = folder.newFolder("left")
        app.phoneFolder.copyRecursively(left, overwrite = true)
        Phone.open(left.path, key()).use { reopened ->
            assertEquals(1uL, reopened.outboxStatus().waiting)
            assertNotNull(reopened.task(city.visit(0)).report)
        }

        city.online()
        await("全部已上传")
        runBlocking { city.enrolled("worker_b").use { phone -> assertNotNull(phone.task(city.visit(0)).report) } }
    }

    @Test
    fun `work that another did first is refused in a sentence, and is handed in as an errand of its own`() {
        enrol("worker_a")
        val place = placeOf(1)
        runBlocking {
            city.enrolled("worker_b").use { second ->
                city.offline()
                reportVisit(place)
                await("1 件未上传")
                second.reportTask(city.visit(1), NewReport(note = "已上门"))
                // The other's phone has a network first.
                scenario.moveToState(Lifecycle.State.CREATED)
                city.online()
                second.sync()
            }
        }
        scenario.moveToState(Lifecycle.State.RESUMED)
        rule.waitUntil("the server refuses it", WAIT_MS) { core { it.sync.outboxNow() }.refused == 1uL }
        rule.onNode(hasContentDescription("点开看同步情况", substring = true)).performClick()
        scrollTo("看未上传的内容").performClick()
        await("情况已经变了")
        scrollTo("改成单独的一件事再交").performClick()
        rule.waitUntil("it is taken", WAIT_MS) { core { it.sync.outboxNow() }.let { now -> now.refused == 0uL && now.waiting == 0uL } }
    }

    @Test
    fun `a phone that is shut out is empty, and says so`() {
        enrol("member")
        city.revoke(core { it.enrol.identity() }.device)
        await("这部手机已停用", seconds = 90)
        Phone.open(app.phoneFolder.path, key()).use { left ->
            assertThrows(CoreException.NotEnrolled::class.java) { left.identity() }
        }
        assertNull(runBlocking { app.door.core() })
    }

    @Test
    fun `a page is opened by its address, while the app runs and when it starts`() {
        enrol("worker_a")
        val places = listOf(placeOf(2), placeOf(3))
        scenario.onActivity { InstrumentationRegistry.getInstrumentation().callActivityOnNewIntent(it, reminder(2)) }
        await("一切正常")
        await(places[0])
        scenario.close()
        scenario = ActivityScenario.launch(reminder(3))
        await("一切正常")
        await(places[1])
    }

    private fun reminder(visit: Int) =
        Intent(Intent.ACTION_VIEW, Uri.parse("haitang://task/${city.visit(visit)}"), app, MainActivity::class.java)

    @Test
    fun `a database that will not open is kept aside, and the phone begins anew`() {
        enrol("worker_a")
        city.offline()
        reportVisit(placeOf(0))
        await("1 件未上传")
        scenario.close()
        (runBlocking { app.door.core() } as AutoCloseable).close()

        val database = File(app.phoneFolder, "haitang.db")
        val damaged = database.readBytes().also { it.fill(7, 0, DAMAGED_BYTES) }
        database.writeBytes(damaged)
        app.restart()
        scenario = ActivityScenario.launch(MainActivity::class.java)
        await("打不开")
        press("保留旧数据，重新登记")
        await("重新登记？")
        rule.onAllNodesWithText("保留旧数据，重新登记").onLast().performClick()
        await("旧数据收在这里")
        val kept =
            app.phoneFolder
                .walkTopDown()
                .filter { it.name == "haitang.db" && it != database }
                .toList()
        assertEquals(1, kept.size)
        assertArrayEquals(damaged, kept.single().readBytes())

        press("去登记")
        city.online()
        enrol("worker_a")
    }

    private fun scrollTo(text: String): SemanticsNodeInteraction {
        await(text.take(2))
        val lists = rule.onAllNodes(hasScrollToNodeAction()).fetchSemanticsNodes()
        if (lists.isNotEmpty()) rule.onAllNodes(hasScrollToNodeAction()).onFirst().performScrollToNode(hasText(text, substring = true))
        return node(text)
    }

    private companion object {
        const val SECOND_MS = 1_000L
        const val WAIT_MS = 60 * SECOND_MS
        const val DAMAGED_BYTES = 4096
    }
}
