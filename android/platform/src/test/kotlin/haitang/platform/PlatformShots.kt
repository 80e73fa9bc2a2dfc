package haitang.platform

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.res.stringResource

/** The scanner as it looks without a camera behind it. */
val platformShots: List<Pair<String, @Composable () -> Unit>> =
    listOf(
        "scanner-aim" to
            { Box(Modifier.fillMaxSize().background(Color.Black)) { ScannerControls(CameraState.Running, false, true, true) {} } },
        "scanner-dark" to
            { Box(Modifier.fillMaxSize().background(Color.Black)) { ScannerControls(CameraState.Running, true, true, false) {} } },
        "scanner-denied" to {
            ScannerTrouble(stringResource(R.string.device_camera_denied), stringResource(R.string.device_camera_allow)) {}
        },
        "scanner-none" to { ScannerTrouble(stringResource(R.string.device_camera_none)) },
    )
