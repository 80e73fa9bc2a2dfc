package haitang.features.lock

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavController
import androidx.navigation.NavGraphBuilder
import androidx.navigation.compose.composable
import haitang.bridge.LockCore
import haitang.platform.BiometricWords
import haitang.platform.LocalBiometrics
import kotlinx.coroutines.launch

/** Where the PIN is set, changed and removed. */
object LockRoutes {
    const val SET = "lock/set"
    const val CHANGE = "lock/change"
    const val REMOVE = "lock/remove"
}

/** The pages of the PIN, reached from the settings. */
fun NavGraphBuilder.lockGraph(
    nav: NavController,
    core: LockCore,
) {
    val pages = mapOf(LockRoutes.SET to PinTask.Set, LockRoutes.CHANGE to PinTask.Change, LockRoutes.REMOVE to PinTask.Remove)
    pages.forEach { (route, task) ->
        composable(route) {
            val model = viewModel { SetPinViewModel(core, task) }
            val state by model.state.collectAsStateWithLifecycle()
            SetPinScreen(
                state,
                onDigit = model::digit,
                onDelete = model::delete,
                onNext = model::next,
                onDone = { nav.popBackStack() },
                onBack = { nav.popBackStack() },
            )
        }
    }
}

/**
 * The lock over everything, shown by the app in place of its pages.
 *
 * @param key a new one for each time the app is locked, so that an earlier opening does not count
 * @param biometrics whether the person wants to open by finger or face
 */
@Composable
fun LockGate(
    core: LockCore,
    key: String,
    biometrics: Boolean,
    onOpen: () -> Unit,
) {
    val model = viewModel(key = "lock/$key") { UnlockViewModel(core) }
    val state by model.state.collectAsStateWithLifecycle()
    val sensor = LocalBiometrics.current
    val scope = rememberCoroutineScope()
    val words = BiometricWords(stringResource(R.string.lock_biometric_title), stringResource(R.string.lock_biometric_cancel))
    val ask: (() -> Unit)? =
        if (biometrics && sensor.available) {
            { scope.launch { model.biometrics(sensor.confirm(words)) } }
        } else {
            null
        }
    LaunchedEffect(key) { ask?.invoke() }
    UnlockScreen(state, model::digit, model::delete, model::enter, onOpen, ask)
}
