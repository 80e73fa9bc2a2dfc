package haitang.features.home

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavGraphBuilder
import androidx.navigation.compose.composable
import haitang.bridge.HomeCore

/** Where the first screen leads. */
class HomeDoors(
    val scan: () -> Unit,
    val log: () -> Unit,
    val task: (String) -> Unit,
    val tasks: () -> Unit,
    val shift: (String) -> Unit,
    val offers: () -> Unit,
    val activity: (String) -> Unit,
    val activities: () -> Unit,
    val myLogs: () -> Unit,
    val approvals: () -> Unit,
    val notices: () -> Unit,
    val studies: () -> Unit,
    val reviews: () -> Unit,
    val papers: () -> Unit,
    val refused: () -> Unit,
    val sync: () -> Unit,
)

object HomeRoutes {
    const val HOME = "home"
}

/**
 * The first screen.
 *
 * @param reminders asks whether to remind of what is due, where something is
 */
fun NavGraphBuilder.homeGraph(
    core: HomeCore,
    doors: HomeDoors,
    reminders: @Composable () -> Unit = {},
) {
    composable(HomeRoutes.HOME) {
        val model = viewModel { HomeViewModel(core) }
        val state by model.state.collectAsStateWithLifecycle()
        HomeScreen(state, doors, reminders)
    }
}
