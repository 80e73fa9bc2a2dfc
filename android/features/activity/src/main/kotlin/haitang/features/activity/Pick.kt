package haitang.features.activity

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.ArrowDropDown
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedCard
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import haitang.design.ChinaZone
import haitang.design.ChoiceRow
import haitang.design.Haitang
import haitang.design.QuietButton
import haitang.design.clockText
import haitang.design.dayOf
import haitang.design.dayText
import java.time.LocalDate
import java.time.LocalTime
import haitang.design.R as DesignR

/** One of a list that is too long to stand in a form: shows what is chosen, and opens the list. */
@Composable
internal fun <T> PickRow(
    label: String,
    chosen: T,
    options: List<T>,
    text: @Composable (T) -> String,
    onPick: (T) -> Unit,
    modifier: Modifier = Modifier,
    error: String? = null,
) {
    var open by rememberSaveable { mutableStateOf(false) }
    Column(modifier.fillMaxWidth()) {
        OutlinedCard({ open = true }, Modifier.fillMaxWidth()) {
            Row(
                Modifier.fillMaxWidth().heightIn(min = Haitang.measures.target).padding(horizontal = 16.dp, vertical = 8.dp),
                verticalAlignment = Alignment.CenterVertically,
            ) {
                Column(Modifier.weight(1f)) {
                    Text(label, style = MaterialTheme.typography.labelMedium, color = MaterialTheme.colorScheme.onSurfaceVariant)
                    Text(text(chosen), style = MaterialTheme.typography.bodyLarge)
                }
                Icon(Icons.Filled.ArrowDropDown, null)
            }
        }
        if (error != null) {
            Text(error, Modifier.padding(horizontal = 16.dp), MaterialTheme.colorScheme.error, style = MaterialTheme.typography.bodySmall)
        }
    }
    if (open) {
        PickDialog(label, chosen, options, text, { open = false }) {
            open = false
            onPick(it)
        }
    }
}

@Composable
private fun <T> PickDialog(
    title: String,
    chosen: T,
    options: List<T>,
    text: @Composable (T) -> String,
    onDismiss: () -> Unit,
    onPick: (T) -> Unit,
) {
    // Begins a little above what is chosen, so that one sees that there is more on both sides.
    val list = rememberLazyListState((options.indexOf(chosen) - 2).coerceAtLeast(0))
    AlertDialog(
        onDismissRequest = onDismiss,
        title = { Text(title) },
        text = { LazyColumn(state = list) { items(options) { ChoiceRow(text(it), it == chosen, { onPick(it) }) } } },
        confirmButton = { QuietButton(stringResource(DesignR.string.cancel), onDismiss) },
    )
}

/** A day and a time of day, each picked from a list: no typing, and nothing small to be hit. */
@Composable
internal fun MomentRows(
    dayLabel: String,
    timeLabel: String,
    moment: Long,
    now: Long,
    onChange: (Long) -> Unit,
    error: String? = null,
) {
    val day = dayOf(moment)
    val time = LocalTime.parse(clockText(moment))
    val today = dayOf(now)
    PickRow(
        dayLabel,
        day,
        (DAYS_BACK..DAYS_AHEAD).map { today.plusDays(it) }.let { if (day in it) it else (it + day).sorted() },
        { dayText(startOf(it), now) },
        { onChange(momentOf(it, time)) },
    )
    PickRow(timeLabel, time, (QUARTERS + time).distinct().sorted(), { it.toString() }, { onChange(momentOf(day, it)) }, error = error)
}

internal fun startOf(day: LocalDate): Long = momentOf(day, LocalTime.MIDNIGHT)

private fun momentOf(
    day: LocalDate,
    time: LocalTime,
): Long =
    day
        .atTime(time)
        .atZone(ChinaZone)
        .toInstant()
        .toEpochMilli()

private const val DAYS_BACK = -120L
private const val DAYS_AHEAD = 180L

/** From six in the morning until eleven at night. */
private val QUARTERS = (6 * 4 until 23 * 4).map { LocalTime.of(it / 4, it % 4 * 15) }
