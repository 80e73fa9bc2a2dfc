package haitang.bridge

import kotlinx.coroutines.flow.Flow
import uniffi.haitang.GridItem
import uniffi.haitang.HouseholdChange
import uniffi.haitang.HouseholdItem
import uniffi.haitang.HouseholdPage
import uniffi.haitang.MemberItem
import uniffi.haitang.NewHousehold
import uniffi.haitang.NewReport
import uniffi.haitang.NewRoutine
import uniffi.haitang.NewTask
import uniffi.haitang.Phone
import uniffi.haitang.Report
import uniffi.haitang.RoutineItem
import uniffi.haitang.RoutinePage
import uniffi.haitang.ShiftItem
import uniffi.haitang.ShiftPage
import uniffi.haitang.TaskItem
import uniffi.haitang.TaskOrder
import uniffi.haitang.TaskPage

/** Grid work: tasks, households, shifts and routines. Everything that does something throws [CoreFailure]. */
interface TaskCore {
    /** All open tasks of the holder, the first [pages] pages of them. */
    fun tasks(
        order: TaskOrder,
        pages: Int,
    ): Flow<Loaded<Paged<TaskItem>>>

    /** One task. */
    fun task(id: String): Flow<Loaded<TaskPage>>

    /** One report. */
    fun report(id: String): Flow<Loaded<Report>>

    /** The grids that the holder works in. */
    fun grids(): Flow<Loaded<List<GridItem>>>

    /** Who else works in a grid. */
    fun workers(grid: String): Flow<Loaded<List<MemberItem>>>

    suspend fun accept(task: String)

    suspend fun handOver(
        task: String,
        to: String,
        note: String,
    )

    suspend fun takeOver(task: String)

    suspend fun decline(
        task: String,
        note: String,
    )

    suspend fun cancel(
        task: String,
        reason: String,
    )

    /** The task is done with that. */
    suspend fun report(
        task: String,
        report: NewReport,
    )

    /** Returns the task's id. */
    suspend fun assign(new: NewTask): String

    /** Households of the holder's grids; with [search], those whose address or contact holds its words. */
    fun households(
        search: String,
        pages: Int,
    ): Flow<Loaded<Paged<HouseholdItem>>>

    /** One household. */
    fun household(id: String): Flow<Loaded<HouseholdPage>>

    /** Returns the household's id. */
    suspend fun addHousehold(new: NewHousehold): String

    suspend fun editHousehold(
        household: String,
        change: HouseholdChange,
    )

    /** The shifts of the holder's grids from today on. */
    fun roster(pages: Int): Flow<Loaded<Paged<ShiftItem>>>

    /** One shift. */
    fun shift(id: String): Flow<Loaded<ShiftPage>>

    suspend fun startShift(shift: String)

    suspend fun endShift(
        shift: String,
        note: String,
    )

    suspend fun handOverShift(
        shift: String,
        to: String,
        note: String,
    )

    suspend fun takeOverShift(shift: String)

    suspend fun declineShift(
        shift: String,
        note: String,
    )

    /** Nobody stood it. */
    suspend fun missShift(
        shift: String,
        note: String,
    )

    suspend fun cancelShift(
        shift: String,
        reason: String,
    )

    /** What repeats, by title. */
    fun routines(pages: Int): Flow<Loaded<Paged<RoutineItem>>>

    /** One of them. */
    fun routine(id: String): Flow<Loaded<RoutinePage>>

    /** Returns the routine's id. */
    suspend fun planRoutine(new: NewRoutine): String

    /** Plans its tasks through a day such as `2026-12-31`. */
    suspend fun extendRoutine(
        routine: String,
        through: String,
    )

    suspend fun stopRoutine(
        routine: String,
        reason: String,
    )
}

internal class PhoneTaskCore(
    private val caller: Caller,
) : TaskCore {
    override fun tasks(
        order: TaskOrder,
        pages: Int,
    ) = caller.live { readPages(pages, TaskItem::id) { tasks(order, it) } }

    override fun task(id: String) = caller.live { task(id) }

    override fun report(id: String) = caller.live { report(id) }

    override fun grids() = caller.live { myGrids() }

    override fun workers(grid: String) = caller.live { workersOf(grid) }

    override suspend fun accept(task: String) = act { acceptTask(task) }

    override suspend fun handOver(
        task: String,
        to: String,
        note: String,
    ) = act { handOverTask(task, to, note) }

    override suspend fun takeOver(task: String) = act { takeOverTask(task) }

    override suspend fun decline(
        task: String,
        note: String,
    ) = act { declineTask(task, note) }

    override suspend fun cancel(
        task: String,
        reason: String,
    ) = act { cancelTask(task, reason) }

    override suspend fun report(
        task: String,
        report: NewReport,
    ) = act { reportTask(task, report) }

    override suspend fun assign(new: NewTask) = caller.call { assignTask(new) }

    override fun households(
        search: String,
        pages: Int,
    ) = caller.live { readPages(pages, HouseholdItem::id) { households(search.ifBlank { null }, it) } }

    override fun household(id: String) = caller.live { household(id) }

    override suspend fun addHousehold(new: NewHousehold) = caller.call { addHousehold(new) }

    override suspend fun editHousehold(
        household: String,
        change: HouseholdChange,
    ) = act { editHousehold(household, change) }

    override fun roster(pages: Int) = caller.live { readPages(pages, ShiftItem::id) { roster(it) } }

    override fun shift(id: String) = caller.live { shift(id) }

    override suspend fun startShift(shift: String) = act { startShift(shift) }

    override suspend fun endShift(
        shift: String,
        note: String,
    ) = act { endShift(shift, note) }

    override suspend fun handOverShift(
        shift: String,
        to: String,
        note: String,
    ) = act { handOverShift(shift, to, note) }

    override suspend fun takeOverShift(shift: String) = act { takeOverShift(shift) }

    override suspend fun declineShift(
        shift: String,
        note: String,
    ) = act { declineShift(shift, note) }

    override suspend fun missShift(
        shift: String,
        note: String,
    ) = act { missShift(shift, note) }

    override suspend fun cancelShift(
        shift: String,
        reason: String,
    ) = act { cancelShift(shift, reason) }

    override fun routines(pages: Int) = caller.live { readPages(pages, RoutineItem::id) { routines(it) } }

    override fun routine(id: String) = caller.live { routine(id) }

    override suspend fun planRoutine(new: NewRoutine) = caller.call { planRoutine(new) }

    override suspend fun extendRoutine(
        routine: String,
        through: String,
    ) = act { extendRoutine(routine, through) }

    override suspend fun stopRoutine(
        routine: String,
        reason: String,
    ) = act { stopRoutine(routine, reason) }

    /** The ids that these return are known already. */
    private suspend fun act(ask: suspend Phone.() -> String) {
        caller.call(ask)
    }
}
