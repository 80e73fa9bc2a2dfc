package haitang.features.settings

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import haitang.design.ChoiceRow
import haitang.design.ItemCard
import haitang.design.QuietButton
import haitang.design.SecondaryButton
import haitang.design.SectionTitle
import haitang.design.SwitchRow

/** The PIN, when it is asked for, and what may stand in for it. */
@Composable
internal fun SafetySection(
    state: SettingsState,
    biometrics: Boolean,
    act: SettingsActions,
) {
    SectionTitle(stringResource(R.string.settings_safety))
    when (state.hasPin) {
        null -> {}

        false -> {
            Text(stringResource(R.string.settings_pin_none))
            SecondaryButton(stringResource(R.string.settings_pin_set), act.setPin, Modifier.fillMaxWidth())
        }

        true -> {
            SwitchRow(
                stringResource(R.string.settings_biometrics),
                state.preferred.biometrics && biometrics,
                { on -> act.change { it.copy(biometrics = on) } },
                detail = if (biometrics) null else stringResource(R.string.settings_biometrics_none),
                enabled = biometrics,
            )
            Text(stringResource(R.string.settings_lock_after))
            LOCK_AFTER_MINUTES.forEach { minutes ->
                val ms = minutes * MINUTE_MS
                ChoiceRow(minutesText(minutes), state.lockAfterMs == ms, { act.lockAfter(ms) })
            }
            SecondaryButton(stringResource(R.string.settings_pin_change), act.changePin, Modifier.fillMaxWidth())
            QuietButton(stringResource(R.string.settings_pin_remove), act.removePin, Modifier.fillMaxWidth(), harmful = true)
        }
    }
}

@Composable
private fun minutesText(minutes: Long): String =
    when (minutes) {
        0L -> stringResource(R.string.settings_lock_at_once)
        1L -> stringResource(R.string.settings_lock_minute)
        else -> stringResource(R.string.settings_lock_minutes, minutes)
    }

/** Reminders, and being let work in the background. */
@Composable
internal fun BackgroundSection(
    reminders: Boolean,
    act: SettingsActions,
) {
    SectionTitle(stringResource(R.string.settings_background))
    Text(stringResource(if (reminders) R.string.settings_reminders_on else R.string.settings_reminders_off))
    if (!reminders) {
        Text(stringResource(R.string.settings_reminders_hint))
        SecondaryButton(stringResource(R.string.settings_reminders_ask), act.askReminders, Modifier.fillMaxWidth())
    }
    ItemCard(
        stringResource(R.string.settings_battery),
        lines = listOf(stringResource(R.string.settings_battery_hint)),
        onClick = act.battery,
    )
}

private const val MINUTE_MS = 60_000L
private val LOCK_AFTER_MINUTES = listOf(0L, 1L, 5L, 30L)
