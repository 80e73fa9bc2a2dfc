package haitang.platform

import androidx.lifecycle.Lifecycle
import androidx.lifecycle.LifecycleOwner
import androidx.lifecycle.LifecycleRegistry
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeSyncCore
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import org.junit.Assert.assertEquals
import org.junit.Test

@OptIn(ExperimentalCoroutinesApi::class)
class ForegroundSyncTest {
    private val core = FakeSyncCore()
    private var lefts = 0
    private val owner =
        object : LifecycleOwner {
            override val lifecycle: Lifecycle = LifecycleRegistry.createUnsafe(this)
        }

    private fun TestScope.sync() = ForegroundSync(backgroundScope) { lefts += 1 }

    @Test
    fun `it syncs while the app is seen, and not after`() =
        runTest {
            val sync = sync()
            sync.use(core)
            runCurrent()
            assertEquals(0, core.running)
            sync.onStart(owner)
            runCurrent()
            assertEquals(1, core.running)
            sync.onStop(owner)
            runCurrent()
            assertEquals(0, core.running)
            assertEquals(1, lefts)
        }

    @Test
    fun `a core that comes while the app is seen is synced at once, and only that one`() =
        runTest {
            val sync = sync()
            sync.onStart(owner)
            sync.use(core)
            sync.use(core)
            runCurrent()
            assertEquals(1, core.running)
            sync.use(null)
            runCurrent()
            assertEquals(0, core.running)
        }

    @Test
    fun `a fault is followed by another try`() =
        runTest {
            val sync = sync()
            core.failure = Failure(FailureKind.Internal, "internal")
            sync.onStart(owner)
            sync.use(core)
            runCurrent()
            assertEquals(0, core.running)
            core.failure = null
            advanceTimeBy(15_001)
            assertEquals(1, core.running)
        }
}
