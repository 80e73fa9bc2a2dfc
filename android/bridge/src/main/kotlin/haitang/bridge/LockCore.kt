package haitang.bridge

import uniffi.haitang.PinCheck

/** The PIN that opens the app. A wrong one is followed by a wait; nothing is ever wiped for it. */
interface LockCore {
    /** Sets a PIN of 6 to 12 digits. @throws CoreFailure `weak_pin`, or `already` where there is one */
    suspend fun setPin(pin: String)

    /** Takes the PIN away, for whoever knows it: a try like any other. @throws CoreFailure */
    suspend fun clearPin(pin: String): PinCheck

    /** Puts another in its place; there is no moment without one. @throws CoreFailure */
    suspend fun changePin(
        pin: String,
        new: String,
    ): PinCheck

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
    override suspend fun setPin(pin: String) = caller.call { setPin(pin) }

    override suspend fun clearPin(pin: String) = caller.call { clearPin(pin) }

    override suspend fun changePin(
        pin: String,
        new: String,
    ) = caller.call { changePin(pin, new) }

    override suspend fun hasPin() = caller.call { hasPin() }

    override suspend fun checkPin(pin: String) = caller.call { checkPin(pin) }

    override suspend fun pinState() = caller.call { pinState() }

    override suspend fun lockAfterMs() = caller.call { lockAfterMs() }

    override suspend fun setLockAfterMs(ms: Long) = caller.call { setLockAfterMs(ms) }
}
