package haitang.features.sync

import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavController
import androidx.navigation.NavGraphBuilder
import androidx.navigation.compose.composable
import androidx.navigation.navDeepLink
import haitang.bridge.SyncCore

/** Where sync is told of. */
object SyncRoutes {
    const val PAGE = "sync"
}

/** The page of sync; opened by `haitang://sync` too. */
fun NavGraphBuilder.syncGraph(
    nav: NavController,
    core: SyncCore,
    onOutbox: () -> Unit,
    onOpenBrowser: () -> Unit,
) {
    composable(SyncRoutes.PAGE, deepLinks = listOf(navDeepLink { uriPattern = "haitang://sync" })) {
        val model = viewModel { SyncViewModel(core) }
        val state by model.state.collectAsStateWithLifecycle()
        SyncScreen(
            state,
            onSyncNow = model::syncNow,
            onOpenBrowser = onOpenBrowser,
            onOutbox = onOutbox,
            onMessageShown = model::messageShown,
            onBack = { nav.popBackStack() },
        )
    }
}
