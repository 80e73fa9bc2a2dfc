package haitang.app

import android.app.Application
import android.os.SystemClock
import androidx.work.Configuration
import haitang.bridge.Core
import haitang.bridge.PhoneCore
import haitang.bridge.keepAside
import haitang.platform.Alarms
import haitang.platform.ForegroundSync
import haitang.platform.KeyGuard
import haitang.platform.KeystoreWrapper
import haitang.platform.Preferences
import haitang.platform.SyncSchedule
import haitang.platform.SyncWorkerFactory
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.launch
import java.io.File

/** The process: what lives as long as it does, made once and handed on from here. */
open class HaitangApplication :
    Application(),
    Configuration.Provider {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main.immediate)
    val preferences: Preferences by lazy { Preferences(this) }
    open val door: CoreDoor by lazy { makeDoor() }
    private var following: Job? = null
    private val schedule by lazy { SyncSchedule(this) }

    /** Follows the activity: what is seen is synced. */
    val foreground by lazy { ForegroundSync(scope, ::onLeft) }

    override val workManagerConfiguration: Configuration
        get() = Configuration.Builder().setWorkerFactory(SyncWorkerFactory(door::core, Alarms(this))).build()

    override fun onCreate() {
        super.onCreate()
        followDoor()
    }

    /** Does what each state of the door asks of the process, from now on. */
    protected fun followDoor() {
        following?.cancel()
        following = scope.launch { door.state.collect(::follow) }
    }

    /** What the phone's database is opened by; tests give a wrapper that needs no hardware. */
    protected open fun makeDoor(): CoreDoor {
        val folder = File(noBackupFilesDir, "phone")
        return CoreDoor(
            folder = folder,
            guard = KeyGuard(File(noBackupFilesDir, "key"), KeystoreWrapper()) { File(folder, DATABASE).exists() },
            openCore = { path, key -> PhoneCore.open(path, key) },
            keepAside = { path, now -> keepAside(path, now) },
            scope = scope,
            elapsed = SystemClock::elapsedRealtime,
        )
    }

    /** Syncs while somebody is enrolled, in the background too, and lets go where nobody is any more. */
    private fun follow(state: DoorState) {
        val core = state.enrolledCore()
        foreground.use(core?.sync)
        when (state) {
            is DoorState.Open -> {
                schedule.periodic()
            }

            is DoorState.Wiped -> {
                schedule.cancel()
                Alarms(this).disarm()
            }

            else -> {}
        }
    }

    private fun onLeft() {
        door.left()
        val core = door.state.value.enrolledCore() ?: return
        scope.launch { schedule.left(core.sync, preferences.preferred.value.dataSaver) }
    }

    private fun DoorState.enrolledCore(): Core? =
        when (this) {
            is DoorState.Open -> core
            is DoorState.Locked -> core
            else -> null
        }

    private companion object {
        const val DATABASE = "haitang.db"
    }
}
