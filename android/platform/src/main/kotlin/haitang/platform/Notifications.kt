package haitang.platform

import android.Manifest
import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import android.content.pm.PackageManager
import android.net.Uri
import android.os.Build
import haitang.design.clockText
import uniffi.haitang.Deadline

/** How loudly a notification may speak. The person can change each in the system's settings. */
enum class Loudness(
    internal val channel: String,
    internal val importance: Int,
    internal val title: Int,
    internal val detail: Int,
) {
    /** Somebody waits at a place: shifts and activities. */
    Urgent("urgent", NotificationManager.IMPORTANCE_HIGH, R.string.notify_urgent, R.string.notify_urgent_hint),

    /** Something is due. */
    Plain("plain", NotificationManager.IMPORTANCE_DEFAULT, R.string.notify_plain, R.string.notify_plain_hint),

    /** Nice to know. */
    Quiet("quiet", NotificationManager.IMPORTANCE_LOW, R.string.notify_quiet, R.string.notify_quiet_hint),
}

/** Tells of deadlines while the app is not seen. On a locked screen only that there is something, not what: neighbours read it too. */
class Notifications(
    private val context: Context,
) {
    private val manager: NotificationManager = checkNotNull(context.getSystemService(NotificationManager::class.java))

    /** Whether anything is shown at all. */
    fun allowed(): Boolean =
        manager.areNotificationsEnabled() &&
            (Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU || granted())

    private fun granted() = context.checkSelfPermission(Manifest.permission.POST_NOTIFICATIONS) == PackageManager.PERMISSION_GRANTED

    /** Tells of one deadline. Does nothing where the person does not want it. */
    fun tell(deadline: Deadline) {
        if (!allowed()) return
        val loudness = loudnessOf(deadline.kind)
        ensureChannels()
        val open =
            PendingIntent.getActivity(
                context,
                deadline.id.hashCode(),
                Intent(Intent.ACTION_VIEW, linkTo(deadline)).setPackage(context.packageName),
                PendingIntent.FLAG_IMMUTABLE or PendingIntent.FLAG_UPDATE_CURRENT,
            )
        val said = context.getString(R.string.notify_due, clockText(deadline.at), deadline.title)
        val hidden = builder(loudness).setContentTitle(context.getString(R.string.notify_hidden)).build()
        val shown =
            builder(loudness)
                .setContentTitle(said)
                .setContentText(deadline.place.ifEmpty { null })
                .setStyle(Notification.BigTextStyle().bigText(deadline.place))
                .setContentIntent(open)
                .setAutoCancel(true)
                .setVisibility(Notification.VISIBILITY_PRIVATE)
                .setPublicVersion(hidden)
                .build()
        manager.notify(deadline.id, NOTIFICATION, shown)
    }

    /** Takes away what was told of things that are settled meanwhile. */
    fun settle(ids: Collection<String>) = ids.forEach { manager.cancel(it, NOTIFICATION) }

    private fun builder(loudness: Loudness) = Notification.Builder(context, loudness.channel).setSmallIcon(R.drawable.notify_flower)

    private fun ensureChannels() {
        manager.createNotificationChannels(
            Loudness.entries.map {
                NotificationChannel(it.channel, context.getString(it.title), it.importance).apply {
                    description = context.getString(it.detail)
                }
            },
        )
    }

    internal companion object {
        const val NOTIFICATION = 1

        fun loudnessOf(kind: String): Loudness =
            when (kind) {
                "shift", "activity" -> Loudness.Urgent
                "study" -> Loudness.Quiet
                else -> Loudness.Plain
            }

        /** Where a deadline is opened: `haitang://task/<id>`. */
        fun linkTo(deadline: Deadline): Uri = Uri.parse("haitang://${deadline.kind}/${deadline.id}")
    }
}
