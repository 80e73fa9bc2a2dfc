package haitang.features.lock

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.IntrinsicSize
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.filled.ArrowBack
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.disabled
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.onClick
import androidx.compose.ui.semantics.role
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.max
import haitang.design.Haitang

/** How many digits are entered, never which. A screen reader is told the number after each. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun Entered(
    digits: Int,
    modifier: Modifier = Modifier,
) {
    val said = if (digits == 0) stringResource(R.string.lock_entered_none) else pluralStringResource(R.plurals.lock_entered, digits, digits)
    FlowRow(
        modifier
            .heightIn(min = 24.dp)
            .clearAndSetSemantics {
                contentDescription = said
                liveRegion = LiveRegionMode.Polite
            },
        horizontalArrangement = Arrangement.spacedBy(12.dp, Alignment.CenterHorizontally),
        verticalArrangement = Arrangement.spacedBy(8.dp),
    ) {
        repeat(maxOf(digits, SHORTEST)) { at ->
            val dot = Modifier.size(16.dp)
            if (at < digits) {
                Box(dot.background(MaterialTheme.colorScheme.primary, CircleShape))
            } else {
                Box(dot.border(2.dp, MaterialTheme.colorScheme.outline, CircleShape))
            }
        }
    }
}

/** Ten large keys, and one that deletes. The system's keyboard is not used: its keys are small, and it may remember. */
@Composable
internal fun PinPad(
    enabled: Boolean,
    onDigit: (Char) -> Unit,
    onDelete: () -> Unit,
    modifier: Modifier = Modifier,
) {
    Column(modifier.widthIn(max = 400.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
        listOf("123", "456", "789").forEach { row ->
            Row(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
                row.forEach { Digit(it, enabled, onDigit, Modifier.weight(1f)) }
            }
        }
        Row(Modifier.height(IntrinsicSize.Min), horizontalArrangement = Arrangement.spacedBy(8.dp)) {
            Box(Modifier.weight(1f))
            Digit('0', enabled, onDigit, Modifier.weight(1f))
            Key(stringResource(R.string.lock_delete), enabled, onDelete, Modifier.weight(1f).fillMaxHeight()) {
                Icon(Icons.AutoMirrored.Filled.ArrowBack, null, Modifier.size(Haitang.measures.icon))
            }
        }
    }
}

@Composable
private fun Digit(
    digit: Char,
    enabled: Boolean,
    onDigit: (Char) -> Unit,
    modifier: Modifier,
) = Key(digit.toString(), enabled, { onDigit(digit) }, modifier) { Text(digit.toString(), style = MaterialTheme.typography.displaySmall) }

@Composable
private fun Key(
    label: String,
    enabled: Boolean,
    onPress: () -> Unit,
    modifier: Modifier,
    content: @Composable () -> Unit,
) {
    Surface(
        onPress,
        modifier
            .fillMaxWidth()
            .heightIn(min = max(Haitang.measures.target, 56.dp))
            .clearAndSetSemantics {
                contentDescription = label
                role = Role.Button
                if (!enabled) disabled()
                onClick {
                    if (enabled) onPress()
                    enabled
                }
            },
        enabled = enabled,
        shape = RoundedCornerShape(16.dp),
        color = MaterialTheme.colorScheme.surfaceContainerHigh,
        contentColor = if (enabled) MaterialTheme.colorScheme.onSurface else MaterialTheme.colorScheme.outline,
    ) { Box(contentAlignment = Alignment.Center) { content() } }
}

/** What the core asks of a PIN at least and at most, for the dots and the keys; the core judges. */
internal const val SHORTEST = 6
internal const val LONGEST = 12
