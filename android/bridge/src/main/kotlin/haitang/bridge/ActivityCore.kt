package haitang.bridge

/** Activities: calendar, checking in, logs and their approval. */
interface ActivityCore

internal class PhoneActivityCore(
    private val caller: Caller,
) : ActivityCore
