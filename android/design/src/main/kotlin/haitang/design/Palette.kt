package haitang.design

import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.graphics.Color

// The begonia: its petals, its leaves, and the yellow in its middle. Every pair of a colour and what is written on it has a contrast
// of at least 4.5:1, which a test holds.

internal val LightColors =
    lightColorScheme(
        primary = Color(0xFF9C2B4E),
        onPrimary = Color(0xFFFFFFFF),
        primaryContainer = Color(0xFFFFD9E1),
        onPrimaryContainer = Color(0xFF3F0018),
        inversePrimary = Color(0xFFFFB1C5),
        secondary = Color(0xFF3C6A47),
        onSecondary = Color(0xFFFFFFFF),
        secondaryContainer = Color(0xFFD2EBD5),
        onSecondaryContainer = Color(0xFF07210F),
        tertiary = Color(0xFF7A5700),
        onTertiary = Color(0xFFFFFFFF),
        tertiaryContainer = Color(0xFFFFDFA3),
        onTertiaryContainer = Color(0xFF271900),
        error = Color(0xFFB3261E),
        onError = Color(0xFFFFFFFF),
        errorContainer = Color(0xFFFFDAD5),
        onErrorContainer = Color(0xFF410002),
        background = Color(0xFFFFF8F8),
        onBackground = Color(0xFF22191B),
        surface = Color(0xFFFFF8F8),
        onSurface = Color(0xFF22191B),
        surfaceVariant = Color(0xFFF3DDE1),
        onSurfaceVariant = Color(0xFF514347),
        surfaceTint = Color(0xFF9C2B4E),
        inverseSurface = Color(0xFF382E30),
        inverseOnSurface = Color(0xFFFEECEF),
        outline = Color(0xFF847377),
        outlineVariant = Color(0xFFD6C2C6),
        surfaceBright = Color(0xFFFFF8F8),
        surfaceDim = Color(0xFFE6D6D9),
        surfaceContainerLowest = Color(0xFFFFFFFF),
        surfaceContainerLow = Color(0xFFFFF0F2),
        surfaceContainer = Color(0xFFFBEAEC),
        surfaceContainerHigh = Color(0xFFF5E4E7),
        surfaceContainerHighest = Color(0xFFEFDEE1),
    )

internal val DarkColors =
    darkColorScheme(
        primary = Color(0xFFFFB1C5),
        onPrimary = Color(0xFF5F112F),
        primaryContainer = Color(0xFF7E2945),
        onPrimaryContainer = Color(0xFFFFD9E1),
        inversePrimary = Color(0xFF9C2B4E),
        secondary = Color(0xFFA3D3AC),
        onSecondary = Color(0xFF0B381C),
        secondaryContainer = Color(0xFF245131),
        onSecondaryContainer = Color(0xFFD2EBD5),
        tertiary = Color(0xFFF5BE48),
        onTertiary = Color(0xFF402D00),
        tertiaryContainer = Color(0xFF5C4200),
        onTertiaryContainer = Color(0xFFFFDFA3),
        error = Color(0xFFFFB4AB),
        onError = Color(0xFF690005),
        errorContainer = Color(0xFF93000A),
        onErrorContainer = Color(0xFFFFDAD5),
        background = Color(0xFF191113),
        onBackground = Color(0xFFEFDEE1),
        surface = Color(0xFF191113),
        onSurface = Color(0xFFEFDEE1),
        surfaceVariant = Color(0xFF514347),
        onSurfaceVariant = Color(0xFFD6C2C6),
        surfaceTint = Color(0xFFFFB1C5),
        inverseSurface = Color(0xFFEFDEE1),
        inverseOnSurface = Color(0xFF382E30),
        outline = Color(0xFF9E8C90),
        outlineVariant = Color(0xFF514347),
        surfaceBright = Color(0xFF413739),
        surfaceDim = Color(0xFF191113),
        surfaceContainerLowest = Color(0xFF140C0E),
        surfaceContainerLow = Color(0xFF22191B),
        surfaceContainer = Color(0xFF261D1F),
        surfaceContainerHigh = Color(0xFF31282A),
        surfaceContainerHighest = Color(0xFF3C3235),
    )

/**
 * Colours for how pressing something is. Never the only sign of it: each stands beside a word or an icon.
 *
 * @param late what is over its time, and [onLate] what is written on it
 * @param soon what is due soon
 * @param fine what is done, or on the server
 */
@Immutable
data class StatusColors(
    val late: Color,
    val onLate: Color,
    val soon: Color,
    val onSoon: Color,
    val fine: Color,
    val onFine: Color,
)

internal val LightStatus =
    StatusColors(
        late = Color(0xFFFFDAD5),
        onLate = Color(0xFF410002),
        soon = Color(0xFFFFDFA3),
        onSoon = Color(0xFF271900),
        fine = Color(0xFFD2EBD5),
        onFine = Color(0xFF07210F),
    )

internal val DarkStatus =
    StatusColors(
        late = Color(0xFF93000A),
        onLate = Color(0xFFFFDAD5),
        soon = Color(0xFF5C4200),
        onSoon = Color(0xFFFFDFA3),
        fine = Color(0xFF245131),
        onFine = Color(0xFFD2EBD5),
    )

internal val LocalStatusColors = staticCompositionLocalOf { LightStatus }
