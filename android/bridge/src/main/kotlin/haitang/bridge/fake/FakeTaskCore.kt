package haitang.bridge.fake

import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.PAGE
import haitang.bridge.Paged
import haitang.bridge.TaskCore
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.update
import uniffi.haitang.Household
import uniffi.haitang.HouseholdChange
import uniffi.haitang.HouseholdItem
import uniffi.haitang.HouseholdPage
import uniffi.haitang.Interval
import uniffi.haitang.NewHousehold
import uniffi.haitang.NewReport
import uniffi.haitang.NewRoutine
import uniffi.haitang.NewTask
import uniffi.haitang.Report
import uniffi.haitang.Routine
import uniffi.haitang.RoutineItem
import uniffi.haitang.RoutineMay
import uniffi.haitang.RoutinePage
import uniffi.haitang.RoutineState
import uniffi.haitang.ShiftItem
import uniffi.haitang.ShiftPage
import uniffi.haitang.ShiftState
import uniffi.haitang.TaskItem
import uniffi.haitang.TaskOrder
import uniffi.haitang.TaskPage
import uniffi.haitang.TaskState

/** A grid worker's day: visits, one of them late, a patrol, a task and a shift on offer. What is done to it shows in it. */
class FakeTaskCore : TaskCore {
    /** What there is; tests change it. */
    val world = MutableStateFlow(TaskSamples.world)

    /** While it is set, nothing can be read. */
    val unreadable = MutableStateFlow<Failure?>(null)

    /** While it is set, nothing can be done. */
    var failure: Failure? = null

    /** What was reported, by task. */
    val reported = mutableMapOf<String, NewReport>()

    override fun tasks(
        order: TaskOrder,
        pages: Int,
    ) = read { world ->
        val open = world.tasks.filter { it.task.state != TaskState.DONE && it.task.state != TaskState.CANCELLED }.map(TaskSamples::item)
        Loaded.Value(if (order == TaskOrder.DUE) open.sortedBy(TaskItem::due).page(pages) else open.sortedBy(TaskItem::place).page(pages))
    }

    override fun task(id: String) = read { world -> one(world.tasks.find { it.id == id }) }

    override fun report(id: String) = read { world -> one(world.reports[id]) }

    override fun grids() = read { Loaded.Value(it.grids) }

    override fun workers(grid: String) = read { Loaded.Value(it.workers) }

    override suspend fun accept(task: String) =
        change(task) { it.copy(task = it.task.copy(state = TaskState.ACCEPTED), may = it.may.copy(accept = false)) }

    override suspend fun handOver(
        task: String,
        to: String,
        note: String,
    ) = change(task) {
        it.copy(task = it.task.copy(state = TaskState.HANDED_OVER, offeredTo = to, reason = note), offeredToName = nameOf(to))
    }

    override suspend fun takeOver(task: String) =
        change(task) {
            it.copy(
                task = it.task.copy(state = TaskState.ACCEPTED, assignee = "m1", offeredTo = null),
                assigneeName = "李海棠",
                offeredToName = null,
                may = TaskSamples.NOTHING.copy(handOver = true, report = true),
            )
        }

    override suspend fun decline(
        task: String,
        note: String,
    ) = change(task) {
        it.copy(
            task = it.task.copy(state = TaskState.OPEN, offeredTo = null, reason = note),
            offeredToName = null,
            may = TaskSamples.NOTHING,
        )
    }

    override suspend fun cancel(
        task: String,
        reason: String,
    ) = change(task) { it.copy(task = it.task.copy(state = TaskState.CANCELLED, reason = reason), may = TaskSamples.NOTHING) }

    override suspend fun report(
        task: String,
        report: NewReport,
    ) {
        val made = Report("g1", task, "m1", report.findings, report.nobodyHome, report.note, report.files, report.location, NOW)
        change(task) {
            it.copy(
                task = it.task.copy(state = TaskState.DONE, report = "r-$task"),
                report = made,
                may = TaskSamples.NOTHING,
                pending = true,
            )
        }
        reported[task] = report
    }

    override suspend fun assign(new: NewTask): String {
        act()
        val id = "t${world.value.tasks.size + 1}"
        val task = TaskSamples.given(id, new.kind, new.title, new.place, new.due, new.note.ifBlank { null })
        world.update { it.copy(tasks = it.tasks + task.copy(task = task.task.copy(from = new.from, household = new.household))) }
        return id
    }

    override fun households(
        search: String,
        pages: Int,
    ) = read { world ->
        val found =
            world.households.filter { page ->
                search.split(' ').filter(String::isNotBlank).all { it in "${page.place} ${page.household.contact.orEmpty()}" }
            }
        Loaded.Value(found.map<HouseholdPage, HouseholdItem>(TaskSamples::item).page(pages))
    }

    override fun household(id: String) =
        read { world ->
            val open = world.tasks.filter { it.task.household == id && it.task.state != TaskState.DONE }.map(TaskSamples::item)
            one(world.households.find { it.id == id }?.copy(openTasks = open))
        }

    override suspend fun addHousehold(new: NewHousehold): String {
        act()
        val id = "h${world.value.households.size + 1}"
        val household =
            Household(
                "大儒巷社区",
                new.grid,
                new.address,
                new.building,
                new.unit,
                new.door,
                new.contact.ifBlank { null },
                new.people,
                new.alone,
                new.care.ifBlank { null },
                new.consent,
                null,
            )
        val place = listOf(new.address, new.building, new.unit, new.door).filter(String::isNotBlank).joinToString(" ")
        val page = HouseholdPage(id, household, place, "大儒巷第三网格", emptyList(), emptyList(), mayEdit = true, pending = true)
        world.update { it.copy(households = it.households + page) }
        return id
    }

    override suspend fun editHousehold(
        household: String,
        change: HouseholdChange,
    ) {
        act()
        world.update { world ->
            world.copy(households = world.households.map { if (it.id == household) it.copy(household = it.household.with(change)) else it })
        }
    }

    override fun roster(pages: Int) =
        read { world ->
            Loaded.Value(
                world.shifts
                    .map(ShiftPage::item)
                    .sortedBy(ShiftItem::starts)
                    .page(pages),
            )
        }

    override fun shift(id: String) = read { world -> one(world.shifts.find { it.item.id == id }) }

    override suspend fun startShift(shift: String) =
        turn(shift) {
            it.copy(
                item = it.item.copy(state = ShiftState.ON),
                onAt = NOW,
                may = TaskSamples.NO_SHIFT.copy(end = true, handOver = true),
            )
        }

    override suspend fun endShift(
        shift: String,
        note: String,
    ) = turn(shift) { it.copy(item = it.item.copy(state = ShiftState.ENDED), offAt = NOW, note = note, may = TaskSamples.NO_SHIFT) }

    override suspend fun handOverShift(
        shift: String,
        to: String,
        note: String,
    ) = turn(shift) {
        it.copy(item = it.item.copy(state = ShiftState.OFFERED), offeredToName = nameOf(to), handoverNote = note)
    }

    override suspend fun takeOverShift(shift: String) =
        turn(shift) {
            it.copy(
                item = it.item.copy(state = ShiftState.PLANNED, member = "李海棠", mine = true, offeredToMe = false),
                offeredToName = null,
                may = TaskSamples.NO_SHIFT.copy(start = true, handOver = true),
            )
        }

    override suspend fun declineShift(
        shift: String,
        note: String,
    ) = turn(shift) {
        it.copy(
            item = it.item.copy(state = ShiftState.PLANNED, offeredToMe = false),
            offeredToName = null,
            note = note,
            may = TaskSamples.NO_SHIFT,
        )
    }

    override suspend fun missShift(
        shift: String,
        note: String,
    ) = turn(shift) { it.copy(item = it.item.copy(state = ShiftState.MISSED), note = note, may = TaskSamples.NO_SHIFT) }

    override suspend fun cancelShift(
        shift: String,
        reason: String,
    ) = turn(shift) { it.copy(item = it.item.copy(state = ShiftState.CANCELLED), note = reason, may = TaskSamples.NO_SHIFT) }

    override fun routines(pages: Int) =
        read { world ->
            Loaded.Value(
                world.routines
                    .map(RoutinePage::item)
                    .sortedBy(RoutineItem::title)
                    .page(pages),
            )
        }

    override fun routine(id: String) = read { world -> one(world.routines.find { it.item.id == id }) }

    override suspend fun planRoutine(new: NewRoutine): String {
        act()
        val id = "p${world.value.routines.size + 1}"
        val routine =
            Routine(
                "大儒巷社区",
                new.grid,
                new.kind,
                new.title,
                new.place,
                new.household,
                new.assignee,
                new.note.ifBlank { null },
                new.every,
                new.workingDaysOnly,
                new.first,
                new.until,
                new.opens,
                new.closes,
                "m1",
                null,
            )
        world.update { it.copy(routines = it.routines + TaskSamples.routine(id, routine, listOf(new.first))) }
        return id
    }

    override suspend fun extendRoutine(
        routine: String,
        through: String,
    ) {
        act()
        plan(routine) { it.copy(next = it.next + through) }
    }

    override suspend fun stopRoutine(
        routine: String,
        reason: String,
    ) {
        act()
        plan(routine) {
            it.copy(
                item = it.item.copy(state = RoutineState.STOPPED),
                routine = it.routine.copy(reason = reason),
                next = emptyList(),
                may = RoutineMay(extend = false, stop = false),
            )
        }
    }

    private fun plan(
        id: String,
        how: (RoutinePage) -> RoutinePage,
    ) = world.update { world -> world.copy(routines = world.routines.map { if (it.item.id == id) how(it) else it }) }

    private fun nameOf(member: String) =
        world.value.workers
            .find { it.id == member }
            ?.name

    private fun act() {
        failure?.let { throw CoreFailure(it) }
    }

    private fun change(
        id: String,
        how: (TaskPage) -> TaskPage,
    ) {
        act()
        world.update { world -> world.copy(tasks = world.tasks.map { if (it.id == id) how(it) else it }) }
    }

    private fun turn(
        id: String,
        how: (ShiftPage) -> ShiftPage,
    ) {
        act()
        world.update { world -> world.copy(shifts = world.shifts.map { if (it.item.id == id) how(it) else it }) }
    }

    private fun <T> read(how: (TaskWorld) -> Loaded<T>): Flow<Loaded<T>> =
        combine(world, unreadable) { world, failure -> if (failure != null) Loaded.Failed(failure) else how(world) }

    private fun <T : Any> one(found: T?): Loaded<T> =
        if (found != null) Loaded.Value(found) else Loaded.Failed(Failure(FailureKind.Refused, "missing"))

    private fun <T> List<T>.page(pages: Int) = Paged(take(pages * PAGE), more = size > pages * PAGE)

    private fun Household.with(change: HouseholdChange) =
        copy(
            address = change.address ?: address,
            building = change.building ?: building,
            unit = change.unit ?: unit,
            door = change.door ?: door,
            contact = change.contact ?: contact,
            people = change.people ?: people,
            alone = !change.withdrawConsent && change.alone ?: alone,
            care = if (change.withdrawConsent) null else change.care ?: care,
            consent = if (change.withdrawConsent) null else change.consent ?: consent,
        )

    private companion object {
        val NOW = Interval(FakeCore.NOW, FakeCore.NOW)
    }
}
