package haitang.features.enrol

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.createSavedStateHandle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavController
import androidx.navigation.NavGraphBuilder
import androidx.navigation.compose.composable
import haitang.bridge.EnrolCore

/** Where a secretary gets a code for a member's phone. */
object EnrolRoutes {
    fun invite(member: String) = "enrol/invite/$member"

    internal const val INVITE = "enrol/invite/{member}"
}

/** The code for a member's phone. */
fun NavGraphBuilder.enrolGraph(
    nav: NavController,
    core: EnrolCore,
) {
    composable(EnrolRoutes.INVITE) { entry ->
        val member = entry.arguments?.getString("member").orEmpty()
        val model = viewModel { InviteViewModel(core, member) }
        val state by model.state.collectAsStateWithLifecycle()
        InviteScreen(state, model::again, onBack = { nav.popBackStack() })
    }
}

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
