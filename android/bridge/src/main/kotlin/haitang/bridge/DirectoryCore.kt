package haitang.bridge

/** People and orgs. */
interface DirectoryCore

internal class PhoneDirectoryCore(
    private val caller: Caller,
) : DirectoryCore
