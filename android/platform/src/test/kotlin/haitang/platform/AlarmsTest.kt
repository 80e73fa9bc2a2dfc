package haitang.platform

import android.Manifest
import android.app.AlarmManager
import android.app.Application
import android.app.Notification
import android.app.NotificationManager
import android.content.Intent
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import uniffi.haitang.Deadline

@RunWith(AndroidJUnit4::class)
@Config(sdk = [35], qualifiers = "zh-rCN")
class AlarmsTest {
    private val context = ApplicationProvider.getApplicationContext<Application>()
    private val manager = checkNotNull(context.getSystemService(AlarmManager::class.java))
    private val notifications = checkNotNull(context.getSystemService(NotificationManager::class.java))
    private val alarms = shadowOf(manager)
    private val shown = shadowOf(notifications)
    private val now = 1_795_483_800_000L
    private val hour = 3_600_000L
    private val visit = Deadline("t1", "task", "走访：大儒巷 12 号", "大儒巷 12 号", now + 3 * hour)
    private val shift = Deadline("s1", "shift", "北门卡口", "北门", now + 5 * hour)

    @Before
    fun allow() {
        shadowOf(context).grantPermissions(Manifest.permission.POST_NOTIFICATIONS)
    }

    private fun times() = alarms.scheduledAlarms.map { it.triggerAtMs }.sorted()

    /** Lets the alarm that is due next go off, as the system does. */
    private fun goOff() {
        val alarm = alarms.scheduledAlarms.minBy { it.triggerAtMs }
        DeadlineReceiver().onReceive(context, shadowOf(alarm.operation).savedIntent)
    }

    private fun title(notification: Notification) = notification.extras.getString(Notification.EXTRA_TITLE)

    @Test
    fun `a deadline is told of an hour before`() {
        Alarms(context).arm(listOf(visit, shift), now)
        assertEquals(listOf(now + 2 * hour, now + 4 * hour), times())
    }

    @Test
    fun `arming again arms nothing twice, and forgets what is settled`() {
        Alarms(context).arm(listOf(visit, shift), now)
        Alarms(context).arm(listOf(shift), now)
        assertEquals(listOf(now + 4 * hour), times())
    }

    @Test
    fun `a deadline that was moved is told of at its new time`() {
        Alarms(context).arm(listOf(visit), now)
        Alarms(context).arm(listOf(visit.copy(at = now + 9 * hour)), now)
        assertEquals(listOf(now + 8 * hour), times())
    }

    @Test
    fun `what is due within the hour is told of at once, and once`() {
        val soon = visit.copy(at = now + hour / 2)
        Alarms(context).arm(listOf(soon), now)
        assertEquals(listOf(now), times())
        alarms.scheduledAlarms.toList().forEach { alarm -> alarm.operation?.let(manager::cancel) }
        Alarms(context).arm(listOf(soon), now + 60_000)
        assertEquals(emptyList<Long>(), times())
    }

    @Test
    fun `what is past is not told of`() {
        Alarms(context).arm(listOf(visit.copy(at = now - 1)), now)
        assertEquals(emptyList<Long>(), times())
    }

    @Test
    fun `an alarm tells what is due and when, and opens it`() {
        Alarms(context).arm(listOf(visit), now)
        goOff()
        val notification = shown.allNotifications.single()
        assertTrue(title(notification).orEmpty(), title(notification).orEmpty().contains("走访：大儒巷 12 号"))
        val opens = shadowOf(notification.contentIntent).savedIntent
        assertEquals("haitang://task/t1", opens.dataString)
        assertEquals(Intent.ACTION_VIEW, opens.action)
    }

    @Test
    fun `a locked screen does not show what it is about`() {
        Alarms(context).arm(listOf(visit), now)
        goOff()
        val notification = shown.allNotifications.single()
        assertEquals(Notification.VISIBILITY_PRIVATE, notification.visibility)
        assertEquals("海棠有一件事快到时间了", title(notification.publicVersion))
    }

    @Test
    fun `what is settled disappears from the list of notifications`() {
        Alarms(context).arm(listOf(visit), now)
        goOff()
        Alarms(context).arm(emptyList(), now)
        assertEquals(0, shown.size())
    }

    @Test
    fun `who waits at a place is louder than what is due`() {
        Alarms(context).arm(listOf(shift), now)
        goOff()
        assertEquals("urgent", shown.allNotifications.single().channelId)
        assertEquals(NotificationManager.IMPORTANCE_HIGH, notifications.getNotificationChannel("urgent").importance)
    }

    @Test
    fun `who said no is not told, and nothing breaks`() {
        shadowOf(context).denyPermissions(Manifest.permission.POST_NOTIFICATIONS)
        Alarms(context).arm(listOf(visit), now)
        goOff()
        assertEquals(0, shown.size())
    }

    @Test
    fun `nothing of what it is about lies on the disk`() {
        Alarms(context).arm(listOf(visit), now)
        val kept = context.getSharedPreferences("alarms", 0).all.toString()
        assertTrue(kept, "大儒巷" !in kept)
    }
}
