package haitang.app

import android.content.Context
import android.content.pm.PackageManager
import androidx.navigation.NavController
import androidx.navigation.NavGraphBuilder
import androidx.navigation.compose.composable
import haitang.bridge.Core
import haitang.bridge.coreVersion
import haitang.bridge.valueOrNull
import haitang.features.activity.ActivityRoutes
import haitang.features.activity.activityGraph
import haitang.features.directory.DirectoryRoutes
import haitang.features.directory.directoryGraph
import haitang.features.home.HomeDoors
import haitang.features.home.homeGraph
import haitang.features.lock.LockRoutes
import haitang.features.lock.lockGraph
import haitang.features.mydata.MyDataRoutes
import haitang.features.mydata.myDataGraph
import haitang.features.notice.NoticeRoutes
import haitang.features.notice.noticeGraph
import haitang.features.outbox.OutboxRoutes
import haitang.features.outbox.outboxGraph
import haitang.features.quiz.QuizRoutes
import haitang.features.quiz.quizGraph
import haitang.features.settings.About
import haitang.features.settings.SettingsLinks
import haitang.features.settings.SettingsRoutes
import haitang.features.settings.settingsGraph
import haitang.features.study.StudyRoutes
import haitang.features.study.studyGraph
import haitang.features.sync.SyncRoutes
import haitang.features.sync.syncGraph
import haitang.features.task.TaskRoutes
import haitang.features.task.taskGraph
import haitang.platform.Devices
import haitang.platform.Located
import haitang.platform.Preferences
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.withContext
import uniffi.haitang.ConsentPurpose
import uniffi.haitang.Location

/** Where the list of everything else is. */
const val MENU = "menu"

/** Every screen there is, and how one leads to another. */
internal fun NavGraphBuilder.allScreens(
    nav: NavController,
    core: Core,
    preferences: Preferences,
    devices: Devices,
    about: suspend () -> About,
    onOpenBrowser: () -> Unit,
    saver: Saver,
) {
    homeGraph(core.home, homeDoors(nav), reminders = { Reminders(preferences) })
    activityGraph(nav, core.activity, core.drafts, core.files, place = { place(core, devices) })
    taskGraph(nav, core.task, core.drafts, core.files, mayLocate(core))
    studyGraph(nav, core.study)
    quizGraph(nav, core.quiz, core.drafts)
    noticeGraph(nav, core.notice, onFile = { file -> saver.bytes(file.name) { core.files.bytes(file.sha256) } })
    directoryGraph(nav, core.directory, core.enrol)
    myDataGraph(nav, core.myData, saver::text)
    syncGraph(nav, core.sync, onOutbox = { nav.navigate(OutboxRoutes.LIST) }, onOpenBrowser)
    outboxGraph(
        nav,
        core.outbox,
        onMendLog = { nav.navigate(ActivityRoutes.mendRefused(it)) },
        onShare = { saver.text("haitang-unsent.json", it) },
    )
    lockGraph(nav, core.lock)
    settingsGraph(nav, core.lock, preferences, about, settingsLinks(nav))
    composable(MENU) { MenuScreen(menuGroups { nav.navigate(it) }) }
}

private fun homeDoors(nav: NavController) =
    HomeDoors(
        scan = { nav.navigate(ActivityRoutes.SCAN) },
        log = { nav.navigate(ActivityRoutes.newLog()) },
        task = { nav.navigate(TaskRoutes.page(it)) },
        tasks = { nav.navigate(TaskRoutes.LIST) },
        shift = { nav.navigate(TaskRoutes.shift(it)) },
        offers = { nav.navigate(TaskRoutes.LIST) },
        activity = { nav.navigate(ActivityRoutes.page(it)) },
        activities = { nav.navigate(ActivityRoutes.CALENDAR) },
        myLogs = { nav.navigate(ActivityRoutes.MY_LOGS) },
        approvals = { nav.navigate(ActivityRoutes.APPROVALS) },
        notices = { nav.navigate(NoticeRoutes.LIST) },
        studies = { nav.navigate(StudyRoutes.LIST) },
        reviews = { nav.navigate(StudyRoutes.REVIEWS) },
        papers = { nav.navigate(QuizRoutes.LIST) },
        refused = { nav.navigate(OutboxRoutes.LIST) },
        sync = { nav.navigate(SyncRoutes.PAGE) },
    )

private fun settingsLinks(nav: NavController) =
    SettingsLinks(
        setPin = { nav.navigate(LockRoutes.SET) },
        changePin = { nav.navigate(LockRoutes.CHANGE) },
        removePin = { nav.navigate(LockRoutes.REMOVE) },
        myData = { nav.navigate(MyDataRoutes.PAGE) },
    )

/** Whether the holder has consented to being asked where the phone is. */
private fun mayLocate(core: Core): Flow<Boolean> =
    core.myData.consents().map { consents ->
        consents.valueOrNull().orEmpty().any { it.purpose == ConsentPurpose.LOCATION && it.withdrawn == null }
    }

/** Where the phone is, once, where its holder has consented to that; nothing otherwise, and nothing is missed. */
private suspend fun place(
    core: Core,
    devices: Devices,
): Location? = if (mayLocate(core).first()) (devices.locate() as? Located.At)?.location else null

/** What is told under "About". Reads the disk, and not on the main thread. */
internal suspend fun aboutOf(context: Context): About =
    withContext(Dispatchers.IO) {
        val version =
            try {
                context.packageManager.getPackageInfo(context.packageName, 0).versionName
            } catch (_: PackageManager.NameNotFoundException) {
                null
            }
        val licences =
            context.resources
                .openRawResource(R.raw.licences)
                .bufferedReader()
                .use { it.readText() }
        About(version.orEmpty(), coreVersion(), licences)
    }
