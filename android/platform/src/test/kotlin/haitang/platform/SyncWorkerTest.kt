package haitang.platform

import android.app.AlarmManager
import android.app.Application
import android.content.Context
import android.content.Intent
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import androidx.work.Configuration
import androidx.work.ListenableWorker.Result
import androidx.work.NetworkType
import androidx.work.WorkInfo
import androidx.work.WorkManager
import androidx.work.testing.TestListenableWorkerBuilder
import androidx.work.testing.WorkManagerTestInitHelper
import haitang.bridge.Core
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeCore
import kotlinx.coroutines.test.runTest
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import uniffi.haitang.Deadline
import uniffi.haitang.OutboxStatus

@RunWith(AndroidJUnit4::class)
@Config(sdk = [35])
class SyncWorkerTest {
    private val context = ApplicationProvider.getApplicationContext<Application>()
    private val core = FakeCore()
    private val alarms = shadowOf(context.getSystemService(AlarmManager::class.java))

    @Before
    fun start() {
        WorkManagerTestInitHelper.initializeTestWorkManager(context, Configuration.Builder().build())
        core.sync.due = listOf(Deadline("t1", "task", "走访", "", System.currentTimeMillis() + 7_200_000))
    }

    @After
    fun stop() = WorkManagerTestInitHelper.closeWorkDatabase()

    private fun worker(
        there: Core? = core,
        tags: List<String> = emptyList(),
    ) = TestListenableWorkerBuilder<SyncWorker>(context as Context)
        .setTags(tags)
        .setWorkerFactory(SyncWorkerFactory({ there }, Alarms(context)))
        .build()

    private fun unsent(
        waiting: Int,
        files: Int,
    ) = OutboxStatus(waiting.toULong(), 0u, 0u, 0u, files.toULong(), 0u, true)

    private fun queued(name: String): WorkInfo? =
        WorkManager
            .getInstance(context)
            .getWorkInfosForUniqueWork(name)
            .get()
            .firstOrNull()

    @Test
    fun `it syncs and arms the alarms`() =
        runTest {
            assertEquals(Result.success(), worker().doWork())
            assertEquals(1, core.sync.syncs)
            assertEquals(1, alarms.scheduledAlarms.size)
        }

    @Test
    fun `no network is tried again, and the alarms are armed all the same`() =
        runTest {
            core.sync.failure = Failure(FailureKind.Network, "network")
            assertEquals(Result.retry(), worker().doWork())
            assertEquals(1, alarms.scheduledAlarms.size)
        }

    @Test
    fun `what no other try changes is not tried again`() =
        runTest {
            core.sync.failure = Failure(FailureKind.Server, "revoked")
            assertEquals(Result.success(), worker().doWork())
        }

    @Test
    fun `a phone that was revoked reminds of nothing any more`() =
        runTest {
            worker().doWork()
            core.sync.failure = Failure(FailureKind.Server, "revoked")
            worker().doWork()
            assertEquals(0, alarms.scheduledAlarms.size)
        }

    @Test
    fun `a busy server is tried again`() =
        runTest {
            core.sync.failure = Failure(FailureKind.Server, "unavailable")
            assertEquals(Result.retry(), worker().doWork())
        }

    @Test
    fun `a phone without a holder does nothing`() =
        runTest {
            assertEquals(Result.success(), worker(null).doWork())
            assertEquals(0, core.sync.syncs)
        }

    @Test
    fun `after a boot the alarms are armed with no network`() =
        runTest {
            assertEquals(Result.success(), worker(tags = listOf(SyncSchedule.REARM)).doWork())
            assertEquals(0, core.sync.syncs)
            assertEquals(1, alarms.scheduledAlarms.size)
        }

    @Test
    fun `a boot asks for that`() {
        BootReceiver().onReceive(context, Intent(Intent.ACTION_BOOT_COMPLETED))
        assertEquals(NetworkType.NOT_REQUIRED, queued(SyncSchedule.REARM)?.constraints?.requiredNetworkType)
    }

    @Test
    fun `the quarterly sync spares a low battery and wants a network`() {
        SyncSchedule(context).periodic()
        val constraints = queued(SyncSchedule.PERIODIC)?.constraints
        assertEquals(true, constraints?.requiresBatteryNotLow())
        assertEquals(NetworkType.CONNECTED, constraints?.requiredNetworkType)
    }

    @Test
    fun `what a person did is sent on any network and any battery`() {
        SyncSchedule(context).unsent(unsent(waiting = 1, files = 1), dataSaver = true)
        val constraints = queued(SyncSchedule.UNSENT)?.constraints
        assertEquals(NetworkType.CONNECTED, constraints?.requiredNetworkType)
        assertEquals(false, constraints?.requiresBatteryNotLow())
    }

    @Test
    fun `photos alone wait for Wi-Fi where data is saved`() {
        SyncSchedule(context).unsent(unsent(waiting = 0, files = 2), dataSaver = true)
        assertEquals(NetworkType.UNMETERED, queued(SyncSchedule.UNSENT)?.constraints?.requiredNetworkType)
    }

    @Test
    fun `nothing unsent, nothing done`() {
        SyncSchedule(context).unsent(unsent(waiting = 0, files = 0), dataSaver = false)
        assertNull(queued(SyncSchedule.UNSENT))
    }

    @Test
    fun `leaving the app sees to what is unsent and to the alarms`() =
        runTest {
            SyncSchedule(context).left(core.sync, dataSaver = false)
            assertEquals(NetworkType.CONNECTED, queued(SyncSchedule.UNSENT)?.constraints?.requiredNetworkType)
            assertEquals(
                1,
                WorkManager
                    .getInstance(context)
                    .getWorkInfosForUniqueWork(SyncSchedule.REARM)
                    .get()
                    .size,
            )
        }

    @Test
    fun `a phone that is given back syncs no more`() {
        SyncSchedule(context).periodic()
        SyncSchedule(context).cancel()
        assertEquals(WorkInfo.State.CANCELLED, queued(SyncSchedule.PERIODIC)?.state)
    }
}
