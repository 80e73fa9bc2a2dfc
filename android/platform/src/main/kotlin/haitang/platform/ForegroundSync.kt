package haitang.platform

import android.app.Activity
import androidx.lifecycle.DefaultLifecycleObserver
import androidx.lifecycle.LifecycleOwner
import haitang.bridge.CoreFailure
import haitang.bridge.FailureKind
import haitang.bridge.SyncCore
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch

/**
 * Syncs for as long as the app is seen. Retrying is the core's matter; here only a core that ends with a fault is begun again.
 *
 * @param onLeft what is to be done when the app is no longer seen, such as seeing to it that what is unsent is sent
 */
class ForegroundSync(
    private val scope: CoroutineScope,
    private val onLeft: () -> Unit = {},
) : DefaultLifecycleObserver {
    private var core: SyncCore? = null
    private var seen = false
    private var job: Job? = null

    /** The core that is synced; nothing while there is none. */
    fun use(core: SyncCore?) {
        if (core === this.core) return
        this.core = core
        job?.cancel()
        job = null
        begin()
    }

    override fun onStart(owner: LifecycleOwner) {
        seen = true
        begin()
    }

    override fun onStop(owner: LifecycleOwner) {
        // A turned phone is seen again before anybody could tell.
        if ((owner as? Activity)?.isChangingConfigurations == true) return
        seen = false
        job?.cancel()
        job = null
        onLeft()
    }

    private fun begin() {
        val core = core ?: return
        if (!seen || job != null) return
        job =
            scope.launch {
                while (true) {
                    try {
                        core.syncForever()
                        return@launch
                    } catch (failure: CoreFailure) {
                        if (failure.failure.kind == FailureKind.NotEnrolled) return@launch
                        delay(AGAIN_MS)
                    }
                }
            }
    }

    private companion object {
        const val AGAIN_MS = 15_000L
    }
}
