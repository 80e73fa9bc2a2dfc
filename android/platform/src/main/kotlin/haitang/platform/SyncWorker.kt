package haitang.platform

import android.content.Context
import androidx.work.BackoffPolicy
import androidx.work.Constraints
import androidx.work.CoroutineWorker
import androidx.work.ExistingPeriodicWorkPolicy
import androidx.work.ExistingWorkPolicy
import androidx.work.ListenableWorker
import androidx.work.NetworkType
import androidx.work.OneTimeWorkRequestBuilder
import androidx.work.PeriodicWorkRequestBuilder
import androidx.work.WorkManager
import androidx.work.WorkerFactory
import androidx.work.WorkerParameters
import haitang.bridge.Core
import haitang.bridge.CoreFailure
import haitang.bridge.FailureKind
import haitang.bridge.SyncCore
import uniffi.haitang.OutboxStatus
import java.util.concurrent.TimeUnit

/** Syncs while the app is not seen, and arms the alarms. */
class SyncWorker(
    context: Context,
    parameters: WorkerParameters,
    private val core: suspend () -> Core?,
    private val alarms: Alarms,
) : CoroutineWorker(context, parameters) {
    override suspend fun doWork(): Result {
        // Not enrolled, wiped, or a database that will not open: nothing to be done until someone looks.
        val core = core() ?: return Result.success()
        val synced = tags.contains(SyncSchedule.REARM) || sync(core) ?: return Result.success()
        arm(core)
        return if (synced) Result.success() else Result.retry()
    }

    /** Whether it came through; nothing where trying again is of no use. */
    private suspend fun sync(core: Core): Boolean? =
        try {
            core.sync.sync()
            true
        } catch (failure: CoreFailure) {
            // The phone is nobody's any more: nobody is to be reminded on it.
            if (failure.failure.kind == FailureKind.NotEnrolled || failure.failure.code == "revoked") alarms.disarm()
            when (failure.failure.kind) {
                FailureKind.NotEnrolled, FailureKind.WrongKey, FailureKind.Corrupt -> null
                FailureKind.Server -> if (failure.failure.code in FINAL) null else false
                else -> false
            }
        }

    private suspend fun arm(core: Core) {
        val now = System.currentTimeMillis()
        val deadlines =
            try {
                core.sync.deadlines(now + Alarms.HORIZON_MS)
            } catch (_: CoreFailure) {
                // Those that are armed stay.
                return
            }
        alarms.arm(deadlines, now)
    }

    private companion object {
        /** What no other try changes. */
        val FINAL = setOf("revoked", "diverged", "wrong_version", "unauthorized")
    }
}

/** Makes workers of the app's own core. The application gives it to WorkManager by `Configuration.Provider`. */
class SyncWorkerFactory(
    private val core: suspend () -> Core?,
    private val alarms: Alarms,
) : WorkerFactory() {
    override fun createWorker(
        appContext: Context,
        workerClassName: String,
        workerParameters: WorkerParameters,
    ): ListenableWorker? =
        if (workerClassName == SyncWorker::class.java.name) SyncWorker(appContext, workerParameters, core, alarms) else null
}

/** When the app syncs while it is not seen. */
class SyncSchedule(
    private val context: Context,
) {
    private val work get() = WorkManager.getInstance(context)

    /** Every quarter of an hour, while there is a network and the battery is not low. */
    fun periodic() {
        val request =
            PeriodicWorkRequestBuilder<SyncWorker>(PERIOD_MIN, TimeUnit.MINUTES)
                .setConstraints(
                    Constraints
                        .Builder()
                        .setRequiredNetworkType(NetworkType.CONNECTED)
                        .setRequiresBatteryNotLow(true)
                        .build(),
                ).setBackoffCriteria(BackoffPolicy.EXPONENTIAL, BACKOFF_S, TimeUnit.SECONDS)
                .build()
        work.enqueueUniquePeriodicWork(PERIODIC, ExistingPeriodicWorkPolicy.UPDATE, request)
    }

    /** As soon as there is a network that will do for [unsent], on any battery: what a person did is to arrive. */
    fun unsent(
        unsent: OutboxStatus,
        dataSaver: Boolean,
    ) {
        val network = networkFor(unsent, dataSaver) ?: return
        val request =
            OneTimeWorkRequestBuilder<SyncWorker>()
                .setConstraints(Constraints.Builder().setRequiredNetworkType(network).build())
                .setBackoffCriteria(BackoffPolicy.EXPONENTIAL, BACKOFF_S, TimeUnit.SECONDS)
                .build()
        work.enqueueUniqueWork(UNSENT, ExistingWorkPolicy.REPLACE, request)
    }

    /** What is left to be done when the app is no longer seen. */
    suspend fun left(
        core: SyncCore,
        dataSaver: Boolean,
    ) {
        rearm()
        try {
            unsent(core.outboxNow(), dataSaver)
        } catch (_: CoreFailure) {
            // The next periodic one asks again.
        }
    }

    /** Arms the alarms again with no network. */
    fun rearm() {
        work.enqueueUniqueWork(REARM, ExistingWorkPolicy.REPLACE, OneTimeWorkRequestBuilder<SyncWorker>().addTag(REARM).build())
    }

    /** No more, as when a phone is given back. */
    fun cancel() {
        listOf(PERIODIC, UNSENT, REARM).forEach(work::cancelUniqueWork)
    }

    internal companion object {
        const val PERIODIC = "sync"
        const val UNSENT = "unsent"
        const val REARM = "rearm"
        const val PERIOD_MIN = 15L
        const val BACKOFF_S = 30L

        /** The network it takes: where only files are left, and the person saves data, one that costs nothing. */
        fun networkFor(
            unsent: OutboxStatus,
            dataSaver: Boolean,
        ): NetworkType? =
            when {
                unsent.waiting > 0u -> NetworkType.CONNECTED
                unsent.files > 0u -> if (dataSaver) NetworkType.UNMETERED else NetworkType.CONNECTED
                else -> null
            }
    }
}
