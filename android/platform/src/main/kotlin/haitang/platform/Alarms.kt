package haitang.platform

import android.app.AlarmManager
import android.app.PendingIntent
import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import android.net.Uri
import uniffi.haitang.Deadline

/**
 * Has the system tell of deadlines an hour ahead, with no network and the app asleep. Inexact alarms, because a quarter of an hour matters
 * to nobody and exact ones need a permission. What it is about is kept in the system's memory alone; on the disk there are only ids, so
 * after a boot the alarms are armed again from the encrypted database.
 */
class Alarms(
    private val context: Context,
    private val notifications: Notifications = Notifications(context),
) {
    private val manager: AlarmManager = checkNotNull(context.getSystemService(AlarmManager::class.java))
    private val armed = context.getSharedPreferences("alarms", Context.MODE_PRIVATE)

    /** Arms those of [deadlines], and no others any more. What is nearer than the lead is told of at once, and once. */
    @Synchronized
    fun arm(
        deadlines: List<Deadline>,
        now: Long,
    ) {
        val before = armed.all.mapValues { it.value as? Long ?: 0L }
        val wanted = deadlines.filter { it.at > now }.associateBy { it.id }
        val gone = before.keys - wanted.keys
        gone.forEach { id -> pending(id, null)?.let(manager::cancel) }
        notifications.settle(gone)
        val edit = armed.edit()
        gone.forEach(edit::remove)
        for ((id, deadline) in wanted) {
            // Told of already, at this time; a deadline that was moved is told of again.
            if (before[id] == deadline.at && deadline.at - LEAD_MS <= now) continue
            pending(id, deadline)?.let { manager.setWindow(AlarmManager.RTC_WAKEUP, maxOf(deadline.at - LEAD_MS, now), WINDOW_MS, it) }
            edit.putLong(id, deadline.at)
        }
        edit.apply()
    }

    /** Takes all alarms away, as when a phone is given back. */
    fun disarm() = arm(emptyList(), 0)

    /** One alarm per thing: the address makes them differ. Where there is no deadline, the alarm that is there already. */
    private fun pending(
        id: String,
        deadline: Deadline?,
    ): PendingIntent? {
        val intent = Intent(context, DeadlineReceiver::class.java).setData(Uri.fromParts("haitang-alarm", id, null))
        if (deadline != null) {
            intent
                .putExtra("id", id)
                .putExtra("kind", deadline.kind)
                .putExtra("title", deadline.title)
                .putExtra("place", deadline.place)
                .putExtra("at", deadline.at)
        }
        val make = if (deadline == null) PendingIntent.FLAG_NO_CREATE else PendingIntent.FLAG_UPDATE_CURRENT
        return PendingIntent.getBroadcast(context, 0, intent, PendingIntent.FLAG_IMMUTABLE or make)
    }

    companion object {
        /** How long before a deadline it is told of. */
        const val LEAD_MS = 3_600_000L

        /** How far ahead deadlines are armed; a sync a day keeps ahead of it. */
        const val HORIZON_MS = 7 * 24 * 3_600_000L
        private const val WINDOW_MS = 15 * 60_000L
    }
}

/** An alarm has gone off. */
class DeadlineReceiver : BroadcastReceiver() {
    override fun onReceive(
        context: Context,
        intent: Intent,
    ) {
        val id = intent.getStringExtra("id") ?: return
        Notifications(context).tell(
            Deadline(
                id,
                intent.getStringExtra("kind").orEmpty(),
                intent.getStringExtra("title").orEmpty(),
                intent.getStringExtra("place").orEmpty(),
                intent.getLongExtra("at", 0),
            ),
        )
    }
}

/** The system forgets alarms when it starts anew, and when the app is replaced: a sync arms them again. */
class BootReceiver : BroadcastReceiver() {
    override fun onReceive(
        context: Context,
        intent: Intent,
    ) {
        if (intent.action == Intent.ACTION_BOOT_COMPLETED || intent.action == Intent.ACTION_MY_PACKAGE_REPLACED) {
            SyncSchedule(context).rearm()
        }
    }
}
