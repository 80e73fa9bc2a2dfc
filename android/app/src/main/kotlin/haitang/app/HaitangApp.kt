package haitang.app

import android.os.Build
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import androidx.compose.ui.Modifier
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.design.LoadingState
import haitang.features.enrol.BrokenScreen
import haitang.features.enrol.EnrolGate
import haitang.features.enrol.WipedScreen
import haitang.features.lock.LockGate
import haitang.platform.Preferences

/** What stands before the door, and behind it. */
@Composable
fun HaitangApp(
    door: CoreDoor,
    preferences: Preferences,
    biometrics: Boolean,
) {
    val state by door.state.collectAsStateWithLifecycle()
    val browser = rememberBrowser()
    val saver = rememberSaver()
    // Where one was inside is there again once the door was unlocked.
    val kept = rememberSaveableStateHolder()
    Surface(Modifier.fillMaxSize(), color = MaterialTheme.colorScheme.background) {
        Box(Modifier.safeDrawingPadding()) {
            when (val now = state) {
                is DoorState.Opening -> {
                    LoadingState()
                }

                is DoorState.NotEnrolled -> {
                    EnrolGate(now.core.enrol, Build.MODEL.orEmpty(), browser, door::enrolled)
                }

                is DoorState.Locked -> {
                    LockGate(now.core.lock, "lock-${now.time}", biometrics, door::unlocked)
                }

                is DoorState.Open -> {
                    kept.SaveableStateProvider("inside") { Inside(now.core, preferences, browser, saver) }
                }

                is DoorState.Broken -> {
                    BrokenScreen(now.failure, now.aside, now.busy, door::open, door::startAfresh, saver::folder, door::open)
                }

                is DoorState.Wiped -> {
                    WipedScreen(door::enrolAgain)
                }
            }
        }
    }
}
