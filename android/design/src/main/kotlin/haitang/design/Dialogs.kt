package haitang.design

import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalConfiguration
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import androidx.compose.ui.window.DialogProperties

/** Asks once more before something that cannot be undone. */
@Composable
fun ConfirmDialog(
    title: String,
    text: String,
    confirm: String,
    onConfirm: () -> Unit,
    onDismiss: () -> Unit,
    harmful: Boolean = false,
) {
    AlertDialog(
        onDismissRequest = onDismiss,
        modifier = dialogPlace(),
        properties = OwnWidth,
        title = { Text(title) },
        // With large letters it may be longer than the screen.
        text = { Text(text, Modifier.verticalScroll(rememberScrollState())) },
        confirmButton = { QuietButton(confirm, onConfirm, harmful = harmful) },
        dismissButton = { QuietButton(stringResource(R.string.cancel), onDismiss) },
    )
}

/**
 * Where a dialog of [OwnWidth] stands: clear of the edges, and not higher than the screen, so that what is longer scrolls inside of it and
 * its buttons stay where they can be pressed.
 */
@Composable
fun dialogPlace(): Modifier = Modifier.padding(horizontal = 24.dp).heightIn(max = LocalConfiguration.current.screenHeightDp.dp - 64.dp)

/** For every dialog with a field in it: in a window of the platform's width a field is laid out anew in every frame, for ever. */
val OwnWidth = DialogProperties(usePlatformDefaultWidth = false)
