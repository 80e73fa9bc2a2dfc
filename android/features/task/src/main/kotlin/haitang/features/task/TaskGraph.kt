package haitang.features.task

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.widget.Toast
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.platform.LocalContext
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavBackStackEntry
import androidx.navigation.NavController
import androidx.navigation.NavGraphBuilder
import androidx.navigation.compose.composable
import androidx.navigation.navDeepLink
import haitang.bridge.DraftCore
import haitang.bridge.FileCore
import haitang.bridge.TaskCore
import haitang.platform.LocalDevices
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flowOf

/** Where grid work is. Tasks and shifts are opened by `haitang://task/<id>` and `haitang://shift/<id>` too. */
object TaskRoutes {
    const val LIST = "tasks"
    const val ROSTER = "roster"
    const val HOUSEHOLDS = "households"
    const val ROUTINES = "routines"

    fun page(id: String) = "task/$id"

    fun report(id: String) = "task/$id/report"

    fun shift(id: String) = "shift/$id"

    fun household(id: String) = "household/$id"

    fun routine(id: String) = "routine/$id"

    /** A new task, for a household where one is given. */
    fun new(household: String? = null) = if (household == null) "task-new" else "task-new?household=$household"

    internal fun pastReport(id: String) = "past-report/$id"

    internal fun handOverTask(id: String) = "task/$id/hand-over"

    internal fun handOverShift(id: String) = "shift/$id/hand-over"

    internal fun editHousehold(id: String) = "household/$id/edit"

    internal const val NEW = "task-new?household={household}"
    internal const val NEW_HOUSEHOLD = "household-new"
    internal const val NEW_ROUTINE = "routine-new"
    internal const val ID = "{id}"
}

private val NavBackStackEntry.item get() = arguments?.getString("id").orEmpty()

/**
 * The screens of grid work.
 *
 * @param mayLocate whether the holder agreed that the app asks where the phone is; it is not offered before
 */
fun NavGraphBuilder.taskGraph(
    nav: NavController,
    core: TaskCore,
    drafts: DraftCore,
    files: FileCore,
    mayLocate: Flow<Boolean> = flowOf(false),
) {
    taskPages(nav, core, drafts, files, mayLocate)
    shiftPages(nav, core, drafts)
    householdPages(nav, core, drafts)
    routinePages(nav, core, drafts)
}

private fun NavGraphBuilder.taskPages(
    nav: NavController,
    core: TaskCore,
    drafts: DraftCore,
    files: FileCore,
    mayLocate: Flow<Boolean>,
) {
    composable(TaskRoutes.LIST) {
        val model = viewModel { TaskListViewModel(core) }
        val state by model.state.collectAsStateWithLifecycle()
        val doors =
            TaskDoors(
                onTask = { nav.navigate(TaskRoutes.page(it)) },
                onHouseholds = { nav.navigate(TaskRoutes.HOUSEHOLDS) },
                onRoster = { nav.navigate(TaskRoutes.ROSTER) },
                onRoutines = { nav.navigate(TaskRoutes.ROUTINES) },
                onNew = { nav.navigate(TaskRoutes.new()) },
            )
        TaskListScreen(state, doors, model::order, model::more, nav::popBackStack)
    }
    composable(TaskRoutes.page(TaskRoutes.ID), deepLinks = listOf(navDeepLink { uriPattern = "haitang://task/{id}" })) { entry ->
        TaskPageRoute(nav, core, files, entry.item)
    }
    composable(TaskRoutes.report(TaskRoutes.ID)) { entry -> ReportRoute(nav, core, drafts, files, entry.item, mayLocate) }
    composable(TaskRoutes.handOverTask(TaskRoutes.ID)) { entry -> HandOverRoute(nav, core, drafts, Handed.Task(entry.item)) }
    composable(TaskRoutes.pastReport(TaskRoutes.ID)) { entry ->
        val model = viewModel { PastReportViewModel(core, entry.item) }
        val state by model.state.collectAsStateWithLifecycle()
        PastReportScreen(state, { files.bytes(it.sha256) }, nav::popBackStack)
    }
    composable(TaskRoutes.NEW) { entry ->
        val model = viewModel { NewTaskViewModel(core, drafts, entry.arguments?.getString("household")) }
        val state by model.state.collectAsStateWithLifecycle()
        val events =
            WorkEvents<TaskDraft>(model::work, model::edit, model::give, nav.replaceBy(TaskRoutes::page), model::shown, nav::popBackStack)
        NewTaskScreen(state, events)
    }
}

@Composable
private fun TaskPageRoute(
    nav: NavController,
    core: TaskCore,
    files: FileCore,
    id: String,
) {
    val model = viewModel { TaskPageViewModel(core, id) }
    val state by model.state.collectAsStateWithLifecycle()
    val context = LocalContext.current
    TaskPageScreen(
        state,
        TaskEvents(
            onAllWell = model::allWell,
            onNobodyHome = model::nobodyHome,
            onReport = { nav.navigate(TaskRoutes.report(id)) },
            onAccept = model::accept,
            onHandOver = { nav.navigate(TaskRoutes.handOverTask(id)) },
            onTakeOver = model::takeOver,
            onDecline = model::decline,
            onCancel = model::cancel,
            onCall = { context.call(it) },
            onHousehold = { nav.navigate(TaskRoutes.household(it)) },
            onPastReport = { nav.navigate(TaskRoutes.pastReport(it)) },
            onShown = model::shown,
            onBack = { nav.popBackStack() },
            loadFile = { files.bytes(it.sha256) },
        ),
    )
}

@Composable
private fun ReportRoute(
    nav: NavController,
    core: TaskCore,
    drafts: DraftCore,
    files: FileCore,
    id: String,
    mayLocate: Flow<Boolean>,
) {
    val devices = LocalDevices.current
    val model = viewModel { ReportViewModel(core, drafts, files, id, mayLocate) }
    val state by model.state.collectAsStateWithLifecycle()
    val photos = devices.rememberPhotos(model::photo, model::device)
    ReportScreen(
        state,
        photos,
        ReportEvents(
            onAddFinding = model::addFinding,
            onFinding = model::finding,
            onRemoveFinding = model::removeFinding,
            onNobodyHome = model::nobodyHome,
            onNote = model::note,
            onWithPlace = model::withPlace,
            onRemovePhoto = model::removePhoto,
            onSend = { model.send(devices::locate) },
            onHandedIn = { nav.popBackStack() },
            onShown = model::messageShown,
            onBack = { nav.popBackStack() },
            loadFile = model::load,
        ),
    )
}

@Composable
private fun HandOverRoute(
    nav: NavController,
    core: TaskCore,
    drafts: DraftCore,
    what: Handed,
) {
    val model = viewModel { HandOverViewModel(core, drafts, what) }
    val state by model.state.collectAsStateWithLifecycle()
    HandOverScreen(
        state,
        model::to,
        model::note,
        model::handOver,
        onHandedOver = { nav.popBackStack() },
        onShown = model::shown,
        onBack = { nav.popBackStack() },
    )
}

private fun NavGraphBuilder.shiftPages(
    nav: NavController,
    core: TaskCore,
    drafts: DraftCore,
) {
    composable(TaskRoutes.ROSTER) {
        val model = viewModel { RosterViewModel(core) }
        val state by model.state.collectAsStateWithLifecycle()
        RosterScreen(state, { nav.navigate(TaskRoutes.shift(it)) }, model::more, nav::popBackStack)
    }
    composable(TaskRoutes.shift(TaskRoutes.ID), deepLinks = listOf(navDeepLink { uriPattern = "haitang://shift/{id}" })) { entry ->
        val model = viewModel { ShiftPageViewModel(core, entry.item) }
        val state by model.state.collectAsStateWithLifecycle()
        ShiftPageScreen(
            state,
            ShiftEvents(
                model::start,
                model::end,
                { nav.navigate(TaskRoutes.handOverShift(entry.item)) },
                model::takeOver,
                model::decline,
                model::miss,
                model::cancel,
                model::shown,
                nav::popBackStack,
            ),
        )
    }
    composable(TaskRoutes.handOverShift(TaskRoutes.ID)) { entry -> HandOverRoute(nav, core, drafts, Handed.Shift(entry.item)) }
}

private fun NavGraphBuilder.householdPages(
    nav: NavController,
    core: TaskCore,
    drafts: DraftCore,
) {
    composable(TaskRoutes.HOUSEHOLDS) {
        val model = viewModel { HouseholdListViewModel(core) }
        val state by model.state.collectAsStateWithLifecycle()
        HouseholdListScreen(
            state,
            model::search,
            { nav.navigate(TaskRoutes.household(it)) },
            { nav.navigate(TaskRoutes.NEW_HOUSEHOLD) },
            model::more,
            nav::popBackStack,
        )
    }
    composable(TaskRoutes.household(TaskRoutes.ID)) { entry ->
        val model = viewModel { HouseholdPageViewModel(core, entry.item) }
        val state by model.state.collectAsStateWithLifecycle()
        val context = LocalContext.current
        HouseholdPageScreen(
            state,
            HouseholdEvents(
                { context.call(it) },
                { nav.navigate(TaskRoutes.page(it)) },
                { nav.navigate(TaskRoutes.pastReport(it)) },
                { nav.navigate(TaskRoutes.editHousehold(entry.item)) },
                { nav.navigate(TaskRoutes.new(entry.item)) },
                nav::popBackStack,
            ),
        )
    }
    composable(TaskRoutes.NEW_HOUSEHOLD) { HouseholdFormRoute(nav, core, drafts, null) }
    composable(TaskRoutes.editHousehold(TaskRoutes.ID)) { entry -> HouseholdFormRoute(nav, core, drafts, entry.item) }
}

@Composable
private fun HouseholdFormRoute(
    nav: NavController,
    core: TaskCore,
    drafts: DraftCore,
    id: String?,
) {
    val model = viewModel { HouseholdFormViewModel(core, drafts, id) }
    val state by model.state.collectAsStateWithLifecycle()
    val saved: (String) -> Unit = if (id == null) nav.replaceBy(TaskRoutes::household) else ({ nav.popBackStack() })
    HouseholdFormScreen(
        state,
        HouseholdFormEvents(model::edit, model::sensitive, model::save, model::withdrawConsent, saved, model::shown, nav::popBackStack),
    )
}

private fun NavGraphBuilder.routinePages(
    nav: NavController,
    core: TaskCore,
    drafts: DraftCore,
) {
    composable(TaskRoutes.ROUTINES) {
        val model = viewModel { RoutineListViewModel(core) }
        val state by model.state.collectAsStateWithLifecycle()
        RoutineListScreen(
            state,
            { nav.navigate(TaskRoutes.routine(it)) },
            { nav.navigate(TaskRoutes.NEW_ROUTINE) },
            model::more,
            nav::popBackStack,
        )
    }
    composable(TaskRoutes.routine(TaskRoutes.ID)) { entry ->
        val model = viewModel { RoutinePageViewModel(core, entry.item) }
        val state by model.state.collectAsStateWithLifecycle()
        RoutinePageScreen(state, RoutineEvents(model::extend, model::stop, model::shown, nav::popBackStack))
    }
    composable(TaskRoutes.NEW_ROUTINE) {
        val model = viewModel { NewRoutineViewModel(core, drafts) }
        val state by model.state.collectAsStateWithLifecycle()
        val events =
            WorkEvents<RoutineDraft>(
                model::work,
                model::edit,
                model::plan,
                nav.replaceBy(TaskRoutes::routine),
                model::shown,
                nav::popBackStack,
            )
        NewRoutineScreen(state, events)
    }
}

/** What was made takes the place of the form it was made in: the way back leads past the form. */
private fun NavController.replaceBy(route: (String) -> String): (String) -> Unit =
    { id ->
        popBackStack()
        navigate(route(id))
    }

/** Has the number ready to be called; the person presses once more, and pays for no mistake. */
private fun Context.call(number: String) {
    try {
        startActivity(Intent(Intent.ACTION_DIAL, Uri.fromParts("tel", number.filter { it.isDigit() || it == '+' }, null)))
    } catch (_: ActivityNotFoundException) {
        Toast.makeText(this, getString(R.string.task_call_impossible, number), Toast.LENGTH_LONG).show()
    }
}
