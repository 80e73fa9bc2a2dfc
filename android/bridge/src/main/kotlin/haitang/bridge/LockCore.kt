package haitang.bridge

/** The PIN that opens the app. */
interface LockCore

internal class PhoneLockCore(
    private val caller: Caller,
) : LockCore
