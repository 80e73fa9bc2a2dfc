package haitang.features.directory

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Warning
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import haitang.bridge.FailureKind
import haitang.design.Content
import haitang.design.ContentBox
import haitang.design.EmptyState
import haitang.design.Fact
import haitang.design.HaitangScreen
import haitang.design.QrCode
import haitang.design.ReadingColumn
import haitang.design.SecondaryButton
import haitang.design.momentText
import uniffi.haitang.Enrolment

/** A code with which somebody's phone becomes theirs: to be scanned, or read aloud. */
@Composable
fun EnrolmentScreen(
    state: EnrolmentState,
    onAgain: () -> Unit,
    onBack: () -> Unit,
) {
    HaitangScreen(stringResource(R.string.directory_code), onBack = onBack) { padding ->
        if ((state.code as? Content.Failed)?.failure?.kind == FailureKind.Network) {
            // The general sentence speaks of what was kept; here nothing was, and only a network helps.
            EmptyState(stringResource(R.string.directory_code_offline), Modifier.padding(padding), icon = Icons.Filled.Warning) {
                SecondaryButton(stringResource(haitang.design.R.string.retry), onAgain)
            }
            return@HaitangScreen
        }
        ContentBox(state.code, Modifier.padding(padding), onRetry = onAgain) { code ->
            ReadingColumn(Modifier.padding(padding)) { Body(state, code, onAgain) }
        }
    }
}

@Composable
private fun ColumnScope.Body(
    state: EnrolmentState,
    code: Enrolment,
    onAgain: () -> Unit,
) {
    Text(
        stringResource(R.string.directory_code_for, state.name),
        Modifier.semantics { heading() },
        style = MaterialTheme.typography.headlineSmall,
    )
    Text(stringResource(R.string.directory_code_how, state.name))
    QrCode(
        code.qr,
        stringResource(R.string.directory_code_picture),
        Modifier.widthIn(max = 320.dp).fillMaxWidth().align(Alignment.CenterHorizontally),
    )
    Text(stringResource(R.string.directory_code_or), Modifier.align(Alignment.CenterHorizontally))
    SelectionContainer(Modifier.align(Alignment.CenterHorizontally)) {
        Text(code.code, style = MaterialTheme.typography.displaySmall, fontFamily = FontFamily.Monospace, textAlign = TextAlign.Center)
    }
    if (state.server.isNotBlank()) Fact(stringResource(R.string.directory_code_server), state.server)
    Fact(stringResource(R.string.directory_code_expires), momentText(code.expires))
    Text(stringResource(R.string.directory_code_once), color = MaterialTheme.colorScheme.onSurfaceVariant)
    SecondaryButton(stringResource(R.string.directory_code_new), onAgain, Modifier.fillMaxWidth())
}
