package haitang.bridge

import kotlinx.coroutines.flow.Flow
import uniffi.haitang.UnsentItem

/** What is not yet on the server, and why. */
interface OutboxCore {
    /** Commands that wait to be sent, the oldest first. */
    fun waiting(): Flow<Loaded<List<UnsentItem>>>

    /** Commands the server refused, the oldest first. */
    fun refused(): Flow<Loaded<List<UnsentItem>>>

    /** Hands a refused command in again, in the way that fits it. Gives the record it now speaks of. @throws CoreFailure */
    suspend fun mend(seq: ULong): String

    /** Lets a refused command go, by its author's own decision. @throws CoreFailure */
    suspend fun discard(seq: ULong)

    /** Everything that is not on the server, as JSON to be kept elsewhere. @throws CoreFailure */
    suspend fun export(): String
}

internal class PhoneOutboxCore(
    private val caller: Caller,
) : OutboxCore {
    override fun waiting() = caller.live { waiting() }

    override fun refused() = caller.live { refused() }

    override suspend fun mend(seq: ULong) = caller.call { mend(seq) }

    override suspend fun discard(seq: ULong) = caller.call { discardRefused(seq) }

    override suspend fun export() = caller.call { exportUnsent() }
}
