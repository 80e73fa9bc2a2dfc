package haitang.features.enrol

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.design.ConfirmDialog
import haitang.design.HaitangScreen
import haitang.design.PrimaryButton
import haitang.design.QuietButton
import haitang.design.ReadingColumn
import haitang.design.SecondaryButton

/**
 * The database does not open.
 *
 * @param aside where it was set aside to; nothing before it was
 */
@Composable
fun BrokenScreen(
    failure: Failure,
    aside: String?,
    busy: Boolean,
    onRetry: () -> Unit,
    onAfresh: () -> Unit,
    onSend: (String) -> Unit,
    onGoOn: () -> Unit,
) {
    var asking by rememberSaveable { mutableStateOf(false) }
    HaitangScreen(stringResource(R.string.enrol_broken)) { padding ->
        ReadingColumn(Modifier.padding(padding)) {
            if (aside == null) {
                Text(stringResource(whyBroken(failure)), style = MaterialTheme.typography.titleMedium)
                PrimaryButton(stringResource(R.string.enrol_broken_retry), onRetry, Modifier.fillMaxWidth(), busy = busy)
                if (failure.kind != FailureKind.DiskFull) {
                    SecondaryButton(
                        stringResource(R.string.enrol_broken_afresh),
                        { asking = true },
                        Modifier.fillMaxWidth(),
                        enabled = !busy,
                    )
                }
            } else {
                Text(stringResource(R.string.enrol_aside), style = MaterialTheme.typography.titleMedium)
                SelectionContainer { Text(aside) }
                Text(stringResource(R.string.enrol_aside_hint))
                PrimaryButton(stringResource(R.string.enrol_aside_go_on), onGoOn, Modifier.fillMaxWidth(), busy = busy)
                QuietButton(stringResource(R.string.enrol_aside_send), { onSend(aside) }, Modifier.fillMaxWidth())
            }
        }
    }
    if (asking) {
        ConfirmDialog(
            stringResource(R.string.enrol_broken_afresh_title),
            stringResource(R.string.enrol_broken_afresh_text),
            stringResource(R.string.enrol_broken_afresh),
            onConfirm = {
                asking = false
                onAfresh()
            },
            onDismiss = { asking = false },
        )
    }
}

private fun whyBroken(failure: Failure): Int =
    when (failure.kind) {
        FailureKind.WrongKey -> R.string.enrol_broken_key
        FailureKind.Corrupt -> R.string.enrol_broken_corrupt
        FailureKind.DiskFull -> R.string.enrol_broken_full
        else -> R.string.enrol_broken_other
    }

/** The phone was revoked, and is empty. */
@Composable
fun WipedScreen(onEnrol: () -> Unit) {
    HaitangScreen(stringResource(R.string.enrol_wiped)) { padding ->
        ReadingColumn(Modifier.padding(padding)) {
            Text(stringResource(R.string.enrol_wiped_text), style = MaterialTheme.typography.titleMedium)
            SecondaryButton(stringResource(R.string.enrol_wiped_again), onEnrol, Modifier.fillMaxWidth())
        }
    }
}
