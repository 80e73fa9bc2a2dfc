package haitang.app

import android.os.SystemClock
import androidx.work.testing.WorkManagerTestInitHelper
import haitang.bridge.PhoneCore
import haitang.bridge.keepAside
import haitang.platform.KeyGuard
import haitang.platform.KeyWrapper
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import java.io.File

/** The app itself, over the real core; only the key is wrapped by nothing, for there is no keystore here. */
class TestApplication : HaitangApplication() {
    private var opened: CoreDoor? = null

    override fun onCreate() {
        // The real one goes on in the background when a test is over, and its machine is gone.
        WorkManagerTestInitHelper.initializeTestWorkManager(this, workManagerConfiguration)
        super.onCreate()
    }

    override val door: CoreDoor get() = opened ?: makeDoor().also { opened = it }

    /** The next to look finds the door as a new process would. */
    fun restart() {
        opened = null
        followDoor()
    }

    val phoneFolder: File get() = File(noBackupFilesDir, "phone")

    override fun makeDoor() =
        CoreDoor(
            folder = phoneFolder,
            guard = KeyGuard(File(noBackupFilesDir, "key"), Plain) { File(phoneFolder, "haitang.db").exists() },
            openCore = { path, key -> PhoneCore.open(path, key) },
            keepAside = { path, now -> keepAside(path, now) },
            scope = CoroutineScope(SupervisorJob() + Dispatchers.Main.immediate),
            elapsed = SystemClock::elapsedRealtime,
        )

    private object Plain : KeyWrapper {
        override fun wrap(secret: ByteArray) = secret.copyOf()

        override fun unwrap(wrapped: ByteArray) = wrapped.copyOf()
    }
}
