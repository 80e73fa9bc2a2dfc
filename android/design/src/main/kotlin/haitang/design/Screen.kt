package haitang.design

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.filled.ArrowBack
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.material3.SnackbarHost
import androidx.compose.material3.SnackbarHostState
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.material3.TopAppBar
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp

/**
 * The frame of every screen: a title, the way back, what happened last, and what can be done in reach of the thumb.
 *
 * @param message what happened last; shown once, then [onMessageShown] is called
 * @param bottom buttons that stay on screen
 */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
fun HaitangScreen(
    title: String,
    modifier: Modifier = Modifier,
    onBack: (() -> Unit)? = null,
    actions: @Composable RowScope.() -> Unit = {},
    message: String? = null,
    onMessageShown: () -> Unit = {},
    bottom: (@Composable ColumnScope.() -> Unit)? = null,
    content: @Composable (PaddingValues) -> Unit,
) {
    val snackbars = remember { SnackbarHostState() }
    LaunchedEffect(message) {
        if (message != null) {
            snackbars.showSnackbar(message, withDismissAction = true)
            onMessageShown()
        }
    }
    Scaffold(
        modifier,
        // The app's frame has already kept clear of the system's bars.
        contentWindowInsets = WindowInsets(0),
        topBar = {
            TopAppBar(
                title = { Text(title, Modifier.semantics { heading() }, maxLines = 2) },
                navigationIcon = {
                    if (onBack != null) IconAction(Icons.AutoMirrored.Filled.ArrowBack, stringResource(R.string.back), onBack)
                },
                actions = actions,
                windowInsets = WindowInsets(0),
            )
        },
        snackbarHost = { SnackbarHost(snackbars) },
        bottomBar = {
            if (bottom != null) {
                Surface(color = MaterialTheme.colorScheme.surfaceContainerLow) {
                    Column(
                        Modifier.fillMaxWidth().padding(horizontal = Haitang.measures.edge, vertical = 8.dp),
                        verticalArrangement = Arrangement.spacedBy(8.dp),
                        horizontalAlignment = Alignment.CenterHorizontally,
                        content = {
                            // As wide as what is above it, which has its edges inside.
                            val most = READABLE - Haitang.measures.edge * 2
                            Column(Modifier.widthIn(max = most).fillMaxWidth(), Arrangement.spacedBy(8.dp), content = bottom)
                        },
                    )
                }
            }
        },
        content = content,
    )
}

/** Wider than this, lines are hard to read: on a tablet what is read stays this wide, in the middle. */
val READABLE = 720.dp
