package haitang.design

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.material3.Button
import androidx.compose.material3.ButtonDefaults
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp

private val Inside = PaddingValues(horizontal = 20.dp, vertical = 10.dp)

/** What the screen is for: one a screen. While [busy] it cannot be pressed a second time. */
@Composable
fun PrimaryButton(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    enabled: Boolean = true,
    busy: Boolean = false,
    icon: ImageVector? = null,
) {
    // What cannot be pressed yet can be read all the same.
    val colors =
        ButtonDefaults.buttonColors(
            disabledContainerColor = MaterialTheme.colorScheme.surfaceContainerHighest,
            disabledContentColor = MaterialTheme.colorScheme.onSurfaceVariant,
        )
    Button(onClick, modifier.heightIn(min = Haitang.measures.target), enabled && !busy, colors = colors, contentPadding = Inside) {
        Inner(text, icon, busy)
    }
}

/** Whatever else can be done. */
@Composable
fun SecondaryButton(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    enabled: Boolean = true,
    busy: Boolean = false,
    icon: ImageVector? = null,
) {
    val alive = enabled && !busy
    val colors = MaterialTheme.colorScheme
    OutlinedButton(
        onClick,
        modifier.heightIn(min = Haitang.measures.target),
        enabled = alive,
        // By itself it is grey, and looks as if it could not be pressed.
        colors = ButtonDefaults.outlinedButtonColors(contentColor = colors.primary),
        border = BorderStroke(1.dp, if (alive) colors.outline else colors.outlineVariant),
        contentPadding = Inside,
    ) {
        Inner(text, icon, busy)
    }
}

/** What is done seldom, and what cannot be undone ([harmful]). */
@Composable
fun QuietButton(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    enabled: Boolean = true,
    harmful: Boolean = false,
    icon: ImageVector? = null,
) {
    val colors =
        if (harmful) {
            ButtonDefaults.textButtonColors(contentColor = MaterialTheme.colorScheme.error)
        } else {
            ButtonDefaults.textButtonColors()
        }
    TextButton(onClick, modifier.heightIn(min = Haitang.measures.target), enabled = enabled, colors = colors) {
        Inner(text, icon, false)
    }
}

/** An icon that says what it does to those who do not see it. */
@Composable
fun IconAction(
    icon: ImageVector,
    label: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    enabled: Boolean = true,
) {
    IconButton(onClick, modifier.size(Haitang.measures.target), enabled = enabled) {
        Icon(icon, label, Modifier.size(Haitang.measures.icon))
    }
}

@Composable
private fun Inner(
    text: String,
    icon: ImageVector?,
    busy: Boolean,
) {
    if (busy) {
        CircularProgressIndicator(Modifier.size(20.dp), strokeWidth = 2.dp)
        Spacer(Modifier.width(8.dp))
    } else if (icon != null) {
        Icon(icon, null, Modifier.size(Haitang.measures.icon))
        Spacer(Modifier.width(8.dp))
    }
    Text(text, textAlign = TextAlign.Center)
}
