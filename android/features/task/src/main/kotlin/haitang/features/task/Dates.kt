package haitang.features.task

import androidx.compose.material3.DatePicker
import androidx.compose.material3.DatePickerDialog
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.rememberDatePickerState
import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import haitang.design.ChinaZone
import haitang.design.QuietButton
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneOffset

/** The first moment of a day in China. */
internal fun startOf(day: LocalDate): Long = day.atStartOfDay(ChinaZone).toInstant().toEpochMilli()

/** The last whole second of a day in China. */
internal fun endOf(day: LocalDate): Long = startOf(day.plusDays(1)) - SECOND_MS

private const val SECOND_MS = 1_000L

/** Asks for a day. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
internal fun DayDialog(
    day: LocalDate,
    onDay: (LocalDate) -> Unit,
    onDismiss: () -> Unit,
) {
    // The picker counts in days of UTC.
    val state = rememberDatePickerState(day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli())
    DatePickerDialog(
        onDismissRequest = onDismiss,
        confirmButton = {
            QuietButton(
                stringResource(haitang.design.R.string.ok),
                {
                    state.selectedDateMillis?.let { onDay(Instant.ofEpochMilli(it).atZone(ZoneOffset.UTC).toLocalDate()) }
                    onDismiss()
                },
            )
        },
        dismissButton = { QuietButton(stringResource(haitang.design.R.string.cancel), onDismiss) },
    ) { DatePicker(state) }
}
