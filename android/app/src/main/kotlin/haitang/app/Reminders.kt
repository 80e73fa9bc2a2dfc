package haitang.app

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.platform.NotificationsCard
import haitang.platform.Preferences
import haitang.platform.rememberNotificationsAsk

/** Asks once whether to remind of what is due; who says no finds it in the settings. */
@Composable
fun Reminders(preferences: Preferences) {
    val ask = rememberNotificationsAsk(preferences)
    val preferred by preferences.preferred.collectAsStateWithLifecycle()
    if (ask.allowed || preferred.notificationsAsked) return
    NotificationsCard(onAllow = ask::ask, onLater = { preferences.change { it.copy(notificationsAsked = true) } })
}
