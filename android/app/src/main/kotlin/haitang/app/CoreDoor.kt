package haitang.app

import haitang.bridge.Core
import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.platform.KeyFailure
import haitang.platform.KeyGuard
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import uniffi.haitang.SyncPhase
import uniffi.haitang.SyncStop
import java.io.File

/** What stands behind the app's door. */
sealed interface DoorState {
    /** It is being opened. */
    data object Opening : DoorState

    /** The phone has no holder yet. */
    data class NotEnrolled(
        val core: Core,
    ) : DoorState

    /**
     * It waits for the PIN.
     *
     * @param time how many times it was locked, so that each is one of its own
     */
    data class Locked(
        val core: Core,
        val time: Int,
    ) : DoorState

    /** Come in. */
    data class Open(
        val core: Core,
    ) : DoorState

    /**
     * The database does not open.
     *
     * @param aside where it was set aside to, once the person has chosen that
     */
    data class Broken(
        val failure: Failure,
        val aside: String? = null,
        val busy: Boolean = false,
    ) : DoorState

    /** The phone was revoked, and is empty. */
    data class Wiped(
        val core: Core,
    ) : DoorState
}

/**
 * Opens the core, and says who may come in. One for the process; what works in the background comes through it too.
 *
 * @param openCore gives the core in a folder with a key; the library is loaded there
 * @param keepAside sets the database in a folder aside, and says where
 * @param elapsed a clock that nobody can set, in milliseconds
 */
class CoreDoor(
    private val folder: File,
    private val guard: KeyGuard,
    private val openCore: suspend (folder: String, key: ByteArray) -> Core,
    private val keepAside: suspend (folder: String, now: Long) -> String,
    private val scope: CoroutineScope,
    private val disk: CoroutineDispatcher = Dispatchers.IO,
    private val elapsed: () -> Long,
    private val now: () -> Long = System::currentTimeMillis,
) {
    private val own = MutableStateFlow<DoorState>(DoorState.Opening)
    val state: StateFlow<DoorState> = own.asStateFlow()
    private var opening: Job? = null
    private var watching: Job? = null
    private var leftAt: Long? = null
    private var locks = 0

    /** Opens it, or tries again. Comes back at once. */
    fun open() {
        if (opening?.isActive == true) return
        val before = own.value
        own.value = (before as? DoorState.Broken)?.copy(busy = true) ?: DoorState.Opening
        opening = scope.launch { own.value = opened() }
    }

    private suspend fun opened(): DoorState =
        try {
            behind(withContext(disk) { openCore(folder.path, guard.key()) })
        } catch (failure: CoreFailure) {
            DoorState.Broken(failure.failure)
        } catch (failure: KeyFailure) {
            DoorState.Broken(failure.asFailure())
        }

    private suspend fun behind(core: Core): DoorState =
        try {
            when {
                !enrolled(core) -> DoorState.NotEnrolled(core)
                core.lock.hasPin() -> locked(core).also { watch(core) }
                else -> DoorState.Open(core).also { watch(core) }
            }
        } catch (failure: CoreFailure) {
            // It opened, and cannot be read: what may be set aside next must not be held open.
            withContext(disk) { (core as? AutoCloseable)?.close() }
            throw failure
        }

    private suspend fun enrolled(core: Core): Boolean =
        try {
            core.enrol.identity()
            true
        } catch (failure: CoreFailure) {
            if (failure.failure.kind != FailureKind.NotEnrolled) throw failure
            false
        }

    /** The phone has a holder now. */
    fun enrolled() {
        val core = (own.value as? DoorState.NotEnrolled)?.core ?: return
        watch(core)
        own.value = DoorState.Open(core)
    }

    /** The holder has shown who they are. */
    fun unlocked() {
        leftAt = null
        own.value = DoorState.Open((own.value as? DoorState.Locked)?.core ?: return)
    }

    /** The app is no longer seen. */
    fun left() {
        if (leftAt == null) leftAt = elapsed()
    }

    /** The app is seen again: asks for the PIN where it was away for as long as its holder chose. */
    fun returned() {
        val away = leftAt?.let { elapsed() - it } ?: return
        leftAt = null
        val core = (own.value as? DoorState.Open)?.core ?: return
        scope.launch {
            val lock =
                try {
                    core.lock.hasPin() && away >= core.lock.lockAfterMs()
                } catch (_: CoreFailure) {
                    // Who cannot be asked for the PIN cannot enter it either.
                    false
                }
            if (lock && own.value == DoorState.Open(core)) own.value = locked(core)
        }
    }

    private fun locked(core: Core) = DoorState.Locked(core, ++locks)

    /** Sets aside what does not open, and its key with it. Nothing is deleted. */
    fun startAfresh() {
        val broken = own.value as? DoorState.Broken ?: return
        if (broken.busy) return
        own.value = broken.copy(busy = true)
        scope.launch {
            own.value =
                try {
                    broken.copy(aside = withContext(disk) { setAside() })
                } catch (failure: CoreFailure) {
                    DoorState.Broken(failure.failure)
                } catch (failure: KeyFailure) {
                    DoorState.Broken(failure.asFailure())
                }
        }
    }

    private suspend fun setAside(): String {
        val path =
            try {
                keepAside(folder.path, now())
            } catch (failure: CoreFailure) {
                if (failure.failure.code != "missing") throw failure
                // There is no database: it is the key alone that does not open.
                File(folder, "aside-key-${now()}").apply { mkdirs() }.path
            }
        guard.setAside(File(path))
        return path
    }

    /** After a wipe: the empty phone may have a holder again. */
    fun enrolAgain() {
        own.value = DoorState.NotEnrolled((own.value as? DoorState.Wiped)?.core ?: return)
    }

    /** The core of an enrolled phone, locked or not, for what works in the background; nothing where there is none. */
    suspend fun core(): Core? {
        if (opening == null) open()
        return when (val there = own.first { it !is DoorState.Opening && (it as? DoorState.Broken)?.busy != true }) {
            is DoorState.Open -> there.core
            is DoorState.Locked -> there.core
            else -> null
        }
    }

    /** A phone that is revoked while it is seen shows that at once, even through the lock. */
    private fun watch(core: Core) {
        watching?.cancel()
        watching =
            scope.launch {
                core.sync
                    .state()
                    .catch { if (it !is CoreFailure) throw it }
                    .collect { state ->
                        if (state.phase == SyncPhase.Stopped(SyncStop.REVOKED)) {
                            own.value = DoorState.Wiped(core)
                            watching?.cancel()
                        }
                    }
            }
    }

    private fun KeyFailure.asFailure() =
        when (reason) {
            KeyFailure.Reason.Lost -> Failure(FailureKind.WrongKey, "wrong_key", detail = toString())
            KeyFailure.Reason.DiskFull -> Failure(FailureKind.DiskFull, "disk_full", detail = toString())
            KeyFailure.Reason.Unavailable -> Failure(FailureKind.Internal, "internal", detail = toString())
        }
}
