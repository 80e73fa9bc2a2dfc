package haitang.features.enrol

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.design.failureText

/** Why enrolling did not come through. Some failures are told otherwise than later on: here nothing is kept to be sent. */
@Composable
internal fun enrolText(
    failure: Failure,
    step: EnrolStep,
): String =
    when {
        failure.code == "bad_certificate" -> stringResource(R.string.enrol_certificate)
        failure.code == "wrong_version" -> stringResource(R.string.enrol_newer)
        failure.kind == FailureKind.Network -> stringResource(R.string.enrol_no_network)
        failure.kind == FailureKind.Portal -> stringResource(R.string.enrol_portal)
        failure.kind == FailureKind.DiskFull -> stringResource(R.string.enrol_disk_full)
        failure.kind == FailureKind.BadInput && step == EnrolStep.Scan -> stringResource(R.string.enrol_not_ours)
        failure.kind == FailureKind.BadInput -> stringResource(R.string.enrol_bad_address)
        else -> failureText(failure)
    }
