package haitang.bridge

/** Whose phone this is. */
interface EnrolCore

internal class PhoneEnrolCore(
    private val caller: Caller,
) : EnrolCore
