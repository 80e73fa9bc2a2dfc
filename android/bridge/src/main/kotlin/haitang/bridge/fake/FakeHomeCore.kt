package haitang.bridge.fake

import haitang.bridge.HomeCore
import haitang.bridge.Loaded
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import uniffi.haitang.ActivityItem
import uniffi.haitang.ActivityKind
import uniffi.haitang.ActivityState
import uniffi.haitang.HomePage
import uniffi.haitang.OutboxStatus
import uniffi.haitang.Role
import uniffi.haitang.ShiftItem
import uniffi.haitang.ShiftState
import uniffi.haitang.TaskItem
import uniffi.haitang.TaskKind
import uniffi.haitang.TaskState

/** The morning of a grid worker who also leads a group. */
class FakeHomeCore : HomeCore {
    /** What the screen gets; tests put failures here. */
    val page = MutableStateFlow<Loaded<HomePage>>(Loaded.Value(BUSY))

    override fun page(): Flow<Loaded<HomePage>> = page

    companion object {
        private const val HOUR = 3_600_000L
        private val SENT = OutboxStatus(0uL, 0uL, 0uL, 0uL, 0uL, 0uL, true)

        /** Nothing is due. */
        val QUIET =
            HomePage(
                name = "王秀英",
                org = "大儒巷社区第一党支部",
                outbox = SENT,
                tasks = emptyList(),
                tasksDue = 0u,
                tasksLate = 0u,
                activities = emptyList(),
                shifts = emptyList(),
                offers = 0u,
                approvals = 0u,
                returnedLogs = 0u,
                noticesUnread = 0u,
                noticesToConfirm = 0u,
                studiesOpen = 0u,
                reviewsDue = 0u,
                papersOpen = 0u,
                now = FakeCore.NOW,
                clockWrong = false,
                roles = emptyList(),
                firstSync = false,
            )

        /** A full morning. */
        val BUSY =
            QUIET.copy(
                outbox = SENT.copy(waiting = 3uL, refused = 1uL),
                tasks =
                    listOf(
                        task("t1", TaskKind.VISIT, "上门探访：独居老人", "平江路 12 号 2 单元 301", -20 * HOUR),
                        task("t2", TaskKind.PATROL, "楼道消防通道巡查", "大儒巷 5–9 号", 3 * HOUR),
                        task("t3", TaskKind.CHECKPOINT, "东门卡口登记", "大儒巷东门", 5 * HOUR).copy(offeredToMe = true),
                    ),
                tasksDue = 7u,
                tasksLate = 1u,
                activities =
                    listOf(
                        activity("a1", "十一月主题党日：消防安全", -HOUR / 2, checkIn = true),
                        activity("a2", "支部党员大会", 30 * HOUR, checkIn = false),
                    ),
                shifts =
                    listOf(
                        ShiftItem("s1", "大儒巷东门", "王秀英", FakeCore.NOW - HOUR, FakeCore.NOW + HOUR, ShiftState.ON, true, false, false),
                    ),
                offers = 1u,
                approvals = 2u,
                returnedLogs = 1u,
                noticesUnread = 2u,
                noticesToConfirm = 1u,
                studiesOpen = 1u,
                reviewsDue = 5u,
                papersOpen = 1u,
                roles = listOf(Role.GRID_WORKER, Role.LEADER),
            )

        private fun task(
            id: String,
            kind: TaskKind,
            title: String,
            place: String,
            due: Long,
        ) = TaskItem(id, kind, title, place, FakeCore.NOW - 30 * HOUR, FakeCore.NOW + due, TaskState.OPEN, null, null, false, false)

        private fun activity(
            id: String,
            title: String,
            starts: Long,
            checkIn: Boolean,
        ) = ActivityItem(
            id,
            ActivityKind.THEMED_DAY,
            title,
            "社区党群服务中心二楼",
            FakeCore.NOW + starts,
            FakeCore.NOW + starts + 2 * HOUR,
            ActivityState.PLANNED,
            "m1",
            checkIn,
            12u,
            false,
            false,
        )
    }
}
