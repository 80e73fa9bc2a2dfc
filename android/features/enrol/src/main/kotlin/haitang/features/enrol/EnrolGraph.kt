package haitang.features.enrol

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.createSavedStateHandle
import androidx.lifecycle.viewmodel.compose.viewModel
import haitang.bridge.EnrolCore

/**
 * Enrolling, shown by the app in place of its pages while the phone has no holder.
 *
 * @param deviceName what the phone is called until the person says otherwise
 * @param onEnrolled the person has been greeted and wants to begin
 */
@Composable
fun EnrolGate(
    core: EnrolCore,
    deviceName: String,
    onOpenBrowser: () -> Unit,
    onEnrolled: () -> Unit,
) {
    val model = viewModel(key = "enrol/${System.identityHashCode(core)}") { EnrolViewModel(core, createSavedStateHandle(), deviceName) }
    val state by model.state.collectAsStateWithLifecycle()
    EnrolScreen(
        state,
        EnrolActions(
            go = model::go,
            server = model::server,
            code = model::code,
            deviceName = model::deviceName,
            scanned = model::scanned,
            typed = model::typed,
            openBrowser = onOpenBrowser,
            again = model::again,
            start = {
                model.begun()
                onEnrolled()
            },
        ),
    )
}
