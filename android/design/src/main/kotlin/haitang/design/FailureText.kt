package haitang.design

import androidx.compose.runtime.Composable
import androidx.compose.ui.platform.LocalContext
import haitang.bridge.Failure
import haitang.bridge.FailureKind

/** The sentence for every code that has one of its own. A test compares the list with the core's. */
internal val FAILURE_TEXTS: Map<String, Int> =
    mapOf(
        "missing" to R.string.failure_missing,
        "exists" to R.string.failure_exists,
        "wrong_kind" to R.string.failure_wrong_kind,
        "wrong_shard" to R.string.failure_wrong_shard,
        "not_allowed" to R.string.failure_not_allowed,
        "not_yours" to R.string.failure_not_yours,
        "own_work" to R.string.failure_own_work,
        "wrong_state" to R.string.failure_wrong_state,
        "empty" to R.string.failure_empty,
        "too_long" to R.string.failure_too_long,
        "out_of_range" to R.string.failure_out_of_range,
        "conflict" to R.string.failure_conflict,
        "already" to R.string.failure_already,
        "switched_off" to R.string.failure_switched_off,
        "check_in_closed" to R.string.failure_check_in_closed,
        "bad_code" to R.string.failure_bad_code,
        "closed" to R.string.failure_closed,
        "too_late" to R.string.failure_too_late,
        "too_early" to R.string.failure_too_early,
        "not_a_member" to R.string.failure_not_a_member,
        "bad_answer" to R.string.failure_bad_answer,
        "no_attempts_left" to R.string.failure_no_attempts_left,
        "unknown" to R.string.failure_unknown,
        "too_new" to R.string.failure_too_new,
        "unreadable" to R.string.failure_unreadable,
        "not_enrolled" to R.string.failure_not_enrolled,
        "wrong_key" to R.string.failure_wrong_key,
        "corrupt" to R.string.failure_corrupt,
        "disk_full" to R.string.failure_disk_full,
        "network" to R.string.failure_network,
        "portal" to R.string.failure_portal,
        "bad_input" to R.string.failure_bad_input,
        "internal" to R.string.failure_internal,
        "bad_frame" to R.string.failure_bad_frame,
        "wrong_version" to R.string.failure_wrong_version,
        "too_large" to R.string.failure_too_large,
        "bad_request" to R.string.failure_bad_request,
        "unauthorized" to R.string.failure_unauthorized,
        "token_expired" to R.string.failure_token_expired,
        "revoked" to R.string.failure_revoked,
        "not_your_device" to R.string.failure_not_your_device,
        "bad_signature" to R.string.failure_bad_signature,
        "gap" to R.string.failure_gap,
        "diverged" to R.string.failure_diverged,
        "epoch_changed" to R.string.failure_epoch_changed,
        "no_such_shard" to R.string.failure_no_such_shard,
        "forbidden" to R.string.failure_forbidden,
        "not_found" to R.string.failure_not_found,
        "hash_mismatch" to R.string.failure_hash_mismatch,
        "wrong_offset" to R.string.failure_wrong_offset,
        "rate_limited" to R.string.failure_rate_limited,
        "storage_full" to R.string.failure_storage_full,
        "unavailable" to R.string.failure_unavailable,
        "weak_pin" to R.string.failure_weak_pin,
        "bad_certificate" to R.string.failure_bad_certificate,
    )

private val ROLES =
    mapOf(
        "secretary" to R.string.role_secretary,
        "approver" to R.string.role_approver,
        "grid_worker" to R.string.role_grid_worker,
        "leader" to R.string.role_leader,
        "publisher" to R.string.role_publisher,
        "auditor" to R.string.role_auditor,
        "admin" to R.string.role_admin,
    )

/** What happened and what to do, in the person's language. */
@Composable
fun failureText(failure: Failure): String {
    val resources = LocalContext.current.resources
    return failureText(failure) { id, values -> resources.getString(id, *values) }
}

/** The same outside of a composition, with what looks strings up. */
fun failureText(
    failure: Failure,
    string: (id: Int, values: Array<Any>) -> String,
): String {
    val role = ROLES[failure.values["role"]]
    val limit = failure.values["limit"]
    return when {
        failure.code == "not_allowed" && role != null -> {
            string(R.string.failure_not_allowed_role, arrayOf(string(role, emptyArray())))
        }

        failure.code == "too_long" && limit != null -> {
            string(R.string.failure_too_long_limit, arrayOf(limit))
        }

        failure.code == "too_large" && limit != null -> {
            string(R.string.failure_too_large_limit, arrayOf(bytesText(limit)))
        }

        // The same code means a check-in's to the rules and an enrolment's to the server.
        failure.code == "bad_code" && failure.kind == FailureKind.Server -> {
            string(R.string.failure_bad_enrol_code, emptyArray())
        }

        failure.code == "internal" && failure.kind == FailureKind.Server -> {
            string(R.string.failure_internal_server, emptyArray())
        }

        else -> {
            val known = FAILURE_TEXTS[failure.code]
            if (known != null) string(known, emptyArray()) else string(R.string.failure_other, arrayOf(failure.code))
        }
    }
}

/** Bytes as people count them, where [limit] is a number of them. */
private fun bytesText(limit: String): String {
    val bytes = limit.toLongOrNull() ?: return limit
    return if (bytes >= MIB) "${bytes / MIB} MB" else "${bytes / KIB} kB"
}

private const val KIB = 1024L
private const val MIB = 1024 * KIB
