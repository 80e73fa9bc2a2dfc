package haitang.features.study

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.unit.dp

/** How far somebody has come, from 0 to 1. Never alone: words beside it say the same, and they are what is read aloud. */
@Composable
internal fun ProgressBar(part: Float) {
    LinearProgressIndicator(
        { part },
        Modifier.fillMaxWidth().height(8.dp).clearAndSetSemantics {},
        trackColor = MaterialTheme.colorScheme.outlineVariant,
        drawStopIndicator = {},
    )
}
