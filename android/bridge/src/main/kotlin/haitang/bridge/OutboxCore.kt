package haitang.bridge

/** What is not yet on the server, and why. */
interface OutboxCore

internal class PhoneOutboxCore(
    private val caller: Caller,
) : OutboxCore
