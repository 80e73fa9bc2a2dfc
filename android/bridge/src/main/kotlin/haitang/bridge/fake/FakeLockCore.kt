package haitang.bridge.fake

import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.LockCore
import uniffi.haitang.PinCheck

/** A lock whose waits end when a test sets [waitMs] to 0. */
class FakeLockCore : LockCore {
    /** The PIN, where there is one. */
    var pin: String? = null

    /** What remains of a wait. */
    var waitMs = 0L

    /** What the next call fails with. */
    var failure: Failure? = null
    private var triesLeft = TRIES
    private var lockAfter = 60_000L

    override suspend fun setPin(pin: String) {
        fail()
        if (pin.length < SHORTEST) throw weak("length")
        if (pin.toSet().size == 1) throw weak("same")
        if (this.pin != null) throw CoreFailure(Failure(FailureKind.Refused, "already"))
        this.pin = pin
    }

    override suspend fun changePin(
        pin: String,
        new: String,
    ): PinCheck {
        if (new.toSet().size == 1) throw weak("same")
        return checkPin(pin).also { if (it.right) this.pin = new }
    }

    override suspend fun clearPin(pin: String): PinCheck = checkPin(pin).also { if (it.right) this.pin = null }

    override suspend fun hasPin(): Boolean {
        fail()
        return pin != null
    }

    override suspend fun checkPin(pin: String): PinCheck {
        fail()
        if (waitMs > 0) return PinCheck(false, 0u, waitMs)
        if (pin == this.pin) {
            triesLeft = TRIES
            return PinCheck(true, TRIES, 0)
        }
        triesLeft -= 1u
        if (triesLeft == 0u) {
            triesLeft = 1u
            waitMs = FIRST_WAIT_MS
            return PinCheck(false, 0u, waitMs)
        }
        return PinCheck(false, triesLeft, 0)
    }

    override suspend fun pinState(): PinCheck {
        fail()
        return PinCheck(pin == null, if (waitMs > 0) 0u else triesLeft, waitMs)
    }

    override suspend fun lockAfterMs(): Long = lockAfter

    override suspend fun setLockAfterMs(ms: Long) {
        fail()
        lockAfter = ms
    }

    private fun weak(reason: String) = CoreFailure(Failure(FailureKind.BadInput, "weak_pin", mapOf("reason" to reason)))

    private fun fail() = failure?.let { throw CoreFailure(it) }

    private companion object {
        const val TRIES = 5u
        const val SHORTEST = 6
        const val FIRST_WAIT_MS = 30_000L
    }
}
