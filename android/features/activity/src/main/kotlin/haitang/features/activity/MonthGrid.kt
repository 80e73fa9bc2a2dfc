package haitang.features.activity

import android.text.format.DateFormat
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.filled.KeyboardArrowLeft
import androidx.compose.material.icons.automirrored.filled.KeyboardArrowRight
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalConfiguration
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import haitang.design.Haitang
import haitang.design.IconAction
import haitang.design.dayText
import java.time.DayOfWeek
import java.time.LocalDate
import java.time.YearMonth
import java.time.format.DateTimeFormatter
import java.time.format.TextStyle
import java.util.Locale

/** The name of a month, with the way to the one before and the one after. */
@Composable
internal fun MonthBar(
    month: YearMonth,
    onMonth: (YearMonth) -> Unit,
    modifier: Modifier = Modifier,
) {
    Row(modifier.fillMaxWidth(), Arrangement.SpaceBetween, Alignment.CenterVertically) {
        IconAction(Icons.AutoMirrored.Filled.KeyboardArrowLeft, stringResource(R.string.activity_month_before), {
            onMonth(month.minusMonths(1))
        })
        Text(
            monthFormat(locale()).format(month),
            Modifier.weight(1f).semantics {
                heading()
                liveRegion = LiveRegionMode.Polite
            },
            style = MaterialTheme.typography.titleLarge,
            textAlign = TextAlign.Center,
        )
        IconAction(Icons.AutoMirrored.Filled.KeyboardArrowRight, stringResource(R.string.activity_month_after), {
            onMonth(month.plusMonths(1))
        })
    }
}

/** A month, week by week from Monday. A dot says that there is something on a day; the words for it are read aloud. */
@Composable
internal fun MonthGrid(
    month: YearMonth,
    chosen: LocalDate,
    now: Long,
    today: LocalDate,
    counts: Map<LocalDate, Int>,
    onDay: (LocalDate) -> Unit,
    modifier: Modifier = Modifier,
) {
    val first = month.atDay(1)
    val start = first.minusDays((first.dayOfWeek.value - 1).toLong())
    val weeks = (0L until WEEKS_MAX).map { start.plusWeeks(it) }.filter { it <= month.atEndOfMonth() }
    Column(modifier.fillMaxWidth()) {
        // Each day says itself which day of the week it is.
        Row(Modifier.clearAndSetSemantics {}) {
            DayOfWeek.entries.forEach {
                Text(
                    it.getDisplayName(TextStyle.NARROW, locale()),
                    Modifier.weight(1f),
                    MaterialTheme.colorScheme.onSurfaceVariant,
                    textAlign = TextAlign.Center,
                    style = MaterialTheme.typography.labelMedium,
                )
            }
        }
        weeks.forEach { monday ->
            Row {
                for (offset in 0L until 7L) {
                    val day = monday.plusDays(offset)
                    if (YearMonth.from(day) == month) {
                        Day(day, day == chosen, day == today, now, counts[day] ?: 0, { onDay(day) }, Modifier.weight(1f))
                    } else {
                        Box(Modifier.weight(1f))
                    }
                }
            }
        }
    }
}

@Composable
private fun Day(
    day: LocalDate,
    isChosen: Boolean,
    isToday: Boolean,
    now: Long,
    count: Int,
    onChoose: () -> Unit,
    modifier: Modifier,
) {
    val colors = MaterialTheme.colorScheme
    val (back, front) = if (isChosen) colors.primary to colors.onPrimary else Color.Transparent to colors.onSurface
    val none = stringResource(R.string.activity_none_on_day)
    val held = if (count > 0) pluralStringResource(R.plurals.activity_on_day, count, count) else none
    val said = "${dayText(startOf(day), now)} $held"
    val shape = MaterialTheme.shapes.small
    Column(
        modifier
            .heightIn(min = Haitang.measures.target)
            .padding(1.dp)
            .clip(shape)
            .background(back)
            .then(if (isToday) Modifier.border(2.dp, colors.primary, shape) else Modifier)
            .selectable(isChosen, role = Role.Button, onClick = onChoose)
            .semantics { contentDescription = said },
        Arrangement.Center,
        Alignment.CenterHorizontally,
    ) {
        Text(day.dayOfMonth.toString(), Modifier.clearAndSetSemantics {}, front, style = MaterialTheme.typography.bodyLarge)
        val dot =
            when {
                count == 0 -> Color.Transparent
                isChosen -> front
                else -> colors.primary
            }
        Box(Modifier.size(8.dp).clip(CircleShape).background(dot))
    }
}

@Composable
internal fun locale(): Locale = LocalConfiguration.current.locales[0] ?: Locale.SIMPLIFIED_CHINESE

private fun monthFormat(locale: Locale) = DateTimeFormatter.ofPattern(DateFormat.getBestDateTimePattern(locale, "yMMMM"), locale)

private const val WEEKS_MAX = 6L
