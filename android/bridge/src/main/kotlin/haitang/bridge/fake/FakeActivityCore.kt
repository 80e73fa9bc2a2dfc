package haitang.bridge.fake

import haitang.bridge.ActivityCore
import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.PAGE
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.update
import uniffi.haitang.ActivityItem
import uniffi.haitang.ActivityKind
import uniffi.haitang.ActivityPage
import uniffi.haitang.ActivityPlan
import uniffi.haitang.ActivityState
import uniffi.haitang.Attendee
import uniffi.haitang.CheckedIn
import uniffi.haitang.Flag
import uniffi.haitang.Location
import uniffi.haitang.LogContent
import uniffi.haitang.LogItem
import uniffi.haitang.LogPage
import uniffi.haitang.LogState
import uniffi.haitang.Me
import uniffi.haitang.Means
import uniffi.haitang.MemberItem
import uniffi.haitang.ShownCode
import uniffi.haitang.TemplateItem

/** What the made-up activities are now. */
data class FakeActivities(
    val pages: List<ActivityPage> = FakeActivityData.PAGES,
    val logs: List<LogPage> = FakeActivityData.LOGS,
    val templates: List<TemplateItem> = FakeActivityData.TEMPLATES,
    val people: List<MemberItem> = FakeActivityData.PEOPLE,
    val me: Me = FakeActivityData.ME,
)

/** A branch's month: one activity whose check-in is open, some to come, some that were held, and their logs. */
class FakeActivityCore : ActivityCore {
    /** What is there; tests change it. */
    val world = MutableStateFlow(FakeActivities())

    /** While it is set, every list and page fails so. */
    val unreadable = MutableStateFlow<Failure?>(null)

    /** While it is set, everything that is done fails so. */
    var failure: Failure? = null

    /** What was scanned, with the place that was told. */
    val scans = mutableListOf<Pair<String, Location?>>()

    /** What the next scan is marked with. */
    var flags = emptyList<Flag>()

    /** What was handed in, by its id. */
    val submitted = mutableMapOf<String, LogContent>()

    private var ids = 0

    override fun calendar(
        from: Long,
        to: Long,
    ) = read { now -> now.items().filter { it.starts in from until to }.sortedBy { it.starts } }

    override fun activities(pages: Int) = read { now -> now.items().sortedByDescending { it.starts }.take(pages * PAGE) }

    override fun activity(id: String) = read { it.page(id) }

    override fun me() = read { it.me }

    override suspend fun people() = world.value.people

    override suspend fun plan(plan: ActivityPlan): String {
        refuse()
        val id = newId()
        world.update { it.copy(pages = it.pages + FakeActivityData.planned(id, plan)) }
        return id
    }

    override suspend fun replan(
        id: String,
        plan: ActivityPlan,
    ) = change(id) { FakeActivityData.planned(id, plan) }

    override suspend fun cancel(
        id: String,
        reason: String,
    ) = change(id) {
        it.copy(
            item = it.item.copy(state = ActivityState.CANCELLED, checkInOpen = false),
            cancelledReason = reason,
            may = FakeActivityData.NOTHING,
        )
    }

    override suspend fun openCheckIn(id: String) = change(id) { it.opened(true) }

    override suspend fun closeCheckIn(id: String) = change(id) { it.opened(false) }

    private fun ActivityPage.opened(open: Boolean) =
        copy(item = item.copy(checkInOpen = open), may = may.copy(openCheckIn = !open, closeCheckIn = open, showCode = open))

    override suspend fun hostCode(id: String): ShownCode {
        refuse()
        return ShownCode("HT1:$id:${ids++}", CODE_MS)
    }

    override suspend fun checkIn(
        scanned: String,
        location: Location?,
    ): CheckedIn {
        scans += scanned to location
        refuse()
        val id = scanned.removePrefix("HT1:").substringBefore(':')
        val page = world.value.pages.find { it.item.id == id && scanned.startsWith("HT1:") } ?: refuse("bad_code")
        if (page.item.iAmPresent) refuse("already")
        val me = world.value.me
        enter(id, Attendee(newId(), me.id, me.name, Means.CODE, FakeCore.NOW, flags, true)) { it.copy(iAmPresent = true) }
        return CheckedIn("c$ids", id, page.item.title, flags)
    }

    override suspend fun checkInFor(
        activity: String,
        member: String,
    ) {
        refuse()
        val name =
            world.value.people
                .first { it.id == member }
                .name
        enter(activity, Attendee(newId(), member, name, Means.HOST, FakeCore.NOW, emptyList(), true))
    }

    private fun enter(
        activity: String,
        attendee: Attendee,
        how: (ActivityItem) -> ActivityItem = { it },
    ) = change(activity) {
        it.copy(item = how(it.item).copy(present = it.item.present + 1u, pending = true), attendees = it.attendees + attendee)
    }

    override fun templates() = read { it.templates }

    override suspend fun startLog(
        template: String?,
        activity: String?,
    ): LogContent {
        refuse()
        val page = activity?.let { world.value.page(it) }
        val form = world.value.templates.find { it.id == (template ?: page?.template) }
        return LogContent(
            activity = activity,
            template = form?.id,
            kind = form?.kind ?: page?.item?.kind ?: ActivityKind.OTHER,
            title = page?.item?.title.orEmpty(),
            held = page?.item?.starts ?: FakeCore.NOW,
            attendance = page?.attendees.orEmpty().map { it.member },
            fields =
                form
                    ?.fields
                    .orEmpty()
                    .filter { it.suggested.isNotEmpty() }
                    .associate { it.name to it.suggested },
            files = emptyList(),
            lateReason = "",
        )
    }

    override suspend fun newId() = "new${ids++}"

    override suspend fun submitLog(
        log: String,
        org: String?,
        content: LogContent,
    ): String {
        refuse()
        val form = world.value.templates.find { it.id == content.template }
        val missing = form?.fields?.find { it.required && content.fields[it.name].isNullOrBlank() }
        if (content.title.isBlank()) refuse("empty", "field" to "title")
        if (missing != null) refuse("empty", "field" to missing.name)
        if (content.held < FakeCore.NOW - LATE_MS && content.lateReason.isBlank()) refuse("empty", "field" to "late_reason")
        submitted[log] = content
        val page = FakeActivityData.handedIn(log, content, world.value)
        world.update { now ->
            now.copy(
                logs = listOf(page) + now.logs.filter { it.id != log },
                pages =
                    now.pages.map {
                        if (it.item.id == content.activity) it.copy(log = log, may = it.may.copy(log = false)) else it
                    },
            )
        }
        return log
    }

    /** What the server refused, by the number of the command. */
    val refusedLogs = mutableMapOf<ULong, LogContent>()

    override suspend fun refusedLog(seq: ULong): LogContent = refusedLogs[seq] ?: throw CoreFailure(Failure(FailureKind.Refused, "missing"))

    override suspend fun mendLog(
        seq: ULong,
        content: LogContent,
    ): String {
        refuse()
        refusedLogs.remove(seq)
        return submitLog("mended-$seq", null, content)
    }

    override suspend fun recallLog(id: String) = settle(id, LogState.DRAFT)

    override suspend fun approveLog(id: String) = settle(id, LogState.APPROVED)

    override suspend fun returnLog(
        id: String,
        reason: String,
    ) = settle(id, LogState.RETURNED, reason)

    override fun logs(pages: Int) = read { now -> now.logs.filter { it.log.author == now.me.id }.map { it.line() } }

    override fun approvals(pages: Int) = read { now -> now.logs.filter { it.may.approve }.map { it.line() } }

    override fun log(id: String) = read { now -> now.logs.find { it.id == id } ?: refuse("missing") }

    private fun LogPage.line() = with(log.content) { LogItem(id, kind, title, held, authorName, log.state, log.reason, pending) }

    private fun FakeActivities.items() = pages.map { it.item }

    private fun FakeActivities.page(id: String) = pages.find { it.item.id == id } ?: refuse("missing")

    private fun settle(
        id: String,
        state: LogState,
        reason: String = "",
    ) {
        refuse()
        world.update { now -> now.copy(logs = now.logs.map { if (it.id == id) FakeActivityData.settled(it, state, reason) else it }) }
    }

    private fun change(
        id: String,
        how: (ActivityPage) -> ActivityPage,
    ) {
        refuse()
        world.update { now -> now.copy(pages = now.pages.map { if (it.item.id == id) how(it) else it }) }
    }

    private fun refuse() {
        failure?.let { throw CoreFailure(it) }
    }

    private fun refuse(
        code: String,
        vararg values: Pair<String, String>,
    ): Nothing = throw CoreFailure(Failure(FailureKind.Refused, code, mapOf(*values)))

    private fun <T> read(ask: (FakeActivities) -> T): Flow<Loaded<T>> =
        combine(world, unreadable) { now, problem ->
            if (problem != null) {
                Loaded.Failed(problem)
            } else {
                try {
                    Loaded.Value(ask(now))
                } catch (refused: CoreFailure) {
                    Loaded.Failed(refused.failure)
                }
            }
        }

    private companion object {
        const val CODE_MS = 15_000L
        const val LATE_MS = 3 * 86_400_000L
    }
}
