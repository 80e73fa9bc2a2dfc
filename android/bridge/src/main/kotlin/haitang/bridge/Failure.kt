package haitang.bridge

import uniffi.haitang.CoreException

/** What sort of failure it is: a value exists where a screen does something different. */
enum class FailureKind {
    /** The rules say no: show why. */
    Refused,

    /** This phone has not been enrolled, or was wiped. */
    NotEnrolled,

    /** The key does not open the database. */
    WrongKey,

    /** The database is damaged, and kept as it is. */
    Corrupt,

    /** The disk is full, and nothing was changed. */
    DiskFull,

    /** No network, or an answer that was cut: it will be tried again. */
    Network,

    /** The network wants someone to sign in first. */
    Portal,

    /** The server said no to the request as a whole. */
    Server,

    /** What was given makes no sense. */
    BadInput,

    /** A fault of our own. */
    Internal,
}

/**
 * Why the core did not do something.
 *
 * @param code what texts are found by, such as `wrong_state`; never changes
 * @param values what the text needs, such as `state` and `action`
 * @param detail for a log, in English; not for a person's eyes
 */
data class Failure(
    val kind: FailureKind,
    val code: String,
    val values: Map<String, String> = emptyMap(),
    val detail: String = "",
)

/** Thrown by everything in this package that does something and cannot. */
class CoreFailure(
    val failure: Failure,
) : Exception("${failure.code}: ${failure.detail}")

/** What the generated bindings threw, as screens know it. */
internal fun CoreException.failure(): Failure {
    val parts = parts()
    val kind =
        when (this) {
            is CoreException.Refused -> FailureKind.Refused
            is CoreException.NotEnrolled -> FailureKind.NotEnrolled
            is CoreException.WrongKey -> FailureKind.WrongKey
            is CoreException.Corrupt -> FailureKind.Corrupt
            is CoreException.DiskFull -> FailureKind.DiskFull
            is CoreException.Network -> FailureKind.Network
            is CoreException.Portal -> FailureKind.Portal
            is CoreException.Server -> FailureKind.Server
            is CoreException.BadInput -> FailureKind.BadInput
            is CoreException.Internal -> FailureKind.Internal
        }
    return Failure(kind, parts.code, parts.values, parts.detail)
}
