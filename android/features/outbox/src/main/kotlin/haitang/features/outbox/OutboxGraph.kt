package haitang.features.outbox

import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavController
import androidx.navigation.NavGraphBuilder
import androidx.navigation.compose.composable
import androidx.navigation.navDeepLink
import haitang.bridge.OutboxCore

/** Where is shown what is not on the server. */
object OutboxRoutes {
    const val LIST = "outbox"
}

/**
 * What is not on the server; opened by `haitang://outbox` too.
 *
 * @param onMendLog opens the log's page over what the refused command with this number said
 * @param onShare hands the exported text to another app
 */
fun NavGraphBuilder.outboxGraph(
    nav: NavController,
    core: OutboxCore,
    onMendLog: (ULong) -> Unit,
    onShare: (String) -> Unit,
) {
    composable(OutboxRoutes.LIST, deepLinks = listOf(navDeepLink { uriPattern = "haitang://outbox" })) {
        val model = viewModel { OutboxViewModel(core) }
        val state by model.state.collectAsStateWithLifecycle()
        OutboxScreen(
            state,
            OutboxActions(
                mendLog = onMendLog,
                mend = model::mend,
                ask = model::ask,
                discard = model::discard,
                export = model::export,
                share = {
                    onShare(it)
                    model.exported()
                },
                messageShown = model::messageShown,
                back = { nav.popBackStack() },
            ),
        )
    }
}
