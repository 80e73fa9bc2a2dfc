package haitang.bridge

import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate
import uniffi.haitang.CoreException
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
        callbackFlow {
            val observer =
                object : SyncObserver {
                    override fun onStatus(state: SyncState) {
                        trySend(state)
                    }
                }
            val watch =
                try {
                    caller.phone.watchSync(observer)
                } catch (error: CoreException) {
                    close(CoreFailure(error.failure()))
                    return@callbackFlow
                }
            awaitClose {
                watch.stop()
                watch.close()
            }
        }.conflate()

    override fun outbox() = caller.live { outboxStatus() }

    override fun lastSync(): Flow<Loaded<Long?>> = caller.live { myData().lastSync }

    override suspend fun outboxNow() = caller.call { outboxStatus() }

    override suspend fun sync() = caller.call { sync() }

    override suspend fun syncForever() = caller.call { syncForever() }

    override suspend fun deadlines(until: Long) = caller.call { deadlines(until) }
}
