package haitang.platform

import android.Manifest
import android.content.Context
import android.content.Intent
import android.os.Build
import android.provider.Settings
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Card
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.LifecycleResumeEffect
import haitang.design.QuietButton
import haitang.design.SecondaryButton

/** Whether reminders may be shown, and asking for it. */
@Stable
class NotificationsAsk internal constructor(
    allowed: Boolean,
    private val asking: () -> Unit,
) {
    var allowed by mutableStateOf(allowed)
        internal set

    /** Puts the system's question; where it was put before, opens the settings, since the system then no longer asks. */
    fun ask() = asking()
}

/** Follows what the person decides in the system's settings too. */
@Composable
fun rememberNotificationsAsk(preferences: Preferences): NotificationsAsk {
    val context = LocalContext.current
    val notifications = remember(context) { Notifications(context) }
    var answered: (Boolean) -> Unit = {}
    val launcher = rememberLauncherForActivityResult(ActivityResultContracts.RequestPermission()) { answered(it) }
    val ask =
        remember(context) {
            NotificationsAsk(notifications.allowed()) {
                val first = !preferences.preferred.value.notificationsAsked
                if (first && Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
                    preferences.change { it.copy(notificationsAsked = true) }
                    launcher.launch(Manifest.permission.POST_NOTIFICATIONS)
                } else {
                    openSettings(context)
                }
            }
        }
    answered = { ask.allowed = notifications.allowed() }
    LifecycleResumeEffect(ask) {
        ask.allowed = notifications.allowed()
        onPauseOrDispose { }
    }
    return ask
}

private fun openSettings(context: Context) {
    context.startActivity(
        Intent(Settings.ACTION_APP_NOTIFICATION_SETTINGS)
            .putExtra(Settings.EXTRA_APP_PACKAGE, context.packageName)
            .addFlags(Intent.FLAG_ACTIVITY_NEW_TASK),
    )
}

/** Explains what reminders are for, where the first one is of use; saying no leaves everything else working. */
@Composable
fun NotificationsCard(
    onAllow: () -> Unit,
    onLater: () -> Unit,
    modifier: Modifier = Modifier,
) {
    Card(modifier.fillMaxWidth()) {
        Column(Modifier.padding(16.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
            Text(stringResource(R.string.notify_ask), style = MaterialTheme.typography.titleMedium)
            Text(stringResource(R.string.notify_ask_text))
            SecondaryButton(stringResource(R.string.notify_allow), onAllow, Modifier.fillMaxWidth())
            QuietButton(stringResource(R.string.notify_later), onLater, Modifier.fillMaxWidth())
        }
    }
}
