package haitang.bridge

import uniffi.haitang.Identity

/** Whose phone this is. */
interface EnrolCore {
    /** Enrols this phone with a one-time code, at the server whose address is [server]. @throws CoreFailure */
    suspend fun enrol(
        server: String,
        code: String,
        deviceName: String,
    ): Identity

    /** Enrols this phone with what was scanned. @throws CoreFailure `bad_input` where that is no enrolment code */
    suspend fun enrolByQr(
        scanned: String,
        deviceName: String,
    ): Identity

    /** Who this phone belongs to. @throws CoreFailure `not_enrolled` where it belongs to nobody yet */
    suspend fun identity(): Identity

    /** Deletes everything on this phone. @throws CoreFailure */
    suspend fun wipe()
}

internal class PhoneEnrolCore(
    private val caller: Caller,
) : EnrolCore {
    override suspend fun enrol(
        server: String,
        code: String,
        deviceName: String,
    ) = caller.call { enrol(server, code, deviceName) }

    override suspend fun enrolByQr(
        scanned: String,
        deviceName: String,
    ) = caller.call { enrolByQr(scanned, deviceName) }

    override suspend fun identity() = caller.call { identity() }

    override suspend fun wipe() = caller.call { wipe() }
}
