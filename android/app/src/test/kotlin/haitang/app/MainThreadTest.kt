package haitang.app

import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.compose.material3.Surface
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onAllNodesWithText
import androidx.navigation.NavHostController
import androidx.navigation.compose.NavHost
import androidx.navigation.compose.rememberNavController
import androidx.test.core.app.ActivityScenario
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import haitang.bridge.PhoneCore
import haitang.design.HaitangTheme
import haitang.design.Look
import haitang.features.home.HomeRoutes
import haitang.platform.LocalDevices
import haitang.testing.City
import haitang.testing.FakeDevices
import haitang.testing.SMALL_PHONE
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import uniffi.haitang.Phone
import uniffi.haitang.TaskOrder
import uniffi.haitang.coreVersion
import java.io.File

/** The core is never called on the main thread: a screen that waits for a disk stands still. */
@RunWith(AndroidJUnit4::class)
@Config(sdk = [35], qualifiers = SMALL_PHONE, application = TestApplication::class, shadows = [CallsToCore::class])
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class MainThreadTest {
    @get:Rule val rule = createEmptyComposeRule()

    @get:Rule val folder = TemporaryFolder()

    private lateinit var city: City
    private val app get() = ApplicationProvider.getApplicationContext<TestApplication>()

    /** What each kind of page is opened with; others with an id that is not there, for a page that finds nothing asks too. */
    private val ids = mutableMapOf<String, String>()

    @Before
    fun begin() {
        city = City(folder.root.toPath())
        city.online()
        app.phoneFolder.mkdirs()
        File(app.noBackupFilesDir, "key").writeBytes(City.KEY)
        runBlocking { withContext(Dispatchers.IO) { Phone.open(app.phoneFolder.path, City.KEY).use { prepare(it) } } }
        CallsToCore.forget()
    }

    @After
    fun end() = city.close()

    private suspend fun prepare(phone: Phone) {
        phone.enrol(city.url, city.code("worker_a"), "worker_a")
        phone.sync()
        val me = phone.whoami()
        ids["member"] = me.id
        ids["org"] = me.orgId
        ids["task"] = phone.tasks(TaskOrder.DUE).first().id
        phone.activities().firstOrNull()?.let { ids["activity"] = it.id }
        phone.households().firstOrNull()?.let { ids["household"] = it.id }
        phone.roster().firstOrNull()?.let { ids["shift"] = it.id }
        phone.routines().firstOrNull()?.let { ids["routine"] = it.id }
        phone.notices().firstOrNull()?.let { ids["notice"] = it.id }
        phone.studies().firstOrNull()?.let { ids["study"] = it.id }
        phone.papers().firstOrNull()?.let { ids["paper"] = it.id }
    }

    private fun assertOffMain(what: String) = assertEquals("$what calls the core on the main thread", listOf<String>(), CallsToCore.onMain)

    @Test
    fun `a call on the main thread would be noticed`() {
        coreVersion()
        assertTrue(CallsToCore.onMain.first(), "coreVersion" in CallsToCore.onMain.first())
    }

    @Test
    fun `opening the app until its first screen is there`() {
        ActivityScenario.launch(MainActivity::class.java).use {
            rule.waitUntil(WAIT_MS) { rule.onAllNodesWithText("扫码签到").fetchSemanticsNodes().isNotEmpty() }
            assertOffMain("the app")
        }
        assertTrue("${CallsToCore.offMain}", CallsToCore.offMain > 0)
    }

    @Test
    fun `every screen there is, opened and left again`() {
        val core = runBlocking { PhoneCore.open(app.phoneFolder.path, City.KEY) }
        lateinit var nav: NavHostController
        ActivityScenario.launch(ComponentActivity::class.java).use { scenario ->
            scenario.onActivity { activity ->
                activity.setContent {
                    nav = rememberNavController()
                    val context = LocalContext.current
                    HaitangTheme(Look(dark = false)) {
                        CompositionLocalProvider(LocalDevices provides FakeDevices()) {
                            Surface {
                                NavHost(nav, HomeRoutes.HOME) {
                                    allScreens(nav, core, app.preferences, FakeDevices(), { aboutOf(context) }, {}, Saver({}, {}))
                                }
                            }
                        }
                    }
                }
            }
            settle()
            val routes = nav.graph.mapNotNull { it.route }
            assertTrue("$routes", routes.size > ROUTES_MIN)
            assertTrue("the first screen asks", CallsToCore.offMain > 0)
            var asking = 0
            for (route in routes) {
                val before = CallsToCore.offMain
                scenario.onActivity { nav.navigate(filled(route)) }
                settle()
                assertOffMain(route)
                if (CallsToCore.offMain > before) asking++
                scenario.onActivity { nav.popBackStack() }
                settle()
                assertOffMain("leaving $route")
            }
            // Setting a PIN or scanning a code begins with asking nothing.
            assertTrue("only $asking of ${routes.size} pages ask the core", asking > ASKING_MIN)
        }
        runBlocking { withContext(Dispatchers.IO) { core.close() } }
    }

    /** Calls end on threads of their own, which no rule knows of. */
    private fun settle() {
        var calls: Int
        do {
            calls = CallsToCore.offMain
            rule.waitForIdle()
            Thread.sleep(SETTLE_MS)
            rule.waitForIdle()
        } while (CallsToCore.offMain != calls)
    }

    private fun filled(route: String): String {
        val kind = route.substringBefore('/').substringBefore('?')
        return ARGUMENT.replace(route.substringBefore('?')) { found ->
            when (found.value) {
                "{seq}" -> "1"
                else -> ids[kind] ?: NOBODY
            }
        }
    }

    private companion object {
        const val WAIT_MS = 20_000L
        const val SETTLE_MS = 20L
        const val ROUTES_MIN = 40
        const val ASKING_MIN = 30
        const val NOBODY = "00000000-0000-7000-8000-000000000000"
        val ARGUMENT = Regex("""\{[^}]+\}""")
    }
}
