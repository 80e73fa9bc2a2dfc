package haitang.features.sync

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.filled.KeyboardArrowRight
import androidx.compose.material.icons.filled.CheckCircle
import androidx.compose.material.icons.filled.Refresh
import androidx.compose.material.icons.filled.Warning
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.onClick
import androidx.compose.ui.semantics.role
import androidx.compose.ui.unit.dp
import haitang.design.Haitang
import uniffi.haitang.SyncPhase
import uniffi.haitang.SyncState

/** Always on screen, in words: how much is not yet on the server, and why. Pressed, it opens the whole story. */
@Composable
fun SyncLine(
    state: SyncState,
    onOpen: () -> Unit,
    modifier: Modifier = Modifier,
) {
    val text = lineText(state)
    val said = stringResource(R.string.sync_line_open, text)
    val pressing = stopOf(state.phase) != null
    val icon =
        when {
            pressing -> Icons.Filled.Warning
            state.phase == SyncPhase.Idle && state.unsent == 0uL -> Icons.Filled.CheckCircle
            else -> Icons.Filled.Refresh
        }
    val colors = Haitang.status
    val (back, front) =
        when {
            pressing && state.unsent > 0u -> colors.soon to colors.onSoon
            state.unsent == 0uL && !pressing -> colors.fine to colors.onFine
            else -> MaterialTheme.colorScheme.surfaceContainerHighest to MaterialTheme.colorScheme.onSurface
        }
    Surface(modifier.fillMaxWidth(), color = back, contentColor = front) {
        Row(
            Modifier
                .clickable(onClick = onOpen)
                // Not announced at every change: a sync counts up many times a second.
                .clearAndSetSemantics {
                    contentDescription = said
                    role = Role.Button
                    onClick {
                        onOpen()
                        true
                    }
                }.heightIn(min = Haitang.measures.target)
                .padding(horizontal = Haitang.measures.edge, vertical = 4.dp),
            horizontalArrangement = Arrangement.spacedBy(8.dp),
            verticalAlignment = Alignment.CenterVertically,
        ) {
            Icon(icon, null, Modifier.size(20.dp))
            Text(text, Modifier.weight(1f), style = MaterialTheme.typography.labelMedium)
            Icon(Icons.AutoMirrored.Filled.KeyboardArrowRight, null)
        }
    }
}
