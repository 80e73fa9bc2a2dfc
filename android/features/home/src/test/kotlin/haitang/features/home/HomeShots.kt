package haitang.features.home

import androidx.compose.runtime.Composable
import haitang.bridge.fake.FakeHomeCore
import haitang.design.Content

/** Doors that tell [went] where they lead. */
fun recordingDoors(went: (String) -> Unit) =
    HomeDoors(
        scan = { went("scan") },
        log = { went("log") },
        task = { went("task $it") },
        tasks = { went("tasks") },
        shift = { went("shift $it") },
        offers = { went("offers") },
        activity = { went("activity $it") },
        activities = { went("activities") },
        myLogs = { went("myLogs") },
        approvals = { went("approvals") },
        notices = { went("notices") },
        studies = { went("studies") },
        reviews = { went("reviews") },
        papers = { went("papers") },
        refused = { went("refused") },
        sync = { went("sync") },
    )

/** The first screen, to be looked at. */
val homeShots: List<Pair<String, @Composable () -> Unit>> =
    listOf(
        "home" to { HomeScreen(HomeState(Content.Ready(FakeHomeCore.BUSY)), recordingDoors {}) },
        "home-quiet" to { HomeScreen(HomeState(Content.Ready(FakeHomeCore.QUIET)), recordingDoors {}) },
        "home-first-sync" to { HomeScreen(HomeState(Content.Ready(FakeHomeCore.QUIET.copy(firstSync = true))), recordingDoors {}) },
        "home-clock" to { HomeScreen(HomeState(Content.Ready(FakeHomeCore.QUIET.copy(clockWrong = true))), recordingDoors {}) },
    )
