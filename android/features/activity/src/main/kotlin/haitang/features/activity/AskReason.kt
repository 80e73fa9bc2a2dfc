package haitang.features.activity

import androidx.activity.compose.BackHandler
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import haitang.design.ChoiceRow
import haitang.design.HaitangScreen
import haitang.design.PrimaryButton
import haitang.design.TextEntry

/**
 * Asks why, on a page instead of in a dialog: with large letters the keyboard would leave a dialog no room.
 *
 * @param suggestions what is often the reason, one tap each
 */
@Composable
internal fun AskReason(
    title: String,
    label: String,
    confirm: String,
    suggestions: List<String>,
    busy: Boolean,
    message: String?,
    onMessageShown: () -> Unit,
    onConfirm: (String) -> Unit,
    onDismiss: () -> Unit,
) {
    var reason by rememberSaveable { mutableStateOf("") }
    BackHandler(onBack = onDismiss)
    HaitangScreen(
        title,
        onBack = onDismiss,
        message = message,
        onMessageShown = onMessageShown,
        bottom = { PrimaryButton(confirm, { onConfirm(reason.trim()) }, Modifier.fillMaxWidth(), reason.isNotBlank(), busy) },
    ) { padding ->
        Page(Modifier.padding(padding)) {
            suggestions.forEach { ChoiceRow(it, it == reason, { reason = it }) }
            TextEntry(label, reason, { reason = it }, required = true, lines = 3)
        }
    }
}
