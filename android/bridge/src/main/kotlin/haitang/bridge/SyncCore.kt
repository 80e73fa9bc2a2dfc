package haitang.bridge

/** Sync, and watching it. */
interface SyncCore

internal class PhoneSyncCore(
    private val caller: Caller,
) : SyncCore
