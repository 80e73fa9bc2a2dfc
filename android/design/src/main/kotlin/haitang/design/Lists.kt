package haitang.design

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.filled.KeyboardArrowRight
import androidx.compose.material3.Card
import androidx.compose.material3.CardDefaults
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp

/** What a chip says about a thing; each has a colour and always a word. */
enum class Status { Plain, Fine, Soon, Late }

/** A short word about a thing's state. */
@Composable
fun StatusChip(
    text: String,
    status: Status,
    modifier: Modifier = Modifier,
    icon: ImageVector? = null,
) {
    val colors = Haitang.status
    val (back, front) =
        when (status) {
            Status.Plain -> MaterialTheme.colorScheme.surfaceContainerHighest to MaterialTheme.colorScheme.onSurface
            Status.Fine -> colors.fine to colors.onFine
            Status.Soon -> colors.soon to colors.onSoon
            Status.Late -> colors.late to colors.onLate
        }
    Surface(modifier, shape = MaterialTheme.shapes.small, color = back, contentColor = front) {
        Row(Modifier.padding(horizontal = 8.dp, vertical = 2.dp), verticalAlignment = Alignment.CenterVertically) {
            if (icon != null) Icon(icon, null, Modifier.size(16.dp).padding(end = 2.dp))
            // It stands by itself, and begins so where the script has capitals.
            Text(text.replaceFirstChar(Char::uppercase), style = MaterialTheme.typography.labelMedium)
        }
    }
}

/** What comes under one heading. */
@Composable
fun SectionTitle(
    text: String,
    modifier: Modifier = Modifier,
) {
    Text(
        text.replaceFirstChar(Char::uppercase),
        modifier.padding(top = 8.dp).semantics { heading() },
        style = MaterialTheme.typography.titleMedium,
        color = MaterialTheme.colorScheme.primary,
    )
}

/**
 * A line of a list: read as one thing by a screen reader, pressed as one thing.
 *
 * @param lines what else there is to say, each in a line of its own
 * @param count how many there are behind it, and [countStatus] how pressing that is
 * @param chips the states of the thing
 */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun ItemCard(
    title: String,
    modifier: Modifier = Modifier,
    lines: List<String> = emptyList(),
    icon: ImageVector? = null,
    onClick: (() -> Unit)? = null,
    count: String? = null,
    countStatus: Status = Status.Plain,
    chips: (@Composable () -> Unit)? = null,
) {
    val shape = MaterialTheme.shapes.medium
    Card(
        modifier.fillMaxWidth(),
        shape = shape,
        colors = CardDefaults.cardColors(containerColor = MaterialTheme.colorScheme.surfaceContainer),
    ) {
        val pressed =
            if (onClick !=
                null
            ) {
                Modifier.clickable(role = Role.Button, onClick = onClick)
            } else {
                Modifier.semantics(mergeDescendants = true) {}
            }
        Row(
            pressed
                .fillMaxWidth()
                .heightIn(min = Haitang.measures.target)
                .padding(horizontal = 16.dp, vertical = 12.dp),
            horizontalArrangement = Arrangement.spacedBy(12.dp),
            verticalAlignment = Alignment.CenterVertically,
        ) {
            if (icon != null) Icon(icon, null, Modifier.size(Haitang.measures.icon), tint = MaterialTheme.colorScheme.primary)
            Column(Modifier.weight(1f), verticalArrangement = Arrangement.spacedBy(2.dp)) {
                Text(title, style = MaterialTheme.typography.titleMedium)
                lines.filter { it.isNotBlank() }.forEach { Text(it, color = MaterialTheme.colorScheme.onSurfaceVariant) }
                if (chips != null) {
                    FlowRow(
                        Modifier.padding(top = 4.dp),
                        horizontalArrangement = Arrangement.spacedBy(6.dp),
                        verticalArrangement = Arrangement.spacedBy(4.dp),
                    ) { chips() }
                }
            }
            if (count != null) StatusChip(count, countStatus)
            if (onClick != null) {
                Icon(Icons.AutoMirrored.Filled.KeyboardArrowRight, null, tint = MaterialTheme.colorScheme.onSurfaceVariant)
            }
        }
    }
}

/** A fact with its name before it. */
@Composable
fun Fact(
    name: String,
    value: String,
    modifier: Modifier = Modifier,
) {
    Column(modifier.fillMaxWidth().semantics(mergeDescendants = true) {}) {
        Text(name, style = MaterialTheme.typography.labelMedium, color = MaterialTheme.colorScheme.onSurfaceVariant)
        Text(value, style = MaterialTheme.typography.bodyLarge)
    }
}
