package haitang.features.settings

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.produceState
import androidx.compose.runtime.remember
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.LifecycleResumeEffect
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavController
import androidx.navigation.NavGraphBuilder
import androidx.navigation.compose.composable
import haitang.bridge.LockCore
import haitang.design.LoadingState
import haitang.platform.BatteryGuidance
import haitang.platform.LocalBiometrics
import haitang.platform.Preferences
import haitang.platform.rememberNotificationsAsk

/** Where the settings are. */
object SettingsRoutes {
    const val PAGE = "settings"
    const val BATTERY = "settings/battery"
    const val ABOUT = "settings/about"
    const val LICENCES = "settings/licences"
}

/** What is told under "About". */
data class About(
    val appVersion: String,
    val coreVersion: String,
    val licences: String,
)

/** Which page the PIN's is, and others that are not here. */
class SettingsLinks(
    val setPin: () -> Unit,
    val changePin: () -> Unit,
    val removePin: () -> Unit,
    val myData: () -> Unit,
)

/** The settings. */
fun NavGraphBuilder.settingsGraph(
    nav: NavController,
    lock: LockCore,
    preferences: Preferences,
    about: suspend () -> About,
    links: SettingsLinks,
) {
    composable(SettingsRoutes.PAGE) {
        val model = viewModel { SettingsViewModel(preferences, lock) }
        val state by model.state.collectAsStateWithLifecycle()
        val reminders = rememberNotificationsAsk(preferences)
        LifecycleResumeEffect(model) {
            model.refresh()
            onPauseOrDispose { }
        }
        SettingsScreen(
            state,
            LocalBiometrics.current.available,
            reminders.allowed,
            SettingsActions(
                change = model::change,
                lockAfter = model::lockAfter,
                setPin = links.setPin,
                changePin = links.changePin,
                removePin = links.removePin,
                askReminders = reminders::ask,
                battery = { nav.navigate(SettingsRoutes.BATTERY) },
                myData = links.myData,
                about = { nav.navigate(SettingsRoutes.ABOUT) },
                messageShown = model::messageShown,
                back = { nav.popBackStack() },
            ),
        )
    }
    composable(SettingsRoutes.BATTERY) {
        val context = LocalContext.current
        val guidance = remember(context) { BatteryGuidance(context) }
        BatteryScreen(
            stringResource(guidance.vendor.steps),
            guidance.unrestricted(),
            onOpen = guidance::open,
            onBack = { nav.popBackStack() },
        )
    }
    composable(SettingsRoutes.ABOUT) {
        Told(about) {
            AboutScreen(
                it.appVersion,
                it.coreVersion,
                onLicences = { nav.navigate(SettingsRoutes.LICENCES) },
                onBack = { nav.popBackStack() },
            )
        }
    }
    composable(SettingsRoutes.LICENCES) {
        Told(about) { LicencesScreen(it.licences, onBack = { nav.popBackStack() }) }
    }
}

@Composable
private fun Told(
    about: suspend () -> About,
    page: @Composable (About) -> Unit,
) {
    val told by produceState<About?>(null, about) { value = about() }
    told?.let { page(it) } ?: LoadingState()
}
