package haitang.design

import androidx.compose.material3.Typography
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.LineBreak
import androidx.compose.ui.text.style.LineHeightStyle
import androidx.compose.ui.unit.TextUnit
import androidx.compose.ui.unit.sp

// Chinese characters fill their square, so lines stand further apart than Latin ones would, and nothing is smaller than 13.

private fun style(
    size: TextUnit,
    weight: FontWeight = FontWeight.Normal,
) = TextStyle(
    fontSize = size,
    lineHeight = size * 1.5f,
    fontWeight = weight,
    lineBreak = LineBreak.Paragraph,
    lineHeightStyle = LineHeightStyle(LineHeightStyle.Alignment.Center, LineHeightStyle.Trim.None),
)

private fun type(
    display: TextUnit,
    headline: TextUnit,
    title: TextUnit,
    body: TextUnit,
    label: TextUnit,
) = Typography(
    displayLarge = style(display, FontWeight.SemiBold),
    displayMedium = style(display, FontWeight.SemiBold),
    displaySmall = style(display, FontWeight.SemiBold),
    headlineLarge = style(headline, FontWeight.SemiBold),
    headlineMedium = style(headline, FontWeight.SemiBold),
    headlineSmall = style(headline, FontWeight.SemiBold),
    titleLarge = style(headline, FontWeight.SemiBold),
    titleMedium = style(title, FontWeight.Medium),
    titleSmall = style(title, FontWeight.Medium),
    bodyLarge = style(body),
    bodyMedium = style(body),
    bodySmall = style(label),
    labelLarge = style(body, FontWeight.Medium),
    labelMedium = style(label, FontWeight.Medium),
    labelSmall = style(label, FontWeight.Medium),
)

internal val PlainType = type(display = 30.sp, headline = 20.sp, title = 18.sp, body = 16.sp, label = 14.sp)

/** Body 20, up to 30: as large as a national guideline for older people asks, and larger where the person sets a text size. */
internal val ElderType = type(display = 36.sp, headline = 26.sp, title = 22.sp, body = 20.sp, label = 18.sp)

/** For what stands in the middle: lines of about the same length, so that the last is not a single character. */
fun TextStyle.balanced() = copy(lineBreak = LineBreak.Heading)
