package haitang.design

import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.window.Dialog
import androidx.compose.ui.window.DialogProperties

/**
 * Asks why, over the page it is about. It takes the whole screen: with large letters the keyboard would leave a small dialog no room.
 * What was typed outlives a turned phone.
 *
 * @param suggestions reasons that are often given, one tap each
 * @param message what went wrong; shown once, then [onMessageShown] is called
 */
@Composable
fun ReasonPage(
    title: String,
    label: String,
    confirm: String,
    onConfirm: (String) -> Unit,
    onDismiss: () -> Unit,
    required: Boolean = true,
    suggestions: List<String> = emptyList(),
    busy: Boolean = false,
    message: String? = null,
    onMessageShown: () -> Unit = {},
) {
    var reason by rememberSaveable { mutableStateOf("") }
    Dialog(onDismiss, DialogProperties(usePlatformDefaultWidth = false, decorFitsSystemWindows = false)) {
        Surface(Modifier.fillMaxSize(), color = MaterialTheme.colorScheme.background) {
            HaitangScreen(
                title,
                Modifier.safeDrawingPadding(),
                onBack = onDismiss,
                message = message,
                onMessageShown = onMessageShown,
                bottom = {
                    val given = !required || reason.isNotBlank()
                    PrimaryButton(confirm, { onConfirm(reason.trim()) }, Modifier.fillMaxWidth(), given, busy)
                },
            ) { padding ->
                ReadingColumn(Modifier.padding(padding)) {
                    suggestions.forEach { ChoiceRow(it, it == reason, { reason = it }) }
                    TextEntry(label, reason, { reason = it }, required = required, lines = 3)
                }
            }
        }
    }
}
