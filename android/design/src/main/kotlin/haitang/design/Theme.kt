package haitang.design

import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.LocalMinimumInteractiveComponentSize
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Shapes
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp

/**
 * How things look to this person. Language and text size are the activity's, so that dialogs have them too.
 *
 * @param dark `null` follows the system
 * @param elder larger texts and targets, fewer things at once
 */
data class Look(
    val dark: Boolean? = null,
    val elder: Boolean = false,
)

/** The measures that differ in elder mode. */
data class Measures(
    val target: Dp,
    val gap: Dp,
    val edge: Dp,
    val icon: Dp,
)

internal val PlainMeasures = Measures(target = 48.dp, gap = 12.dp, edge = 16.dp, icon = 24.dp)
internal val ElderMeasures = Measures(target = 60.dp, gap = 16.dp, edge = 16.dp, icon = 32.dp)

internal val LocalLook = staticCompositionLocalOf { Look() }
internal val LocalMeasures = staticCompositionLocalOf { PlainMeasures }

/** What Material's theme has no room for. */
object Haitang {
    val measures: Measures
        @Composable @ReadOnlyComposable
        get() = LocalMeasures.current

    val status: StatusColors
        @Composable @ReadOnlyComposable
        get() = LocalStatusColors.current

    val elder: Boolean
        @Composable @ReadOnlyComposable
        get() = LocalLook.current.elder
}

/** The theme around everything. */
@Composable
fun HaitangTheme(
    look: Look = Look(),
    content: @Composable () -> Unit,
) {
    val dark = look.dark ?: isSystemInDarkTheme()
    val measures = if (look.elder) ElderMeasures else PlainMeasures
    CompositionLocalProvider(
        LocalLook provides look,
        LocalMeasures provides measures,
        LocalStatusColors provides if (dark) DarkStatus else LightStatus,
        LocalMinimumInteractiveComponentSize provides measures.target,
    ) {
        MaterialTheme(
            colorScheme = if (dark) DarkColors else LightColors,
            typography = if (look.elder) ElderType else PlainType,
            shapes = Shapes(medium = RoundedCornerShape(16.dp), large = RoundedCornerShape(20.dp)),
            content = content,
        )
    }
}
