package haitang.bridge

/**
 * What a try came to, or would.
 *
 * @param triesLeft before the next wait; 0 while one runs
 * @param waitMs how long to wait before the next try; 0 where it may be made at once
 */
data class PinCheck(
    val right: Boolean,
    val triesLeft: UInt,
    val waitMs: Long,
)

/** The PIN that opens the app. A wrong one is followed by a wait; nothing is ever wiped for it. */
interface LockCore {
    /** Sets a PIN of 6 to 12 digits. @throws CoreFailure `weak_pin`, or `already` where there is one */
    suspend fun setPin(pin: String)

    /** Takes the PIN away, for whoever knows it: a try like any other. @throws CoreFailure */
    suspend fun clearPin(pin: String): PinCheck

    /** @throws CoreFailure */
    suspend fun hasPin(): Boolean

    /** Tries a PIN. @throws CoreFailure */
    suspend fun checkPin(pin: String): PinCheck

    /** How things stand without a try. @throws CoreFailure */
    suspend fun pinState(): PinCheck

    /** How long the app may be left before it asks for the PIN. @throws CoreFailure */
    suspend fun lockAfterMs(): Long

    /** @throws CoreFailure */
    suspend fun setLockAfterMs(ms: Long)
}

internal class PhoneLockCore(
    private val caller: Caller,
) : LockCore {
    override suspend fun setPin(pin: String) = caller.call { soon() }

    override suspend fun clearPin(pin: String): PinCheck = caller.call { soon() }

    override suspend fun hasPin() = caller.call { false }

    override suspend fun checkPin(pin: String): PinCheck = caller.call { soon() }

    override suspend fun pinState(): PinCheck = caller.call { soon() }

    override suspend fun lockAfterMs() = caller.call { 0L }

    override suspend fun setLockAfterMs(ms: Long) = caller.call { soon() }

    private fun soon(): Nothing = throw CoreFailure(Failure(FailureKind.Internal, "internal"))
}
