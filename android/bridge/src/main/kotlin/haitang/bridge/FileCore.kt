package haitang.bridge

/** Photos, recordings and documents. */
interface FileCore

internal class PhoneFileCore(
    private val caller: Caller,
) : FileCore
