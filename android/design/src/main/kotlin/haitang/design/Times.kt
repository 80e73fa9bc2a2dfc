package haitang.design

import androidx.compose.runtime.Composable
import androidx.compose.ui.platform.LocalConfiguration
import androidx.compose.ui.res.stringResource
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.time.temporal.ChronoUnit
import java.util.Locale

/** Everything happens in China, whatever the phone's own zone is set to. */
val ChinaZone: ZoneId = ZoneId.of("Asia/Shanghai")

/** The day in China at a moment in milliseconds since 1970. */
fun dayOf(moment: Long): LocalDate = Instant.ofEpochMilli(moment).atZone(ChinaZone).toLocalDate()

/** Hours and minutes, such as `08:30`. */
fun clockText(moment: Long): String = CLOCK.format(Instant.ofEpochMilli(moment).atZone(ChinaZone))

/** A day as people say it: today, tomorrow, or `11月24日 周二`; with the year where it is another one than that of [now]. */
@Composable
fun dayText(
    moment: Long,
    now: Long = System.currentTimeMillis(),
): String {
    val (day, today) = dayOf(moment) to dayOf(now)
    return when (ChronoUnit.DAYS.between(today, day)) {
        0L -> stringResource(R.string.today)
        1L -> stringResource(R.string.tomorrow)
        -1L -> stringResource(R.string.yesterday)
        else -> DateTimeFormatter.ofPattern(stringResource(pattern(day, today)), currentLocale()).format(day)
    }
}

/** A moment as people say it. */
@Composable
fun momentText(
    moment: Long,
    now: Long = System.currentTimeMillis(),
): String = "${dayText(moment, now)} ${clockText(moment)}"

/** From when to when, on one day or over several. */
@Composable
fun spanText(
    from: Long,
    to: Long,
    now: Long = System.currentTimeMillis(),
): String =
    if (dayOf(from) ==
        dayOf(to)
    ) {
        "${momentText(from, now)}–${clockText(to)}"
    } else {
        "${momentText(from, now)} – ${momentText(to, now)}"
    }

@Composable
private fun currentLocale(): Locale = LocalConfiguration.current.locales[0] ?: Locale.SIMPLIFIED_CHINESE

private fun pattern(
    day: LocalDate,
    today: LocalDate,
) = if (day.year == today.year) R.string.day_pattern else R.string.day_pattern_year

private val CLOCK = DateTimeFormatter.ofPattern("HH:mm")
