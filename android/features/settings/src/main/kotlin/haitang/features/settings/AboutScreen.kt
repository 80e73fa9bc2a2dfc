package haitang.features.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import haitang.design.EmptyState
import haitang.design.Fact
import haitang.design.Haitang
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.PrimaryButton
import haitang.design.READABLE
import haitang.design.ReadingColumn
import haitang.design.ReadingList

/** What this is, and which version of it. */
@Composable
fun AboutScreen(
    appVersion: String,
    coreVersion: String,
    onLicences: () -> Unit,
    onBack: () -> Unit,
) {
    HaitangScreen(stringResource(R.string.settings_about), onBack = onBack) { padding ->
        ReadingColumn(Modifier.padding(padding)) {
            Text(stringResource(R.string.settings_about_text))
            Fact(stringResource(R.string.settings_version_app), appVersion)
            Fact(stringResource(R.string.settings_version_core), coreVersion)
            ItemCard(stringResource(R.string.settings_licences), onClick = onLicences)
        }
    }
}

/**
 * The licences of what is inside, paragraph by paragraph: in one piece they would be too long to lay out.
 *
 * @param licences the list that the build made
 */
@Composable
fun LicencesScreen(
    licences: String,
    onBack: () -> Unit,
) {
    HaitangScreen(stringResource(R.string.settings_licences), onBack = onBack) { padding ->
        if (licences.isBlank()) {
            EmptyState(stringResource(R.string.settings_licences_none), Modifier.padding(padding))
        } else {
            val paragraphs = remember(licences) { licences.split("\n\n").filter { it.isNotBlank() } }
            ReadingList(Modifier.padding(padding)) { items(paragraphs) { Text(it.trim(), style = MaterialTheme.typography.bodySmall) } }
        }
    }
}

/**
 * How this vendor's phones are told to let the app work in the background.
 *
 * @param unrestricted the system lets it already
 * @param onOpen opens the vendor's page; whether there was one
 */
@Composable
fun BatteryScreen(
    steps: String,
    unrestricted: Boolean,
    onOpen: () -> Boolean,
    onBack: () -> Unit,
) {
    var none by remember { mutableStateOf(false) }
    HaitangScreen(
        stringResource(R.string.settings_battery_title),
        onBack = onBack,
        bottom = { PrimaryButton(stringResource(R.string.settings_battery_open), { none = !onOpen() }, Modifier.fillMaxWidth()) },
    ) { padding ->
        ReadingColumn(Modifier.padding(padding)) {
            if (unrestricted) Text(stringResource(R.string.settings_battery_ok), style = MaterialTheme.typography.titleMedium)
            Text(stringResource(R.string.settings_battery_text))
            steps.split("\n").forEach { Text(it, style = MaterialTheme.typography.titleMedium) }
            if (none) Text(stringResource(R.string.settings_battery_none), color = MaterialTheme.colorScheme.error)
        }
    }
}
