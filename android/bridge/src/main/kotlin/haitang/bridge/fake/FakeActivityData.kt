package haitang.bridge.fake

import uniffi.haitang.ActivityItem
import uniffi.haitang.ActivityKind
import uniffi.haitang.ActivityMay
import uniffi.haitang.ActivityPage
import uniffi.haitang.ActivityPlan
import uniffi.haitang.ActivityState
import uniffi.haitang.AppointmentItem
import uniffi.haitang.Attendee
import uniffi.haitang.Log
import uniffi.haitang.LogContent
import uniffi.haitang.LogMay
import uniffi.haitang.LogPage
import uniffi.haitang.LogState
import uniffi.haitang.Me
import uniffi.haitang.Means
import uniffi.haitang.MemberItem
import uniffi.haitang.Role
import uniffi.haitang.TemplateField
import uniffi.haitang.TemplateItem

/** The made-up branch: its people, activities, forms and logs. */
object FakeActivityData {
    private const val HOUR = 3_600_000L
    private const val DAY = 24 * HOUR
    private const val ORG = "o1"
    private const val ORG_NAME = "大儒巷社区第一支部"

    /** Today at nine. */
    private const val NINE = FakeCore.NOW - HOUR / 2

    val ME = Me("m1", "陈海棠", ORG_NAME, ORG, listOf(AppointmentItem("ap1", Role.SECRETARY, ORG, ORG_NAME, null, null)))

    val PEOPLE =
        listOf("陈海棠", "周建国", "沈玉兰", "陆根生", "顾晓梅", "吴阿福", "钱文英", "徐明", "朱家栋", "蒋丽华", "潘志强", "冯秀珍")
            .mapIndexed { index, name -> MemberItem("m${index + 1}", name, ORG_NAME, null) }

    val TEMPLATES =
        listOf(
            TemplateItem(
                "t1",
                ActivityKind.COMMITTEE_MEETING,
                "支委会",
                listOf(
                    TemplateField("topic", "议题", true, "研究本月工作安排"),
                    TemplateField("resolution", "形成的决议", true, ""),
                    TemplateField("remarks", "其他意见", false, ""),
                ),
            ),
            TemplateItem(
                "t2",
                ActivityKind.THEMED_DAY,
                "主题党日",
                listOf(
                    TemplateField("content", "做了什么", true, "集中学习、志愿服务"),
                    TemplateField("feelings", "大家的体会", false, ""),
                ),
            ),
            TemplateItem("t3", ActivityKind.VOLUNTEERING, "志愿服务", listOf(TemplateField("service", "服务内容", true, ""))),
        )

    val NOTHING = ActivityMay(false, false, false, false, false, false, false)

    /** What its host may do while it is planned. */
    val HOSTED = ActivityMay(true, true, true, false, false, true, true)

    val PAGES =
        listOf(
            page("a1", ActivityKind.COMMITTEE_MEETING, "十一月支委会", "社区二楼会议室", NINE, 1, 5, HOSTED.open(), "t1"),
            page("a2", ActivityKind.THEMED_DAY, "主题党日：清洁家园", "大儒巷口", NINE + DAY + 5 * HOUR, 2, 0, HOSTED, "t2"),
            page("a3", ActivityKind.LECTURE, "党课：民法典与邻里", "党群服务中心", NINE + 6 * DAY, 2, 0, NOTHING, null),
            page("a4", ActivityKind.GROUP_MEETING, "第二党小组会", "顾晓梅家", NINE - 5 * DAY, 2, 6, NOTHING.copy(log = true), null),
            page("a5", ActivityKind.VOLUNTEERING, "台风后清理落叶", "平江路", NINE - 2 * DAY, 1, 0, NOTHING, null)
                .let { it.copy(item = it.item.copy(state = ActivityState.CANCELLED), cancelledReason = "雨太大，改到下周") },
        )

    val LOGS =
        listOf(
            log("l1", "十月主题党日", LogState.SUBMITTED, mine = true),
            log("l2", "十月支委会", LogState.RETURNED, mine = true, reason = "没有写清形成的决议，请补上"),
            log("l3", "九月党员大会", LogState.APPROVED, mine = true),
            log("l4", "第一党小组会", LogState.SUBMITTED, mine = false),
            log("l5", "楼道清理志愿服务", LogState.SUBMITTED, mine = false),
        )

    private fun ActivityMay.open() = copy(openCheckIn = false, closeCheckIn = true, showCode = true)

    private fun page(
        id: String,
        kind: ActivityKind,
        title: String,
        place: String,
        starts: Long,
        host: Int,
        present: Int,
        may: ActivityMay,
        template: String?,
    ) = ActivityPage(
        item =
            ActivityItem(
                id,
                kind,
                title,
                place,
                starts,
                starts + 2 * HOUR,
                ActivityState.PLANNED,
                "m$host",
                may.closeCheckIn,
                present.toUInt(),
                false,
                false,
            ),
        org = ORG,
        orgName = ORG_NAME,
        template = template,
        hostName = PEOPLE[host - 1].name,
        wholeOrg = true,
        expected = PEOPLE,
        attendees =
            PEOPLE.drop(1).take(present).mapIndexed { index, one ->
                Attendee("ck$id$index", one.id, one.name, Means.CODE, starts + index * 60_000L, emptyList(), false)
            },
        log = null,
        cancelledReason = "",
        may = may,
    )

    private fun log(
        id: String,
        title: String,
        state: LogState,
        mine: Boolean,
        reason: String = "",
    ): LogPage {
        val content =
            LogContent(
                null,
                "t1",
                ActivityKind.COMMITTEE_MEETING,
                title,
                NINE - 20 * DAY,
                PEOPLE.take(5).map { it.id },
                mapOf("topic" to "研究本月工作安排", "resolution" to "由周建国牵头清理楼道，月底前完成。"),
                emptyList(),
                "",
            )
        val author = if (mine) ME.id else "m5"
        val log =
            Log(
                org = ORG,
                author = author,
                content = content,
                state = state,
                submitted = null,
                waitsFor = ORG,
                decidedBy = if (state == LogState.SUBMITTED) null else "m2",
                decided = if (state == LogState.SUBMITTED) null else NINE - DAY,
                reason = reason,
                returns = if (state == LogState.RETURNED) 1u else 0u,
            )
        return LogPage(
            id,
            log,
            ORG_NAME,
            PEOPLE.first { it.id == author }.name,
            log.decidedBy?.let { PEOPLE[1].name },
            PEOPLE.take(5).map { it.name },
            TEMPLATES[0],
            mayOf(state, mine),
            state == LogState.SUBMITTED && mine,
        )
    }

    private fun mayOf(
        state: LogState,
        mine: Boolean,
    ): LogMay {
        val open = mine && state in listOf(LogState.DRAFT, LogState.RETURNED)
        val waits = state == LogState.SUBMITTED
        return LogMay(edit = open, submit = open, recall = mine && waits, approve = !mine && waits, returnIt = !mine && waits)
    }

    internal fun settled(
        page: LogPage,
        state: LogState,
        reason: String,
    ) = page.copy(
        log = page.log.copy(state = state, reason = reason, decidedBy = "m2", decided = FakeCore.NOW),
        decidedByName = PEOPLE[1].name,
        may = mayOf(state, page.log.author == ME.id),
        pending = true,
    )

    internal fun handedIn(
        id: String,
        content: LogContent,
        world: FakeActivities,
    ): LogPage {
        val blank = log(id, content.title, LogState.SUBMITTED, mine = true)
        return blank.copy(
            log = blank.log.copy(content = content),
            attendanceNames = world.people.filter { it.id in content.attendance }.map { it.name },
            template = world.templates.find { it.id == content.template },
        )
    }

    internal fun planned(
        id: String,
        plan: ActivityPlan,
    ): ActivityPage {
        val blank = page(id, plan.kind, plan.title, plan.place, plan.starts, 1, 0, HOSTED, plan.template)
        return blank.copy(
            item = blank.item.copy(ends = plan.ends, host = plan.host, pending = true),
            hostName = PEOPLE.first { it.id == plan.host }.name,
            wholeOrg = plan.expected.isEmpty(),
            expected = if (plan.expected.isEmpty()) PEOPLE else PEOPLE.filter { it.id in plan.expected },
        )
    }
}
