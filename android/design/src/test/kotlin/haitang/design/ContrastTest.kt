package haitang.design

import androidx.compose.material3.ColorScheme
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.luminance
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

class ContrastTest {
    @Test
    fun `the measure is that of WCAG`() {
        assertEquals(21.0, contrast(Color.White, Color.Black), 0.01)
        // The grey that is just enough on white, by WCAG's own examples.
        assertEquals(4.54, contrast(Color(0xFF767676), Color.White), 0.01)
    }

    @Test
    fun `what is written can be read on everything it is written on, in the light`() = check(LightColors, LightStatus)

    @Test
    fun `what is written can be read on everything it is written on, in the dark`() = check(DarkColors, DarkStatus)

    private fun check(
        colors: ColorScheme,
        status: StatusColors,
    ) {
        val surfaces =
            with(colors) {
                mapOf(
                    "background" to background,
                    "surface" to surface,
                    "surfaceBright" to surfaceBright,
                    "surfaceDim" to surfaceDim,
                    "surfaceContainerLowest" to surfaceContainerLowest,
                    "surfaceContainerLow" to surfaceContainerLow,
                    "surfaceContainer" to surfaceContainer,
                    "surfaceContainerHigh" to surfaceContainerHigh,
                    "surfaceContainerHighest" to surfaceContainerHighest,
                )
            }
        val pairs =
            with(colors) {
                listOf(
                    Triple("onPrimary on primary", onPrimary, primary),
                    Triple("onPrimaryContainer on primaryContainer", onPrimaryContainer, primaryContainer),
                    Triple("onSecondary on secondary", onSecondary, secondary),
                    Triple("onSecondaryContainer on secondaryContainer", onSecondaryContainer, secondaryContainer),
                    Triple("onTertiary on tertiary", onTertiary, tertiary),
                    Triple("onTertiaryContainer on tertiaryContainer", onTertiaryContainer, tertiaryContainer),
                    Triple("onError on error", onError, error),
                    Triple("onErrorContainer on errorContainer", onErrorContainer, errorContainer),
                    Triple("onSurfaceVariant on surfaceVariant", onSurfaceVariant, surfaceVariant),
                    Triple("onSurface on surfaceVariant", onSurface, surfaceVariant),
                    Triple("inverseOnSurface on inverseSurface", inverseOnSurface, inverseSurface),
                    Triple("inversePrimary on inverseSurface", inversePrimary, inverseSurface),
                    Triple("late", status.onLate, status.late),
                    Triple("soon", status.onSoon, status.soon),
                    Triple("fine", status.onFine, status.fine),
                )
            } +
                surfaces.flatMap { (name, surface) ->
                    with(colors) {
                        listOf(
                            Triple("onSurface on $name", onSurface, surface),
                            Triple("onBackground on $name", onBackground, surface),
                            Triple("onSurfaceVariant on $name", onSurfaceVariant, surface),
                            // The text of quiet buttons and of mistakes.
                            Triple("primary on $name", primary, surface),
                            Triple("error on $name", error, surface),
                        )
                    }
                }
        val faint = pairs.map { (name, on, under) -> name to contrast(on, under) }.filter { it.second < WANTED }
        assertTrue(faint.joinToString { (name, much) -> "%s %.2f".format(name, much) }, faint.isEmpty())
        // The edges of fields and buttons are no texts, but have to be seen.
        surfaces.forEach { (name, surface) ->
            if (name == "surface" || name == "background") {
                assertTrue("outline on $name", contrast(colors.outline, surface) >= WANTED_OF_EDGES)
            }
        }
    }

    private fun contrast(
        one: Color,
        other: Color,
    ): Double {
        val (light, dark) = maxOf(one.luminance(), other.luminance()) to minOf(one.luminance(), other.luminance())
        return (light + 0.05) / (dark + 0.05)
    }

    private companion object {
        const val WANTED = 4.5
        const val WANTED_OF_EDGES = 3.0
    }
}
