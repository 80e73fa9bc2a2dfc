package haitang.app

import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeCore
import haitang.platform.KeyGuard
import haitang.platform.KeyWrapper
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertSame
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import uniffi.haitang.SyncPhase
import uniffi.haitang.SyncState
import uniffi.haitang.SyncStop
import java.io.File
import java.security.GeneralSecurityException

@OptIn(ExperimentalCoroutinesApi::class)
class CoreDoorTest {
    @get:Rule val folder = TemporaryFolder()
    private val core = FakeCore()
    private var keystoreLost = false
    private var opensWith: Failure? = null
    private var clock = 0L

    private val wrapper =
        object : KeyWrapper {
            override fun wrap(secret: ByteArray) = secret.reversedArray()

            override fun unwrap(wrapped: ByteArray) = if (keystoreLost) throw GeneralSecurityException("gone") else wrapped.reversedArray()
        }
    private val database get() = File(folder.root, "haitang.db")
    private val key get() = File(folder.root, "database.key")

    private fun TestScope.door(): CoreDoor {
        val dispatcher = StandardTestDispatcher(testScheduler)
        return CoreDoor(
            folder.root,
            KeyGuard(key, wrapper) { database.exists() },
            openCore = { _, _ ->
                opensWith?.let { throw CoreFailure(it) }
                database.createNewFile()
                core
            },
            keepAside = { at, _ ->
                if (!database.exists()) throw CoreFailure(Failure(FailureKind.Refused, "missing"))
                val aside = File(at, "aside-1").apply { mkdirs() }
                database.renameTo(File(aside, "haitang.db"))
                aside.path
            },
            backgroundScope,
            dispatcher,
            elapsed = { clock },
            now = { FakeCore.NOW },
        )
    }

    private fun TestScope.opened(): CoreDoor = door().also { settle { it.open() } }

    private fun TestScope.settle(what: () -> Unit) {
        what()
        testScheduler.runCurrent()
        testScheduler.runCurrent()
    }

    @Test
    fun `a phone with a holder and no PIN is open`() =
        runTest {
            assertEquals(DoorState.Open(core), opened().state.value)
        }

    @Test
    fun `a phone without a holder asks to be enrolled, and is open after that`() =
        runTest {
            core.enrol.holder = null
            val door = opened()
            assertEquals(DoorState.NotEnrolled(core), door.state.value)
            settle { door.enrolled() }
            assertEquals(DoorState.Open(core), door.state.value)
        }

    @Test
    fun `a phone with a PIN is locked until it is given`() =
        runTest {
            core.lock.pin = "281736"
            val door = opened()
            assertTrue(door.state.value is DoorState.Locked)
            settle { door.unlocked() }
            assertEquals(DoorState.Open(core), door.state.value)
        }

    @Test
    fun `a short absence does not lock, a long one does`() =
        runTest {
            core.lock.pin = "281736"
            val door = opened()
            settle { door.unlocked() }
            door.left()
            clock += 59_000
            settle { door.returned() }
            assertEquals(DoorState.Open(core), door.state.value)
            door.left()
            clock += 60_000
            settle { door.returned() }
            assertTrue(door.state.value is DoorState.Locked)
        }

    @Test
    fun `an absence without a PIN never locks`() =
        runTest {
            val door = opened()
            door.left()
            clock += 86_400_000
            settle { door.returned() }
            assertEquals(DoorState.Open(core), door.state.value)
        }

    @Test
    fun `a key that the keystore lost breaks the door, and a second key is never made`() =
        runTest {
            opened()
            val before = key.readBytes()
            keystoreLost = true
            val door = opened()
            assertEquals(FailureKind.WrongKey, (door.state.value as DoorState.Broken).failure.kind)
            assertTrue(before.contentEquals(key.readBytes()))
        }

    @Test
    fun `a database without its key is not given a new one`() =
        runTest {
            database.createNewFile()
            val door = opened()
            assertEquals(FailureKind.WrongKey, (door.state.value as DoorState.Broken).failure.kind)
            assertFalse(key.exists())
        }

    @Test
    fun `what does not open is set aside with its key, and the phone begins anew`() =
        runTest {
            opened()
            opensWith = Failure(FailureKind.Corrupt, "corrupt")
            val door = opened()
            settle { door.startAfresh() }
            val aside = (door.state.value as DoorState.Broken).aside ?: error("not set aside")
            assertTrue(File(aside, "haitang.db").exists() && File(aside, "database.key").exists())
            opensWith = null
            core.enrol.holder = null
            settle { door.open() }
            assertEquals(DoorState.NotEnrolled(core), door.state.value)
        }

    @Test
    fun `a lost key without a database is set aside too`() =
        runTest {
            opened()
            database.delete()
            keystoreLost = true
            val door = opened()
            settle { door.startAfresh() }
            assertFalse(key.exists())
            keystoreLost = false
            settle { door.open() }
            assertEquals(DoorState.Open(core), door.state.value)
        }

    @Test
    fun `a full disk can be tried again`() =
        runTest {
            opensWith = Failure(FailureKind.DiskFull, "disk_full")
            val door = opened()
            assertEquals(FailureKind.DiskFull, (door.state.value as DoorState.Broken).failure.kind)
            opensWith = null
            settle { door.open() }
            assertEquals(DoorState.Open(core), door.state.value)
        }

    @Test
    fun `a phone that is revoked says so, locked or not, and can be enrolled again`() =
        runTest {
            core.lock.pin = "281736"
            val door = opened()
            settle { core.sync.states.value = SyncState(SyncPhase.Stopped(SyncStop.REVOKED), 0u) }
            assertEquals(DoorState.Wiped(core), door.state.value)
            door.enrolAgain()
            assertEquals(DoorState.NotEnrolled(core), door.state.value)
        }

    @Test
    fun `work in the background gets the core of a locked phone, and none of a phone without a holder`() =
        runTest {
            core.lock.pin = "281736"
            assertSame(core, door().core())
            core.enrol.holder = null
            assertNull(door().core())
        }
}
