package haitang.design

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.toggleable
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.Checkbox
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.RadioButton
import androidx.compose.material3.Switch
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.dp

/**
 * Something to be written.
 *
 * @param error what is wrong with it, which is then read aloud too
 * @param lines how many are shown at least; more than one makes Enter begin a line
 */
@Composable
fun TextEntry(
    label: String,
    value: String,
    onChange: (String) -> Unit,
    modifier: Modifier = Modifier,
    required: Boolean = false,
    error: String? = null,
    hint: String? = null,
    lines: Int = 1,
    keyboard: KeyboardType = KeyboardType.Text,
    enabled: Boolean = true,
) {
    val named = if (required) stringResource(R.string.required, label) else label
    OutlinedTextField(
        value,
        onChange,
        modifier.fillMaxWidth(),
        enabled = enabled,
        label = { Text(named) },
        supportingText = (error ?: hint)?.let { { Text(it) } },
        isError = error != null,
        singleLine = lines == 1,
        minLines = lines,
        keyboardOptions = KeyboardOptions(keyboardType = keyboard, imeAction = if (lines == 1) ImeAction.Next else ImeAction.Default),
    )
}

/** One of several: the whole line is the target. */
@Composable
fun ChoiceRow(
    text: String,
    chosen: Boolean,
    onChoose: () -> Unit,
    modifier: Modifier = Modifier,
    detail: String? = null,
    enabled: Boolean = true,
) {
    Line(modifier.selectable(chosen, enabled, Role.RadioButton, onClick = onChoose)) {
        RadioButton(chosen, null, enabled = enabled)
        Texts(text, detail, Modifier.weight(1f))
    }
}

/** Any of several: the whole line is the target. */
@Composable
fun CheckRow(
    text: String,
    checked: Boolean,
    onChange: (Boolean) -> Unit,
    modifier: Modifier = Modifier,
    detail: String? = null,
    enabled: Boolean = true,
) {
    Line(modifier.toggleable(checked, enabled, Role.Checkbox, onValueChange = onChange)) {
        Checkbox(checked, null, enabled = enabled)
        Texts(text, detail, Modifier.weight(1f))
    }
}

/** Something on or off: the whole line is the target. */
@Composable
fun SwitchRow(
    text: String,
    on: Boolean,
    onChange: (Boolean) -> Unit,
    modifier: Modifier = Modifier,
    detail: String? = null,
    enabled: Boolean = true,
) {
    Line(modifier.toggleable(on, enabled, Role.Switch, onValueChange = onChange)) {
        Texts(text, detail, Modifier.weight(1f))
        Switch(on, null, enabled = enabled)
    }
}

@Composable
private fun Line(
    modifier: Modifier,
    content: @Composable RowScope.() -> Unit,
) = Row(
    modifier.fillMaxWidth().heightIn(min = Haitang.measures.target).padding(horizontal = 4.dp, vertical = 6.dp),
    horizontalArrangement = Arrangement.spacedBy(12.dp),
    verticalAlignment = Alignment.CenterVertically,
    content = content,
)

@Composable
private fun Texts(
    text: String,
    detail: String?,
    modifier: Modifier,
) {
    Column(modifier) {
        Text(text, style = MaterialTheme.typography.bodyLarge)
        if (detail != null) Text(detail, style = MaterialTheme.typography.bodySmall, color = MaterialTheme.colorScheme.onSurfaceVariant)
    }
}
