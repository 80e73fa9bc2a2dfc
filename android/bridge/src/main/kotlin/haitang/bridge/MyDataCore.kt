package haitang.bridge

/** What is kept about the holder, and who looked. */
interface MyDataCore

internal class PhoneMyDataCore(
    private val caller: Caller,
) : MyDataCore
