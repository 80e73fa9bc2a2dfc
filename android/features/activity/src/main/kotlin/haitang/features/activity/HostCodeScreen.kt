package haitang.features.activity

import android.app.Activity
import android.content.Context
import android.content.ContextWrapper
import android.view.WindowManager
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalView
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import haitang.design.ContentBox
import haitang.design.Haitang
import haitang.design.HaitangScreen
import haitang.design.QrCode
import haitang.design.SecondaryButton

/** The changing code that people scan. The screen stays on and bright; there is nothing on it that needs a network. */
@Composable
fun HostCodeScreen(
    state: HostCodeState,
    onCheckInFor: () -> Unit,
    onClose: () -> Unit,
    onProblemShown: () -> Unit,
    onBack: () -> Unit,
) {
    LaunchedEffect(state.closed) { if (state.closed) onBack() }
    StaysBright()
    HaitangScreen(
        stringResource(R.string.activity_code),
        onBack = onBack,
        message = messageOf(state.problem),
        onMessageShown = onProblemShown,
    ) { padding ->
        ContentBox(state.code, Modifier.padding(padding)) { code ->
            Column(
                Modifier
                    .padding(padding)
                    .fillMaxSize()
                    .verticalScroll(rememberScrollState())
                    .padding(Haitang.measures.edge),
                Arrangement.spacedBy(Haitang.measures.gap),
                Alignment.CenterHorizontally,
            ) {
                Text(
                    state.title,
                    Modifier.semantics { heading() },
                    style = MaterialTheme.typography.titleLarge,
                    textAlign = TextAlign.Center,
                )
                QrCode(code.text, stringResource(R.string.activity_code_picture), Modifier.widthIn(max = CODE_SIZE).fillMaxWidth())
                // Each second would be read aloud.
                Text(stringResource(R.string.activity_code_seconds, code.seconds), Modifier.clearAndSetSemantics {})
                LinearProgressIndicator(
                    { code.seconds / CODE_SECONDS },
                    Modifier.widthIn(max = CODE_SIZE).fillMaxWidth().clearAndSetSemantics {},
                )
                Text(
                    stringResource(R.string.activity_code_present, state.present, state.expected),
                    style = MaterialTheme.typography.headlineSmall,
                    textAlign = TextAlign.Center,
                )
                Text(
                    stringResource(R.string.activity_code_hint),
                    color = MaterialTheme.colorScheme.onSurfaceVariant,
                    textAlign = TextAlign.Center,
                )
                val wide = Modifier.widthIn(max = CODE_SIZE).fillMaxWidth()
                SecondaryButton(stringResource(R.string.activity_check_in_for), onCheckInFor, wide)
                SecondaryButton(stringResource(R.string.activity_close_check_in), onClose, wide, busy = state.busy)
            }
        }
    }
}

/** Keeps the screen on, and as bright as it can be, while it is shown. */
@Composable
private fun StaysBright() {
    val view = LocalView.current
    DisposableEffect(view) {
        val window = view.context.activity()?.window
        val before = window?.attributes?.screenBrightness
        view.keepScreenOn = true
        window?.attributes = window.attributes.apply { screenBrightness = WindowManager.LayoutParams.BRIGHTNESS_OVERRIDE_FULL }
        onDispose {
            view.keepScreenOn = false
            if (before != null) window.attributes = window.attributes.apply { screenBrightness = before }
        }
    }
}

private tailrec fun Context.activity(): Activity? =
    when (this) {
        is Activity -> this
        is ContextWrapper -> baseContext.activity()
        else -> null
    }

private val CODE_SIZE = 360.dp
private const val CODE_SECONDS = 15f
