package haitang.bridge.fake

import haitang.bridge.CoreFailure
import haitang.bridge.EnrolCore
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import uniffi.haitang.Identity

/** A phone that is enrolled, or can be, by any code that begins as ours do. */
class FakeEnrolCore : EnrolCore {
    /** Whose phone this is. */
    var holder: Identity? = SAMPLE

    /** What the next enrolment fails with. */
    var failure: Failure? = null

    /** What was asked for, as `server code name` or `scanned name`. */
    val asked = mutableListOf<String>()

    override suspend fun enrol(
        server: String,
        code: String,
        deviceName: String,
    ): Identity = enrolled("$server $code $deviceName")

    override suspend fun enrolByQr(
        scanned: String,
        deviceName: String,
    ): Identity {
        if (!scanned.startsWith("HTE1:")) throw CoreFailure(Failure(FailureKind.BadInput, "bad_input"))
        return enrolled("$scanned $deviceName")
    }

    override suspend fun identity(): Identity = holder ?: throw CoreFailure(Failure(FailureKind.NotEnrolled, "not_enrolled"))

    override suspend fun wipe() {
        holder = null
    }

    private fun enrolled(how: String): Identity {
        asked += how
        failure?.let { throw CoreFailure(it) }
        holder = SAMPLE
        return SAMPLE
    }

    private companion object {
        val SAMPLE = Identity(device = "d1", member = "m1", name = "周美兰", server = "https://haitang.example")
    }
}
