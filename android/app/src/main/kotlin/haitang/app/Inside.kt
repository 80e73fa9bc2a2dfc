package haitang.app

import android.content.Intent
import androidx.activity.ComponentActivity
import androidx.activity.compose.LocalActivity
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.filled.List
import androidx.compose.material.icons.filled.DateRange
import androidx.compose.material.icons.filled.Home
import androidx.compose.material.icons.filled.Menu
import androidx.compose.material.icons.filled.Star
import androidx.compose.material3.Icon
import androidx.compose.material3.NavigationBar
import androidx.compose.material3.NavigationBarItem
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.style.TextOverflow
import androidx.core.util.Consumer
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavController
import androidx.navigation.compose.NavHost
import androidx.navigation.compose.currentBackStackEntryAsState
import androidx.navigation.compose.rememberNavController
import haitang.bridge.Core
import haitang.bridge.valueOrNull
import haitang.features.activity.ActivityRoutes
import haitang.features.home.HomeRoutes
import haitang.features.settings.About
import haitang.features.study.StudyRoutes
import haitang.features.sync.SyncLine
import haitang.features.sync.SyncRoutes
import haitang.features.sync.watched
import haitang.features.task.TaskRoutes
import haitang.platform.LocalDevices
import haitang.platform.Preferences
import kotlinx.coroutines.flow.map
import uniffi.haitang.Role
import uniffi.haitang.SyncPhase
import uniffi.haitang.SyncState

/** Everything behind the door: one graph of screens, the line that says what is not yet on the server, and the doors people use most. */
@Composable
fun Inside(
    core: Core,
    preferences: Preferences,
    onOpenBrowser: () -> Unit,
    saver: Saver,
) {
    val nav = rememberNavController()
    FollowAddresses(nav)
    val devices = LocalDevices.current
    val context = LocalContext.current
    val about: suspend () -> About = remember(context) { { aboutOf(context) } }
    val sync by remember(core) { watched(core.sync) }.collectAsStateWithLifecycle(SyncState(SyncPhase.Idle, 0uL))
    val roles by remember(core) {
        core.activity.me().map { me ->
            me
                .valueOrNull()
                ?.appointments
                .orEmpty()
                .map { it.role }
        }
    }.collectAsState(emptyList())
    Column {
        Box(Modifier.weight(1f)) {
            NavHost(nav, startDestination = HomeRoutes.HOME) {
                allScreens(nav, core, preferences, devices, about, onOpenBrowser, saver)
            }
        }
        SyncLine(sync, onOpen = { nav.navigate(SyncRoutes.PAGE) { launchSingleTop = true } })
        Tabs(nav, worksInGrid = Role.GRID_WORKER in roles)
    }
}

/** Opens the page that a reminder or another app names while this one runs; when it starts, the graph does. */
@Composable
private fun FollowAddresses(nav: NavController) {
    val activity = LocalActivity.current as? ComponentActivity ?: return
    DisposableEffect(nav, activity) {
        val listener = Consumer<Intent> { nav.handleDeepLink(it) }
        activity.addOnNewIntentListener(listener)
        onDispose { activity.removeOnNewIntentListener(listener) }
    }
}

private class Tab(
    val route: String,
    val title: Int,
    val icon: ImageVector,
)

@Composable
private fun Tabs(
    nav: NavController,
    worksInGrid: Boolean,
) {
    val entry by nav.currentBackStackEntryAsState()
    val tabs =
        listOfNotNull(
            Tab(HomeRoutes.HOME, R.string.tab_home, Icons.Filled.Home),
            Tab(TaskRoutes.LIST, R.string.tab_tasks, Icons.AutoMirrored.Filled.List).takeIf { worksInGrid },
            Tab(ActivityRoutes.CALENDAR, R.string.tab_activities, Icons.Filled.DateRange),
            Tab(StudyRoutes.LIST, R.string.tab_study, Icons.Filled.Star),
            Tab(MENU, R.string.tab_menu, Icons.Filled.Menu),
        )
    // On a page that one works on, its own buttons are what is wanted within reach.
    if (tabs.none { it.route == entry?.destination?.route }) return
    NavigationBar {
        tabs.forEach { tab ->
            NavigationBarItem(
                selected = entry?.destination?.route == tab.route,
                onClick = {
                    nav.navigate(tab.route) {
                        popUpTo(HomeRoutes.HOME) { saveState = true }
                        launchSingleTop = true
                        restoreState = true
                    }
                },
                icon = { Icon(tab.icon, null) },
                label = { Text(stringResource(tab.title), maxLines = 1, overflow = TextOverflow.Ellipsis) },
            )
        }
    }
}
