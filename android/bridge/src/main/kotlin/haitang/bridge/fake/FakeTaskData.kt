package haitang.bridge.fake

import uniffi.haitang.Consent
import uniffi.haitang.Every
import uniffi.haitang.Finding
import uniffi.haitang.GridItem
import uniffi.haitang.Household
import uniffi.haitang.HouseholdItem
import uniffi.haitang.HouseholdPage
import uniffi.haitang.Interval
import uniffi.haitang.MemberItem
import uniffi.haitang.Report
import uniffi.haitang.ReportLine
import uniffi.haitang.Routine
import uniffi.haitang.RoutineItem
import uniffi.haitang.RoutineMay
import uniffi.haitang.RoutinePage
import uniffi.haitang.RoutineState
import uniffi.haitang.Severity
import uniffi.haitang.ShiftItem
import uniffi.haitang.ShiftMay
import uniffi.haitang.ShiftPage
import uniffi.haitang.ShiftState
import uniffi.haitang.Task
import uniffi.haitang.TaskItem
import uniffi.haitang.TaskKind
import uniffi.haitang.TaskMay
import uniffi.haitang.TaskPage
import uniffi.haitang.TaskState

/** Everything a made-up grid worker sees. */
data class TaskWorld(
    val tasks: List<TaskPage>,
    val households: List<HouseholdPage>,
    val shifts: List<ShiftPage>,
    val routines: List<RoutinePage>,
    val reports: Map<String, Report>,
    val grids: List<GridItem>,
    val workers: List<MemberItem>,
)

/** A day of a grid worker in Daru Lane. */
internal object TaskSamples {
    private const val HOUR = 3_600_000L
    private const val DAY = 24 * HOUR
    private const val NOW = FakeCore.NOW
    private const val ORG = "大儒巷社区"
    private const val ME = "李海棠"
    private const val GRID = "g1"

    val NOTHING = TaskMay(accept = false, handOver = false, takeOver = false, decline = false, report = false, cancel = false)
    private val MINE = NOTHING.copy(accept = true, handOver = true, report = true, cancel = true)
    private val OFFERED = NOTHING.copy(takeOver = true, decline = true)
    val NO_SHIFT = ShiftMay(start = false, handOver = false, takeOver = false, decline = false, end = false, miss = false, cancel = false)

    private val history =
        listOf(
            ReportLine("r1", NOW - 12 * DAY, ME, 1u, false),
            ReportLine("r2", NOW - 41 * DAY, "周建国", 0u, true),
        )

    val households =
        listOf(
            household("h1", "3 幢", "2 单元", "401 室", "王秀英 13812345678", 1u, NOW - 12 * DAY, "听力不好，敲门请重一些"),
            household("h2", "3 幢", "2 单元", "502 室", "陈先生 0512-67271234", 3u, NOW - 41 * DAY),
            household("h3", "5 幢", "1 单元", "101 室", null, 2u, null),
        )

    val tasks =
        listOf(
            visit("t1", "走访独居老人", households[0], NOW - 26 * HOUR, MINE),
            visit("t2", "入户走访：冬季用电安全", households[1], NOW + 5 * HOUR, MINE),
            task("t3", TaskKind.PATROL, "消防通道巡查", "大儒巷 5 幢", NOW + 7 * HOUR, MINE, "楼道堆物、电动车飞线充电都要看。"),
            task("t4", TaskKind.CHECKPOINT, "南门值守", "大儒巷南门", NOW + 2 * DAY, OFFERED)
                .let {
                    it.copy(
                        task = it.task.copy(state = TaskState.HANDED_OVER, assignee = "m2", offeredTo = "m1", reason = "下午要去街道开会"),
                        assigneeName = "周建国",
                        offeredToName = ME,
                    )
                },
            task("t5", TaskKind.ERRAND, "发放冬季防火单页", "", NOW + 4 * DAY, MINE),
        )

    val shifts =
        listOf(
            shift("s1", "大儒巷南门", ME, NOW - HOUR, ShiftState.PLANNED, NO_SHIFT.copy(start = true, handOver = true), mine = true),
            shift("s2", "大儒巷南门", "周建国", NOW + 3 * HOUR, ShiftState.OFFERED, NO_SHIFT.copy(takeOver = true, decline = true))
                .let { it.copy(item = it.item.copy(offeredToMe = true), offeredToName = ME, handoverNote = "孩子发烧，麻烦替一下") },
            shift("s3", "平江路口", "吴桂芳", NOW + DAY, ShiftState.PLANNED, NO_SHIFT),
        )

    private val routine =
        Routine(
            org = ORG,
            grid = GRID,
            kind = TaskKind.PATROL,
            title = "消防通道巡查",
            place = "大儒巷 5 幢",
            household = null,
            assignee = null,
            note = "楼道堆物、电动车飞线充电都要看。",
            every = Every.Weeks(1u, listOf(2u, 5u)),
            workingDaysOnly = true,
            first = "2026-11-03",
            until = null,
            opens = "08:30",
            closes = "17:30",
            author = "m1",
            reason = null,
        )

    val routines =
        listOf(
            routine("p1", routine, listOf("2026-11-24", "2026-11-27", "2026-12-01", "2026-12-04")),
            routine(
                "p2",
                routine.copy(kind = TaskKind.VISIT, title = "走访独居老人", place = households[0].place, every = Every.Days(7u)),
                listOf("2026-11-30", "2026-12-07"),
            ),
        )

    val world =
        TaskWorld(
            tasks = tasks,
            households = households,
            shifts = shifts,
            routines = routines,
            reports = mapOf("r1" to report("t0", listOf(Finding("厨房煤气管老化", Severity.MAJOR)))),
            grids = listOf(GridItem(GRID, "大儒巷第三网格", ORG)),
            workers = listOf(MemberItem("m2", "周建国", ORG, "13900001111"), MemberItem("m3", "吴桂芳", ORG, null)),
        )

    fun report(
        task: String,
        findings: List<Finding>,
        nobodyHome: Boolean = false,
        note: String? = null,
    ) = Report(GRID, task, "m1", findings, nobodyHome, note, emptyList(), null, Interval(NOW, NOW))

    fun routine(
        id: String,
        routine: Routine,
        next: List<String>,
    ) = RoutinePage(
        RoutineItem(id, routine.title, routine.place, RoutineState.RUNNING),
        routine,
        "大儒巷第三网格",
        null,
        next,
        RoutineMay(extend = true, stop = true),
        pending = false,
    )

    fun task(
        id: String,
        kind: TaskKind,
        title: String,
        place: String,
        due: Long,
        may: TaskMay,
        note: String? = null,
    ) = TaskPage(
        id,
        Task(
            org = ORG,
            grid = GRID,
            kind = kind,
            title = title,
            place = place,
            household = null,
            assignee = "m1",
            from = due - 8 * HOUR,
            due = due,
            routine = null,
            author = "m9",
            state = TaskState.OPEN,
            offeredTo = null,
            report = null,
            note = note,
            reason = null,
        ),
        gridName = "大儒巷第三网格",
        assigneeName = ME,
        offeredToName = null,
        household = null,
        report = null,
        history = emptyList(),
        may = may,
        pending = false,
    )

    /** What a new task of the holder's own lets them do. */
    fun given(
        id: String,
        kind: TaskKind,
        title: String,
        place: String,
        due: Long,
        note: String?,
    ) = task(id, kind, title, place, due, MINE, note)

    private fun visit(
        id: String,
        title: String,
        of: HouseholdPage,
        due: Long,
        may: TaskMay,
    ) = task(id, TaskKind.VISIT, title, of.place, due, may).let {
        it.copy(task = it.task.copy(household = of.id), household = of.household, history = of.history)
    }

    private fun household(
        id: String,
        building: String,
        unit: String,
        door: String,
        contact: String?,
        people: UByte,
        lastContact: Long?,
        care: String? = null,
    ) = HouseholdPage(
        id,
        Household(
            org = ORG,
            grid = GRID,
            address = "大儒巷 12 号",
            building = building,
            unit = unit,
            door = door,
            contact = contact,
            people = people,
            alone = care != null,
            care = care,
            consent = care?.let { Consent("王秀英", "独居走访和照料", "2026-03-02", null) },
            lastContact = lastContact,
        ),
        place = "大儒巷 12 号 $building $unit $door",
        gridName = "大儒巷第三网格",
        history = if (lastContact == null) emptyList() else history,
        openTasks = emptyList(),
        mayEdit = true,
        pending = false,
    )

    private fun shift(
        id: String,
        place: String,
        member: String,
        starts: Long,
        state: ShiftState,
        may: ShiftMay,
        mine: Boolean = false,
    ) = ShiftPage(
        ShiftItem(id, place, member, starts, starts + 4 * HOUR, state, mine, offeredToMe = false, pending = false),
        grid = GRID,
        gridName = "大儒巷第三网格",
        worker = member,
        duties = "来访登记，提醒车辆不要堵消防通道。",
        note = null,
        offeredToName = null,
        handoverNote = null,
        reliefs = emptyList(),
        onAt = null,
        offAt = null,
        may = may,
    )

    fun item(page: TaskPage) =
        TaskItem(
            page.id,
            page.task.kind,
            page.task.title,
            page.task.place,
            page.task.from,
            page.task.due,
            page.task.state,
            page.assigneeName,
            page.task.household,
            offeredToMe = page.may.takeOver,
            pending = page.pending,
        )

    fun item(page: HouseholdPage) =
        HouseholdItem(page.id, page.place, page.household.people, page.household.alone, page.household.lastContact)
}
