package haitang.bridge.fake

import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.Loaded
import haitang.bridge.SyncCore
import haitang.bridge.valueOrNull
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import uniffi.haitang.Deadline
import uniffi.haitang.OutboxStatus
import uniffi.haitang.SyncPhase
import uniffi.haitang.SyncState
import uniffi.haitang.SyncStop

/** Three things unsent and no network, until [sync] is called. */
class FakeSyncCore : SyncCore {
    /** What sync is doing. */
    val states = MutableStateFlow(SyncState(SyncPhase.Waiting(SyncStop.NETWORK), 3u))

    /** What waits. */
    val status = MutableStateFlow<Loaded<OutboxStatus>>(Loaded.Value(SAMPLE))
    val last = MutableStateFlow<Loaded<Long?>>(Loaded.Value(FakeCore.NOW - 3_600_000))

    /** What the next sync fails with. */
    var failure: Failure? = null
    var syncs = 0
        private set

    /** How many are syncing for as long as the app is seen. */
    var running = 0
        private set
    var due = listOf(Deadline("t1", "task", "走访：大儒巷 12 号", "大儒巷 12 号", FakeCore.NOW + 7_200_000))

    override fun state(): Flow<SyncState> = states

    override fun outbox(): Flow<Loaded<OutboxStatus>> = status

    override fun lastSync(): Flow<Loaded<Long?>> = last

    override suspend fun outboxNow(): OutboxStatus = status.value.valueOrNull() ?: SAMPLE

    override suspend fun sync() {
        syncs += 1
        failure?.let { throw CoreFailure(it) }
        states.value = SyncState(SyncPhase.Idle, 0u)
        status.value = Loaded.Value(SETTLED)
        last.value = Loaded.Value(FakeCore.NOW)
    }

    override suspend fun syncForever() {
        running += 1
        try {
            failure?.let { throw CoreFailure(it) }
            awaitCancellation()
        } finally {
            running -= 1
        }
    }

    override suspend fun deadlines(until: Long): List<Deadline> = due.filter { it.at <= until }

    private companion object {
        val SAMPLE = OutboxStatus(2u, 1u, 1u, 0u, 1u, 0u, true)
        val SETTLED = OutboxStatus(0u, 0u, 0u, 0u, 0u, 0u, true)
    }
}
