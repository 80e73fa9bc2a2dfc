package haitang.app

import android.graphics.Bitmap
import android.graphics.Canvas
import android.os.SystemClock
import android.view.View
import android.view.ViewGroup
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getAllSemanticsNodes
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.core.view.children
import androidx.test.core.app.ActivityScenario
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import haitang.bridge.Core
import haitang.bridge.Loaded
import haitang.bridge.PhoneCore
import haitang.bridge.coreVersion
import haitang.bridge.fake.FakeCore
import haitang.design.HaitangTheme
import haitang.design.Look
import haitang.platform.KeyGuard
import haitang.platform.KeyWrapper
import haitang.platform.LocalDevices
import haitang.testing.City
import haitang.testing.FakeDevices
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.junit.Assume.assumeTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import uniffi.haitang.HomePage
import uniffi.haitang.Phone
import uniffi.haitang.TaskOrder
import java.io.File
import java.util.Locale

/**
 * The shell's figures, each beside its floor: run by `scripts/bench android`, and skipped by every other run. The folder that the system
 * property `haitang.bench` names holds the phone to measure on (`haitang-bench make-phone`); the lines go into `figures` in it. What each
 * is: docs/benches.md.
 */
@RunWith(AndroidJUnit4::class)
@Config(sdk = [35], qualifiers = PHONE, application = TestApplication::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class BenchTest {
    /** Gives the composition its frames. */
    @get:Rule val rule = createEmptyComposeRule()

    private val devices = FakeDevices()
    private val folder = File(System.getProperty("haitang.bench").orEmpty())
    private val phoneFolder get() = File(folder, "phone").path
    private val app get() = ApplicationProvider.getApplicationContext<TestApplication>()

    @Before
    fun begin() = assumeTrue("only for scripts/bench android", folder.path.isNotEmpty())

    @Test
    fun measure() {
        File(folder, "figures").delete()
        val library = timed { runBlocking { coreVersion() } }
        var opening = 0L
        val cold =
            today {
                val begun = System.nanoTime()
                PhoneCore.open(phoneFolder, City.KEY).also { opening = System.nanoTime() - begun }
            }
        detail("android_today: the first time ${ms(cold)}, ${ms(opening)} of it to open the core; before it ${ms(library)} for the library")
        measureToday()
        runBlocking { withContext(Dispatchers.IO) { measureCalls() } }
    }

    /** The app from opening the core until its first screen is drawn; floor: over the fake, with the same page. */
    private fun measureToday() {
        val real: suspend () -> Core = { PhoneCore.open(phoneFolder, City.KEY) }
        val same = FakeCore().apply { home.page.value = Loaded.Value(homePage()) }
        val runs = List(WARM_STARTS + STARTS) { today(real) to today { same } }.drop(WARM_STARTS)
        figure("android_today", median(runs.map { it.first }), median(runs.map { it.second }))
    }

    private fun homePage(): HomePage = runBlocking { withContext(Dispatchers.IO) { Phone.open(phoneFolder, City.KEY).use { it.home() } } }

    /** Nanoseconds from opening to having drawn. */
    private fun today(open: suspend () -> Core): Long {
        val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main.immediate)
        var opened: Core? = null
        val door =
            CoreDoor(
                folder = File(phoneFolder),
                guard = KeyGuard(File(app.cacheDir, "key"), NoWrapper) { false },
                openCore = { _, _ -> open().also { opened = it } },
                keepAside = { _, _ -> error("opens") },
                scope = scope,
                elapsed = SystemClock::elapsedRealtime,
            )
        ActivityScenario.launch(ComponentActivity::class.java).use { scenario ->
            lateinit var activity: ComponentActivity
            scenario.onActivity { activity = it }
            val view = activity.window.decorView
            val took =
                timed {
                    door.open()
                    activity.setContent { App(door) }
                    val begun = System.nanoTime()
                    while (!view.shows(FIRST_TASK)) {
                        check(System.nanoTime() - begun < GIVEN_UP) { "the day's tasks are not seen, but ${view.texts()}" }
                        rule.waitForIdle()
                    }
                    view.draw(Canvas(Bitmap.createBitmap(view.width, view.height, Bitmap.Config.ARGB_8888)))
                }
            scope.cancel()
            return took.also { runBlocking { withContext(Dispatchers.IO) { (opened as? AutoCloseable)?.close() } } }
        }
    }

    @Composable
    private fun App(door: CoreDoor) {
        HaitangTheme(Look(dark = false)) {
            CompositionLocalProvider(LocalDevices provides devices) {
                HaitangApp(door, app.preferences, biometrics = false)
            }
        }
    }

    private fun View.shows(text: String) = texts().any { text in it }

    /** All that is on screen. */
    private fun View.texts(): List<String> =
        when (this) {
            is ViewRootForTest -> {
                semanticsOwner.getAllSemanticsNodes(mergingEnabled = false).flatMap { node ->
                    node.config
                        .getOrNull(SemanticsProperties.Text)
                        .orEmpty()
                        .map { it.text }
                }
            }

            is ViewGroup -> {
                children.toList().flatMap { it.texts() }
            }

            else -> {
                listOf()
            }
        }

    /** What each screen's one call takes from Kotlin; floor: the same call inside Rust. The rest is the boundary. */
    private fun measureCalls() {
        val inside = insideRust()
        Phone.open(phoneFolder, City.KEY).use { phone ->
            val last = phone.tasks(TaskOrder.DUE, null).last().id
            val calls =
                listOf<Pair<String, () -> Any>>(
                    "home" to { phone.home() },
                    "tasks" to { phone.tasks(TaskOrder.DUE, null) },
                    "activities" to { phone.activities(null) },
                    "households" to { phone.households(null, null) },
                    "notices" to { phone.notices(null) },
                    "studies" to { phone.studies() },
                    "papers" to { phone.papers() },
                    "outbox" to { phone.waiting() },
                    "tasks_next" to { phone.tasks(TaskOrder.DUE, last).also { check(it.size == ROWS) } },
                )
            for ((screen, call) in calls) {
                repeat(WARM_CALLS) { call() }
                val took = median(List(CALLS) { timed { call() } })
                val floor = inside.getValue(screen)
                figure(if (screen == "tasks_next") "android_page" else "android_boundary_$screen", took, floor)
                detail("$screen: the boundary costs ${ms(took - floor)}")
            }
        }
    }

    private fun insideRust(): Map<String, Long> {
        val program = File(System.getProperty("haitang.server").orEmpty()).resolveSibling("haitang-bench").path
        val asked = ProcessBuilder(program, "ask-phone", phoneFolder).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        val lines = asked.inputStream.bufferedReader().readLines()
        check(asked.waitFor() == 0) { "$lines" }
        return lines.associate { it.substringBefore('\t') to (it.substringAfter('\t').toDouble() * NANOS).toLong() }
    }

    private inline fun timed(work: () -> Unit): Long {
        val start = System.nanoTime()
        work()
        return System.nanoTime() - start
    }

    private fun median(nanos: List<Long>) = nanos.sorted()[nanos.size / 2]

    private fun ms(nanos: Long) = "%.3f ms".format(Locale.ROOT, nanos / NANOS)

    private fun figure(
        name: String,
        value: Long,
        floor: Long,
    ) {
        val (measured, least) = listOf(value, floor).map { it / NANOS }
        write("%s\t%.3f\tms\t%.3f\t%.2f".format(Locale.ROOT, name, measured, least, measured / least))
    }

    private fun detail(text: String) = write("# $text")

    private fun write(line: String) = File(folder, "figures").appendText("$line\n")

    private object NoWrapper : KeyWrapper {
        override fun wrap(secret: ByteArray) = secret.copyOf()

        override fun unwrap(wrapped: ByteArray) = wrapped.copyOf()
    }

    private companion object {
        const val WARM_STARTS = 8
        const val STARTS = 21
        const val WARM_CALLS = 200
        const val CALLS = 200
        const val ROWS = 50
        const val NANOS = 1e6
        const val GIVEN_UP = 10_000_000_000L

        /** What the tasks of the town's grid are called. */
        const val FIRST_TASK = "走访"
    }
}

/** An ordinary phone, on which the day's first tasks are seen without scrolling. */
private const val PHONE = "zh-rCN-w411dp-h891dp-port-xhdpi"
