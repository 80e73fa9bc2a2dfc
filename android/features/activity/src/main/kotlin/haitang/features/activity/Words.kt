package haitang.features.activity

import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Check
import androidx.compose.material.icons.filled.Close
import androidx.compose.material.icons.filled.Edit
import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import haitang.bridge.Failure
import haitang.design.Status
import haitang.design.StatusChip
import haitang.design.failureText
import haitang.platform.DeviceFailure
import uniffi.haitang.ActivityItem
import uniffi.haitang.ActivityKind
import uniffi.haitang.ActivityState
import uniffi.haitang.Flag
import uniffi.haitang.LogState
import haitang.design.R as DesignR

@Composable
internal fun kindText(kind: ActivityKind): String =
    stringResource(
        when (kind) {
            ActivityKind.COMMITTEE_MEETING -> R.string.activity_kind_committee
            ActivityKind.GENERAL_MEETING -> R.string.activity_kind_general
            ActivityKind.GROUP_MEETING -> R.string.activity_kind_group
            ActivityKind.LECTURE -> R.string.activity_kind_lecture
            ActivityKind.THEMED_DAY -> R.string.activity_kind_themed
            ActivityKind.LIFE_MEETING -> R.string.activity_kind_life
            ActivityKind.APPRAISAL -> R.string.activity_kind_appraisal
            ActivityKind.ELECTION -> R.string.activity_kind_election
            ActivityKind.VOLUNTEERING -> R.string.activity_kind_volunteering
            ActivityKind.OTHER -> R.string.activity_kind_other
        },
    )

/** Said to the person at the door: nothing of it turns anybody away. */
@Composable
internal fun flagText(flag: Flag): String =
    stringResource(
        when (flag) {
            Flag.STALE_CODE -> R.string.activity_flag_stale
            Flag.MOCK_LOCATION -> R.string.activity_flag_mock
            Flag.OUTSIDE_TIME -> R.string.activity_flag_outside
        },
    )

/** The same in two words, for whoever looks at the list of those present. */
@Composable
internal fun flagWord(flag: Flag): String =
    stringResource(
        when (flag) {
            Flag.STALE_CODE -> R.string.activity_flag_stale_word
            Flag.MOCK_LOCATION -> R.string.activity_flag_mock_word
            Flag.OUTSIDE_TIME -> R.string.activity_flag_outside_word
        },
    )

@Composable
internal fun ActivityChips(item: ActivityItem) {
    if (item.state == ActivityState.CANCELLED) {
        StatusChip(stringResource(R.string.activity_cancelled), Status.Late, icon = Icons.Filled.Close)
    }
    if (item.iAmPresent) StatusChip(stringResource(R.string.activity_i_am_present), Status.Fine, icon = Icons.Filled.Check)
    if (item.checkInOpen) StatusChip(stringResource(R.string.activity_check_in_open), Status.Soon)
    if (item.pending) StatusChip(stringResource(DesignR.string.not_sent_yet), Status.Plain)
}

@Composable
internal fun LogChips(
    state: LogState,
    pending: Boolean,
) {
    when (state) {
        LogState.DRAFT -> StatusChip(stringResource(R.string.log_draft), Status.Plain, icon = Icons.Filled.Edit)
        LogState.SUBMITTED -> StatusChip(stringResource(R.string.log_submitted), Status.Soon)
        LogState.APPROVED -> StatusChip(stringResource(R.string.log_approved), Status.Fine, icon = Icons.Filled.Check)
        LogState.RETURNED -> StatusChip(stringResource(R.string.log_returned), Status.Late, icon = Icons.Filled.Close)
    }
    if (pending) StatusChip(stringResource(DesignR.string.not_sent_yet), Status.Plain)
}

@Composable
internal fun deviceText(failure: DeviceFailure): String =
    stringResource(
        when (failure) {
            DeviceFailure.Denied -> R.string.activity_device_denied
            DeviceFailure.Unavailable, DeviceFailure.TimedOut -> R.string.activity_device_unavailable
            DeviceFailure.TooLarge -> R.string.activity_device_too_large
            DeviceFailure.Unreadable -> R.string.activity_device_unreadable
        },
    )

/** The one sentence to show, where there are several reasons for one. */
@Composable
internal fun messageOf(
    problem: Failure?,
    device: DeviceFailure? = null,
): String? = problem?.let { failureText(it) } ?: device?.let { deviceText(it) }
