package haitang.features.activity

import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavBackStackEntry
import androidx.navigation.NavController
import androidx.navigation.NavGraphBuilder
import androidx.navigation.NavType
import androidx.navigation.compose.composable
import androidx.navigation.navArgument
import androidx.navigation.navDeepLink
import haitang.bridge.ActivityCore
import haitang.bridge.DraftCore
import haitang.bridge.FileCore
import uniffi.haitang.Location

/** Where activities and their logs are. */
object ActivityRoutes {
    const val CALENDAR = "activities"
    const val SCAN = "activity/scan"
    const val PLAN = "activity/plan"
    const val MY_LOGS = "logs"
    const val APPROVALS = "approvals"

    /** One activity; opened by `haitang://activity/<id>` too. */
    fun page(id: String) = "activity/page/$id"

    fun replan(id: String) = "activity/replan/$id"

    fun code(id: String) = "activity/code/$id"

    fun checkInFor(id: String) = "activity/enter/$id"

    /** One log; opened by `haitang://log/<id>` too. */
    fun log(id: String) = "log/page/$id"

    /** Writing a log of an activity, or of none. */
    fun newLog(activity: String? = null) = if (activity == null) NEW_LOG else "$NEW_LOG?activity=$activity"

    fun mendLog(id: String) = "log/mend/$id"

    /** A log that the server did not take, by the number of its command. */
    fun mendRefused(seq: ULong) = "log/refused/$seq"

    internal const val REFUSED = "log/refused/{seq}"

    internal const val NEW_LOG = "log/new"
}

/**
 * The screens of activities: calendar, checking in, logs and approvals.
 *
 * @param place where the phone is, once, if the holder has agreed to tell; nothing otherwise
 */
fun NavGraphBuilder.activityGraph(
    nav: NavController,
    core: ActivityCore,
    drafts: DraftCore,
    files: FileCore,
    place: suspend () -> Location?,
    now: () -> Long = System::currentTimeMillis,
) {
    calendar(nav, core, now)
    plans(nav, core, drafts, now)
    checkIns(nav, core, place)
    logs(nav, core, drafts, now)
    editors(nav, core, drafts, files, now)
}

private val NavBackStackEntry.argument: String get() = arguments?.getString("id").orEmpty()

private fun NavGraphBuilder.calendar(
    nav: NavController,
    core: ActivityCore,
    now: () -> Long,
) {
    composable(ActivityRoutes.CALENDAR) {
        val model = viewModel { CalendarViewModel(core, now) }
        val state by model.state.collectAsStateWithLifecycle()
        CalendarScreen(
            state,
            CalendarEvents(
                model::onView,
                model::onMonth,
                model::onDay,
                model::onMore,
                { nav.navigate(ActivityRoutes.page(it)) },
                { nav.navigate(ActivityRoutes.SCAN) },
                { nav.navigate(ActivityRoutes.PLAN) },
                { nav.navigate(ActivityRoutes.MY_LOGS) },
                { nav.popBackStack() },
            ),
        )
    }
    composable(ActivityRoutes.page("{id}"), deepLinks = listOf(navDeepLink { uriPattern = "haitang://activity/{id}" })) { entry ->
        val id = entry.argument
        val model = viewModel { DetailViewModel(core, id, now) }
        val state by model.state.collectAsStateWithLifecycle()
        DetailScreen(
            state,
            DetailEvents(
                onBack = { nav.popBackStack() },
                onScan = { nav.navigate(ActivityRoutes.SCAN) },
                onOpenCheckIn = model::onOpenCheckIn,
                onCloseCheckIn = model::onCloseCheckIn,
                onShowCode = {
                    model.onCodeShown()
                    nav.navigate(ActivityRoutes.code(id)) { launchSingleTop = true }
                },
                onCheckInFor = { nav.navigate(ActivityRoutes.checkInFor(id)) },
                onWriteLog = { nav.navigate(ActivityRoutes.newLog(id)) },
                onOpenLog = { nav.navigate(ActivityRoutes.log(it)) },
                onReplan = { nav.navigate(ActivityRoutes.replan(id)) },
                onAskCancel = model::onAskCancel,
                onCancel = model::onCancel,
                onProblemShown = model::onProblemShown,
            ),
        )
    }
}

private fun NavGraphBuilder.plans(
    nav: NavController,
    core: ActivityCore,
    drafts: DraftCore,
    now: () -> Long,
) {
    listOf(ActivityRoutes.PLAN, ActivityRoutes.replan("{id}")).forEach { route ->
        composable(route) { entry ->
            val id = entry.argument.ifEmpty { null }
            val model = viewModel { PlanViewModel(core, drafts, id, now) }
            val state by model.state.collectAsStateWithLifecycle()
            PlanScreen(
                state,
                PlanEvents(
                    onChange = model::onChange,
                    onKind = model::onKind,
                    onSubmit = model::onSubmit,
                    onDone = {
                        nav.popBackStack()
                        if (id == null) nav.navigate(ActivityRoutes.page(it))
                    },
                    onRetry = model::begin,
                    onProblemShown = model::onProblemShown,
                    onBack = { nav.popBackStack() },
                ),
            )
        }
    }
}

private fun NavGraphBuilder.checkIns(
    nav: NavController,
    core: ActivityCore,
    place: suspend () -> Location?,
) {
    composable(ActivityRoutes.SCAN) {
        val model = viewModel { ScanViewModel(core, place) }
        val state by model.state.collectAsStateWithLifecycle()
        ScanScreen(
            state,
            model::onScanned,
            onOpen = {
                nav.popBackStack()
                nav.navigate(ActivityRoutes.page(it)) { launchSingleTop = true }
            },
            onBack = { nav.popBackStack() },
        )
    }
    composable(ActivityRoutes.code("{id}")) { entry ->
        val id = entry.argument
        val model = viewModel { HostCodeViewModel(core, id) }
        val state by model.state.collectAsStateWithLifecycle()
        HostCodeScreen(
            state,
            onCheckInFor = { nav.navigate(ActivityRoutes.checkInFor(id)) },
            onClose = model::onClose,
            onProblemShown = model::onProblemShown,
            onBack = { nav.popBackStack() },
        )
    }
    composable(ActivityRoutes.checkInFor("{id}")) { entry ->
        val id = entry.argument
        val model = viewModel { CheckInForViewModel(core, id) }
        val state by model.state.collectAsStateWithLifecycle()
        CheckInForScreen(state, model::onAsk, model::onEnter, model::onProblemShown) { nav.popBackStack() }
    }
}

private fun NavGraphBuilder.logs(
    nav: NavController,
    core: ActivityCore,
    drafts: DraftCore,
    now: () -> Long,
) {
    composable(ActivityRoutes.MY_LOGS) {
        val model = viewModel { MyLogsViewModel(core, drafts, now) }
        val state by model.state.collectAsStateWithLifecycle()
        MyLogsScreen(
            state,
            onOpen = { nav.navigate(ActivityRoutes.log(it)) },
            onContinue = { nav.navigate(ActivityRoutes.newLog(it)) },
            onNew = { nav.navigate(ActivityRoutes.newLog()) },
            onApprovals = { nav.navigate(ActivityRoutes.APPROVALS) },
            onMore = model::onMore,
            onBack = { nav.popBackStack() },
        )
    }
    composable(ActivityRoutes.APPROVALS) {
        val model = viewModel { ApprovalsViewModel(core, now) }
        val state by model.state.collectAsStateWithLifecycle()
        ApprovalsScreen(state, { nav.navigate(ActivityRoutes.log(it)) }, model::onMore) { nav.popBackStack() }
    }
}

private fun NavGraphBuilder.editors(
    nav: NavController,
    core: ActivityCore,
    drafts: DraftCore,
    files: FileCore,
    now: () -> Long,
) {
    composable(ActivityRoutes.log("{id}"), deepLinks = listOf(navDeepLink { uriPattern = "haitang://log/{id}" })) { entry ->
        val id = entry.argument
        val model = viewModel { LogPageViewModel(core, id, now) }
        val state by model.state.collectAsStateWithLifecycle()
        LogPageScreen(
            state,
            LogPageEvents(
                onEdit = { nav.navigate(ActivityRoutes.mendLog(id)) },
                onRecall = model::onRecall,
                onApprove = model::onApprove,
                onAskReturn = model::onAskReturn,
                onReturn = model::onReturn,
                onDecided = { nav.popBackStack() },
                onProblemShown = model::onProblemShown,
                onBack = { nav.popBackStack() },
                bytes = files::bytes,
            ),
        )
    }
    composable(
        "${ActivityRoutes.NEW_LOG}?activity={activity}",
        listOf(
            navArgument("activity") {
                type = NavType.StringType
                nullable = true
            },
        ),
    ) { entry -> LogEditor(nav, core, drafts, files, now, LogSource.New(entry.arguments?.getString("activity"))) }
    composable(ActivityRoutes.mendLog("{id}")) { entry -> LogEditor(nav, core, drafts, files, now, LogSource.Mend(entry.argument)) }
    composable(ActivityRoutes.REFUSED) { entry ->
        val seq =
            entry.arguments
                ?.getString("seq")
                .orEmpty()
                .toULongOrNull() ?: 0uL
        LogEditor(nav, core, drafts, files, now, LogSource.Refused(seq))
    }
}
