package haitang.features.settings

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.LockCore
import haitang.design.WhileShown
import haitang.platform.Preferences
import haitang.platform.Preferred
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/**
 * What the settings show.
 *
 * @param hasPin nothing while it is being asked
 */
data class SettingsState(
    val preferred: Preferred = Preferred(),
    val hasPin: Boolean? = null,
    val lockAfterMs: Long = 0,
    val failure: Failure? = null,
)

class SettingsViewModel(
    private val preferences: Preferences,
    private val lock: LockCore,
) : ViewModel() {
    private val own = MutableStateFlow(SettingsState())

    val state: StateFlow<SettingsState> =
        combine(own, preferences.preferred) { own, preferred -> own.copy(preferred = preferred) }
            .stateIn(viewModelScope, WhileShown, SettingsState(preferences.preferred.value))

    /** Asks again how the lock stands; it is changed on other pages. */
    fun refresh() =
        act {
            val (has, after) = lock.hasPin() to lock.lockAfterMs()
            own.update { it.copy(hasPin = has, lockAfterMs = after) }
            // A finger stands in for a PIN: without one there is nothing to stand in for.
            if (!has) preferences.change { it.copy(biometrics = false) }
        }

    fun change(how: (Preferred) -> Preferred) = preferences.change(how)

    fun lockAfter(ms: Long) =
        act {
            lock.setLockAfterMs(ms)
            own.update { it.copy(lockAfterMs = ms) }
        }

    fun messageShown() = own.update { it.copy(failure = null) }

    private fun act(what: suspend () -> Unit) {
        viewModelScope.launch {
            try {
                what()
            } catch (failure: CoreFailure) {
                own.update { it.copy(failure = failure.failure) }
            }
        }
    }
}
