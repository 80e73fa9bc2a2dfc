package haitang.features.sync

import androidx.annotation.StringRes
import androidx.compose.runtime.Composable
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import uniffi.haitang.SyncPhase
import uniffi.haitang.SyncState
import uniffi.haitang.SyncStop

/** What is happening, in a few words. */
@Composable
internal fun phaseText(phase: SyncPhase): String =
    when (phase) {
        SyncPhase.Idle -> stringResource(R.string.sync_idle)
        SyncPhase.Connecting -> stringResource(R.string.sync_connecting)
        SyncPhase.Sending -> stringResource(R.string.sync_sending)
        is SyncPhase.Receiving -> receivingText(percent(phase))
        SyncPhase.Uploading -> stringResource(R.string.sync_uploading)
        is SyncPhase.Waiting -> stringResource(stopText(phase.stop))
        is SyncPhase.Stopped -> stringResource(stopText(phase.stop))
    }

@Composable
private fun receivingText(percent: Int?): String =
    if (percent == null) stringResource(R.string.sync_receiving_some) else stringResource(R.string.sync_receiving, percent)

/** How many are unsent, and what is happening: `3 件未上传 · 没有网络`. */
@Composable
internal fun lineText(state: SyncState): String {
    val count = state.unsent.coerceAtMost(Int.MAX_VALUE.toULong()).toInt()
    return when {
        count > 0 -> stringResource(R.string.sync_line, pluralStringResource(R.plurals.sync_unsent, count, count), phaseText(state.phase))
        state.phase == SyncPhase.Idle -> stringResource(R.string.sync_all_sent)
        stopOf(state.phase) == SyncStop.FAULT -> phaseText(state.phase)
        else -> stringResource(R.string.sync_line, stringResource(R.string.sync_all_sent), phaseText(state.phase))
    }
}

/** Why it does not go on, where it does not. */
internal fun stopOf(phase: SyncPhase): SyncStop? =
    when (phase) {
        is SyncPhase.Waiting -> phase.stop
        is SyncPhase.Stopped -> phase.stop
        else -> null
    }

/** How much of what waited has come, 0 to 100; nothing where that is not known. */
internal fun percent(phase: SyncPhase.Receiving): Int? {
    val (done, total) = phase
    return if (total == 0uL) null else (minOf(done, total) * 100u / total).toInt()
}

@StringRes
private fun stopText(stop: SyncStop): Int =
    when (stop) {
        SyncStop.NETWORK -> R.string.sync_stop_network
        SyncStop.PORTAL -> R.string.sync_stop_portal
        SyncStop.UNTRUSTED -> R.string.sync_stop_untrusted
        SyncStop.SERVER -> R.string.sync_stop_server
        SyncStop.DISK_FULL -> R.string.sync_stop_disk_full
        SyncStop.UPDATE_NEEDED -> R.string.sync_stop_update_needed
        SyncStop.REVOKED -> R.string.sync_stop_revoked
        SyncStop.NOT_ENROLLED -> R.string.sync_stop_not_enrolled
        SyncStop.DIVERGED -> R.string.sync_stop_diverged
        SyncStop.FAULT -> R.string.sync_stop_fault
    }

/** Why, and what to do, in a sentence. */
@StringRes
internal fun whyText(stop: SyncStop): Int =
    when (stop) {
        SyncStop.NETWORK -> R.string.sync_why_network
        SyncStop.PORTAL -> R.string.sync_why_portal
        SyncStop.UNTRUSTED -> R.string.sync_why_untrusted
        SyncStop.SERVER -> R.string.sync_why_server
        SyncStop.DISK_FULL -> R.string.sync_why_disk_full
        SyncStop.UPDATE_NEEDED -> R.string.sync_why_update_needed
        SyncStop.REVOKED -> R.string.sync_why_revoked
        SyncStop.NOT_ENROLLED -> R.string.sync_why_not_enrolled
        SyncStop.DIVERGED -> R.string.sync_why_diverged
        SyncStop.FAULT -> R.string.sync_why_fault
    }
