package haitang.features.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import haitang.design.ChoiceRow
import haitang.design.SecondaryButton
import haitang.design.SectionTitle
import haitang.design.SwitchRow
import haitang.platform.Darkness
import haitang.platform.Language
import haitang.platform.Preferences
import haitang.platform.Preferred

/** Elder mode, text size, dark, language. */
@Composable
internal fun LookSection(
    preferred: Preferred,
    change: ((Preferred) -> Preferred) -> Unit,
) {
    SectionTitle(stringResource(R.string.settings_look))
    SwitchRow(
        stringResource(R.string.settings_elder),
        preferred.elder,
        { on -> change { it.copy(elder = on) } },
        detail = stringResource(R.string.settings_elder_hint),
    )
    TextSize(preferred.textPercent) { percent -> change { it.copy(textPercent = percent) } }
    SectionTitle(stringResource(R.string.settings_dark))
    Choices(
        listOf(
            Darkness.System to R.string.settings_dark_system,
            Darkness.Light to R.string.settings_dark_light,
            Darkness.Dark to R.string.settings_dark_dark,
        ),
        preferred.darkness,
    ) { darkness -> change { it.copy(darkness = darkness) } }
    SectionTitle(stringResource(R.string.settings_language))
    Choices(
        listOf(
            Language.System to R.string.settings_language_system,
            Language.Chinese to R.string.settings_language_zh,
            Language.English to R.string.settings_language_en,
        ),
        preferred.language,
    ) { language -> change { it.copy(language = language) } }
}

/** Two large buttons in place of a slider, which gloves do not hit. */
@Composable
private fun TextSize(
    percent: Int,
    onChange: (Int) -> Unit,
) {
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        Text(stringResource(R.string.settings_text_value, percent), Modifier.semantics { liveRegion = LiveRegionMode.Polite })
        Text(stringResource(R.string.settings_text_sample))
        Row(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
            SecondaryButton(
                stringResource(R.string.settings_text_smaller),
                { onChange(percent - STEP) },
                Modifier.weight(1f),
                enabled = percent > Preferences.TEXT_PERCENT.first,
            )
            SecondaryButton(
                stringResource(R.string.settings_text_larger),
                { onChange(percent + STEP) },
                Modifier.weight(1f),
                enabled = percent < Preferences.TEXT_PERCENT.last,
            )
        }
    }
}

@Composable
internal fun <T> Choices(
    choices: List<Pair<T, Int>>,
    chosen: T,
    onChoose: (T) -> Unit,
) {
    Column(Modifier.fillMaxWidth()) {
        choices.forEach { (choice, text) -> ChoiceRow(stringResource(text), choice == chosen, { onChoose(choice) }) }
    }
}

private const val STEP = 25
