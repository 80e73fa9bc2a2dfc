package haitang.features.task

import androidx.compose.runtime.Composable
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.Paged
import haitang.bridge.fake.FakeCore
import haitang.bridge.fake.FakeTaskCore
import haitang.bridge.valueOrNull
import haitang.design.Content
import haitang.design.dayOf
import haitang.platform.PhotoSource
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import uniffi.haitang.Attachment
import uniffi.haitang.Finding
import uniffi.haitang.Severity
import uniffi.haitang.TaskKind
import uniffi.haitang.TaskOrder

private val core = FakeTaskCore()
private const val NOW = FakeCore.NOW

private fun <T> read(flow: Flow<Loaded<T>>): T = runBlocking { checkNotNull(flow.first().valueOrNull()) }

private fun <T> page(flow: Flow<Loaded<T>>) = PageState(Content.Ready(read(flow)), now = NOW)

private object NoPhotos : PhotoSource {
    override fun take() {}

    override fun pick() {}
}

private val FULL = Failure(FailureKind.DiskFull, "disk_full")

private val report =
    ReportDraft(
        findings = listOf(Finding("三楼楼道堆放纸箱和旧家具", Severity.MAJOR)),
        note = "已请住户明天清走。",
        files = listOf(Attachment("0".repeat(64), 120_000u, "image/jpeg", "photo.jpg")),
    )

private fun around() = Around(read(core.grids()), read(core.workers("g1")))

private fun list(order: TaskOrder) = TaskListState(order, Content.Ready(read(core.tasks(order, 1))), inGrid = true, NOW)

/** The screens of grid work, each as a picture is taken of it. */
val taskShots: List<Pair<String, @Composable () -> Unit>> =
    listOf(
        "task-list" to { TaskListScreen(list(TaskOrder.DUE), TaskDoors(), {}, {}, {}) },
        "task-list-by-place" to { TaskListScreen(list(TaskOrder.PLACE), TaskDoors(), {}, {}, {}) },
        "task-list-empty" to {
            TaskListScreen(
                TaskListState(tasks = Content.Ready(Paged(emptyList(), more = false)), inGrid = true, now = NOW),
                TaskDoors(),
                {},
                {},
                {},
            )
        },
        "task-list-loading" to { TaskListScreen(TaskListState(), TaskDoors(), {}, {}, {}) },
        "task-list-failed" to { TaskListScreen(TaskListState(tasks = Content.Failed(FULL)), TaskDoors(), {}, {}, {}) },
        "task-visit" to { TaskPageScreen(page(core.task("t1")), TaskEvents()) },
        "task-patrol" to { TaskPageScreen(page(core.task("t3")), TaskEvents()) },
        "task-offered" to { TaskPageScreen(page(core.task("t4")), TaskEvents()) },
        "task-report" to {
            ReportScreen(ReportState(Content.Ready(read(core.task("t2"))), report, mayLocate = true), NoPhotos, ReportEvents())
        },
        "task-report-patrol" to {
            ReportScreen(ReportState(Content.Ready(read(core.task("t3"))), ReportDraft()), NoPhotos, ReportEvents())
        },
        "task-past-report" to { PastReportScreen(page(core.report("r1")), { null }, {}) },
        "task-hand-over" to {
            HandOverScreen(HandOverState(Content.Ready(read(core.workers("g1"))), HandOverDraft("m2", "钥匙在门房")), {}, {}, {}, {}, {}, {})
        },
        "task-hand-over-nobody" to { HandOverScreen(HandOverState(Content.Ready(emptyList()), HandOverDraft()), {}, {}, {}, {}, {}, {}) },
        "task-new" to {
            val draft = TaskDraft(WorkDraft(kind = TaskKind.PATROL, title = "消防通道巡查"), "${dayOf(NOW)}")
            NewTaskScreen(WorkState(draft, around(), now = NOW), WorkEvents())
        },
        "roster" to { RosterScreen(ListState(Content.Ready(read(core.roster(1))), NOW), {}, {}, {}) },
        "roster-empty" to { RosterScreen(ListState(Content.Ready(Paged(emptyList(), more = false)), NOW), {}, {}, {}) },
        "shift" to { ShiftPageScreen(page(core.shift("s1")), ShiftEvents()) },
        "shift-offered" to { ShiftPageScreen(page(core.shift("s2")), ShiftEvents()) },
        "routines" to { RoutineListScreen(ListState(Content.Ready(read(core.routines(1))), NOW), {}, {}, {}, {}) },
        "routine" to { RoutinePageScreen(page(core.routine("p1")), RoutineEvents()) },
        "routine-new" to { NewRoutineScreen(WorkState(RoutineDraft.of(dayOf(NOW)), around(), now = NOW), WorkEvents()) },
        "households" to {
            HouseholdListScreen(HouseholdListState("", Content.Ready(read(core.households("", 1))), inGrid = true, NOW), {}, {}, {}, {}, {})
        },
        "household" to { HouseholdPageScreen(page(core.household("h1")), HouseholdEvents()) },
        "household-new" to {
            val draft = HouseholdDraft(address = "大儒巷 20 号", alone = true, consentGiven = "${dayOf(NOW)}")
            HouseholdFormScreen(HouseholdFormState(grids = read(core.grids()), draft = draft, now = NOW), HouseholdFormEvents())
        },
    )
