package haitang.features.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import haitang.design.Haitang
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.READABLE
import haitang.design.SectionTitle
import haitang.design.SwitchRow
import haitang.design.failureText
import haitang.platform.Preferred

/** What a person can do in the settings. */
class SettingsActions(
    val change: ((Preferred) -> Preferred) -> Unit,
    val lockAfter: (Long) -> Unit,
    val setPin: () -> Unit,
    val changePin: () -> Unit,
    val removePin: () -> Unit,
    val askReminders: () -> Unit,
    val battery: () -> Unit,
    val myData: () -> Unit,
    val about: () -> Unit,
    val messageShown: () -> Unit,
    val back: () -> Unit,
)

/**
 * All settings on one page, the most needed first.
 *
 * @param biometrics whether this phone has a finger or a face enrolled
 * @param reminders whether the system lets reminders through
 */
@Composable
fun SettingsScreen(
    state: SettingsState,
    biometrics: Boolean,
    reminders: Boolean,
    act: SettingsActions,
) {
    HaitangScreen(
        stringResource(R.string.settings_title),
        onBack = act.back,
        message = state.failure?.let { failureText(it) },
        onMessageShown = act.messageShown,
    ) { padding ->
        Box(Modifier.padding(padding).fillMaxSize(), Alignment.TopCenter) {
            Column(
                Modifier.widthIn(max = READABLE).verticalScroll(rememberScrollState()).padding(Haitang.measures.edge),
                verticalArrangement = Arrangement.spacedBy(8.dp),
            ) {
                LookSection(state.preferred, act.change)
                SectionTitle(stringResource(R.string.settings_data))
                SwitchRow(
                    stringResource(R.string.settings_data_saver),
                    state.preferred.dataSaver,
                    { on -> act.change { it.copy(dataSaver = on) } },
                    detail = stringResource(R.string.settings_data_saver_hint),
                )
                SafetySection(state, biometrics, act)
                BackgroundSection(reminders, act)
                SectionTitle(stringResource(R.string.settings_more))
                ItemCard(
                    stringResource(R.string.settings_my_data),
                    lines = listOf(stringResource(R.string.settings_my_data_hint)),
                    onClick = act.myData,
                )
                ItemCard(stringResource(R.string.settings_about), onClick = act.about)
            }
        }
    }
}
