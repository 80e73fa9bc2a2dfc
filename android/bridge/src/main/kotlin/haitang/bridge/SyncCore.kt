package haitang.bridge

import kotlinx.coroutines.flow.Flow
import uniffi.haitang.Deadline
import uniffi.haitang.OutboxStatus
import uniffi.haitang.SyncObserver
import uniffi.haitang.SyncState

/** Sync, and watching it. */
interface SyncCore {
    /** What sync is doing, now and whenever that changes. */
    fun state(): Flow<SyncState>

    /** How much is not yet on the server. */
    fun outbox(): Flow<Loaded<OutboxStatus>>

    /** When a sync was last whole, where one ever was. */
    fun lastSync(): Flow<Loaded<Long?>>

    /** The same as [outbox], once. @throws CoreFailure */
    suspend fun outboxNow(): OutboxStatus

    /** Syncs once. @throws CoreFailure why it did not come through; nothing is lost, the next one goes on from there */
    suspend fun sync()

    /** Syncs until it is cancelled, for as long as the app is seen. @throws CoreFailure */
    suspend fun syncForever()

    /** What is to be done until then, the soonest first. @throws CoreFailure */
    suspend fun deadlines(until: Long): List<Deadline>
}

internal class PhoneSyncCore(
    private val caller: Caller,
) : SyncCore {
    override fun state(): Flow<SyncState> =
        caller.told { tell ->
            val watch =
                watchSync(
                    object : SyncObserver {
                        override fun onStatus(state: SyncState) = tell(state)
                    },
                )
            return@told {
                watch.stop()
                watch.close()
            }
        }

    override fun outbox() = caller.live { outboxStatus() }

    override fun lastSync(): Flow<Loaded<Long?>> = caller.live { lastSync() }

    override suspend fun outboxNow() = caller.call { outboxStatus() }

    override suspend fun sync() = caller.call { sync() }

    override suspend fun syncForever() = caller.call { syncForever() }

    override suspend fun deadlines(until: Long) = caller.call { deadlines(until) }
}
