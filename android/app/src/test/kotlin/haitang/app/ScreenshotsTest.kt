package haitang.app

import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.asAndroidBitmap
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.test.captureToImage
import androidx.compose.ui.test.isRoot
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.dp
import androidx.core.graphics.withTranslation
import androidx.test.core.app.ActivityScenario
import androidx.test.espresso.AppNotIdleException
import androidx.test.espresso.IdlingPolicies
import androidx.test.ext.junit.runners.AndroidJUnit4
import haitang.design.HaitangTheme
import haitang.design.Look
import haitang.platform.LocalDevices
import haitang.testing.FakeDevices
import haitang.testing.accessibilityTroubles
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Assume.assumeTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import java.io.File
import java.util.concurrent.TimeUnit

/** Goes through all screens: to look at them (scripts/screenshots android), and to hold each to what people need of it. */
@RunWith(AndroidJUnit4::class)
@Config(sdk = [35])
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class ScreenshotsTest {
    @get:Rule val rule = createEmptyComposeRule()

    @Before
    fun `a screen that never comes to rest ends as a failure`() = IdlingPolicies.setMasterPolicyTimeout(SECONDS_TO_REST, TimeUnit.SECONDS)

    @Test
    fun `names are told apart`() =
        assertEquals(
            emptyList<String>(),
            allShots
                .map {
                    it.first
                }.groupBy { it }
                .filterValues { it.size > 1 }
                .keys
                .toList(),
        )

    @Test
    fun `every screen can be pressed and heard`() = walk(Look(dark = false), fontScale = 1f, target = 48)

    @Test
    fun `every screen can be pressed and heard in elder mode`() = walk(Look(dark = false, elder = true), fontScale = 1f, target = 60)

    @Test
    fun `every screen can be read at twice the text size`() = walk(Look(dark = false), fontScale = 2f, target = 48)

    @Test
    fun `pictures for people to look at`() {
        val wanted = System.getenv("HAITANG_SCREENSHOTS").orEmpty()
        assumeTrue("only by scripts/screenshots", wanted.isNotEmpty())
        val folder = File(checkNotNull(System.getProperty("screenshots.dir"))).apply { mkdirs() }
        val pattern = Regex(wanted)
        var count = 0
        for ((language, locale) in LANGUAGES) {
            for ((size, measures) in SIZES) {
                onScreen("$locale-$measures") { put ->
                    for ((name, content) in allShots) {
                        for (dark in listOf(false, true)) {
                            for (elder in listOf(false, true)) {
                                val file = "$name-$language-${if (dark) "dark" else "light"}-${if (elder) "elder" else "normal"}-$size.png"
                                if (!pattern.containsMatchIn(file)) continue
                                put(Look(dark, elder), content)
                                File(folder, file).outputStream().use { picture().compress(Bitmap.CompressFormat.PNG, 100, it) }
                                count++
                            }
                        }
                    }
                }
            }
        }
        assertTrue("nothing is called like $wanted", count > 0)
        println("$count pictures in $folder")
    }

    private fun walk(
        look: Look,
        fontScale: Float,
        target: Int,
    ) {
        val troubles = mutableListOf<String>()
        onScreen("zh-rCN-${SIZES.getValue("phone")}", fontScale) { put ->
            for ((name, content) in allShots) {
                put(look, content)
                val density =
                    Density(
                        RuntimeEnvironment
                            .getApplication()
                            .resources.displayMetrics.density,
                        fontScale,
                    )
                rule.accessibilityTroubles(target.dp, density).mapTo(troubles) { "$name: $it" }
            }
        }
        assertTrue(troubles.joinToString("\n", prefix = "\n"), troubles.isEmpty())
    }

    /** One activity for many screens, put into it one after the other: a fresh one for each would take most of the time. */
    private fun onScreen(
        qualifiers: String,
        fontScale: Float = 1f,
        use: (put: (Look, @Composable () -> Unit) -> Unit) -> Unit,
    ) {
        RuntimeEnvironment.setQualifiers(qualifiers)
        RuntimeEnvironment.setFontScale(fontScale)
        var shown by mutableStateOf<Triple<Int, Look, @Composable () -> Unit>>(Triple(0, Look(), {}))
        ActivityScenario.launch(ComponentActivity::class.java).use { scenario ->
            scenario.onActivity { activity ->
                activity.setContent {
                    val (number, look, content) = shown
                    key(number) {
                        HaitangTheme(look) {
                            CompositionLocalProvider(LocalDevices provides FakeDevices()) {
                                Surface(color = MaterialTheme.colorScheme.background) { Box(Modifier.fillMaxSize()) { content() } }
                            }
                        }
                    }
                }
            }
            use { look, content ->
                shown = Triple(shown.first + 1, look, content)
                rule.waitForIdle()
            }
        }
    }

    /** The screen, and above it the dialogs, in the middle as they are. Each has a window of its own, which is drawn by itself. */
    private fun picture(): Bitmap {
        val roots = rule.onAllNodes(isRoot())
        val windows = roots.fetchSemanticsNodes().mapNotNull { (it.root as? ViewRootForTest)?.view?.rootView }
        val screen = roots[0].captureToImage().asAndroidBitmap().copy(Bitmap.Config.ARGB_8888, true)
        val canvas = Canvas(screen)
        for (window in windows.drop(1)) {
            canvas.drawColor(Color.argb(DIMMED, 0, 0, 0))
            canvas.withTranslation((screen.width - window.width) / 2f, (screen.height - window.height) / 2f) { window.draw(this) }
        }
        return screen
    }

    private companion object {
        const val DIMMED = 0x80
        const val SECONDS_TO_REST = 30L
        val LANGUAGES = mapOf("zh-CN" to "zh-rCN", "en" to "en-rUS")
        val SIZES = mapOf("phone" to "w360dp-h640dp-port-xhdpi", "tablet" to "w800dp-h1280dp-port-xhdpi")
    }
}
