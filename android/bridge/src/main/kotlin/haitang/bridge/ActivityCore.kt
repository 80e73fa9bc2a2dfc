package haitang.bridge

import kotlinx.coroutines.flow.Flow
import uniffi.haitang.ActivityItem
import uniffi.haitang.ActivityPage
import uniffi.haitang.ActivityPlan
import uniffi.haitang.CheckedIn
import uniffi.haitang.Location
import uniffi.haitang.LogContent
import uniffi.haitang.LogItem
import uniffi.haitang.LogPage
import uniffi.haitang.Me
import uniffi.haitang.MemberItem
import uniffi.haitang.Phone
import uniffi.haitang.ShownCode
import uniffi.haitang.TemplateItem

/** Activities: calendar, checking in, logs and their approval. All that suspends throws [CoreFailure]. */
interface ActivityCore {
    /** Activities that begin in `[from, to)`, the first to begin first. */
    fun calendar(
        from: Long,
        to: Long,
    ): Flow<Loaded<List<ActivityItem>>>

    /** All activities, the newest first: so many pages of [PAGE]. */
    fun activities(pages: Int): Flow<Loaded<List<ActivityItem>>>

    /** One of them. */
    fun activity(id: String): Flow<Loaded<ActivityPage>>

    /** Whose phone this is, and for which orgs they act. */
    fun me(): Flow<Loaded<Me>>

    /** The people of the holder's orgs, at most [PEOPLE_MAX]. */
    suspend fun people(): List<MemberItem>

    /** Plans one, and gives its id. */
    suspend fun plan(plan: ActivityPlan): String

    suspend fun replan(
        id: String,
        plan: ActivityPlan,
    )

    suspend fun cancel(
        id: String,
        reason: String,
    )

    suspend fun openCheckIn(id: String)

    suspend fun closeCheckIn(id: String)

    /** What this phone, the host's, shows now. */
    suspend fun hostCode(id: String): ShownCode

    /** Checks in by what was scanned. */
    suspend fun checkIn(
        scanned: String,
        location: Location?,
    ): CheckedIn

    /** Enters somebody without a phone. */
    suspend fun checkInFor(
        activity: String,
        member: String,
    )

    /** The forms that are offered. */
    fun templates(): Flow<Loaded<List<TemplateItem>>>

    /** What a log begins with: all that is known. */
    suspend fun startLog(
        template: String?,
        activity: String?,
    ): LogContent

    /** An id for what is being written, so that it is handed in once however often it is tried. */
    suspend fun newId(): String

    /** Hands a log in, and gives its id. The holder's own org without [org]. */
    suspend fun submitLog(
        log: String,
        org: String?,
        content: LogContent,
    ): String

    suspend fun recallLog(id: String)

    /** What a log said that the server did not take. @throws CoreFailure */
    suspend fun refusedLog(seq: ULong): LogContent

    /** Hands it in again, with other contents. @throws CoreFailure */
    suspend fun mendLog(
        seq: ULong,
        content: LogContent,
    ): String

    suspend fun approveLog(id: String)

    suspend fun returnLog(
        id: String,
        reason: String,
    )

    /** The holder's own logs, the newest first: so many pages of [PAGE]. */
    fun logs(pages: Int): Flow<Loaded<List<LogItem>>>

    /** What waits for the holder's decision, the oldest first: so many pages of [PAGE]. */
    fun approvals(pages: Int): Flow<Loaded<List<LogItem>>>

    /** One log. */
    fun log(id: String): Flow<Loaded<LogPage>>

    companion object {
        /** People that are offered at most. */
        const val PEOPLE_MAX = 200
    }
}

internal class PhoneActivityCore(
    private val caller: Caller,
) : ActivityCore {
    override fun calendar(
        from: Long,
        to: Long,
    ) = caller.live { calendar(from, to) }

    override fun activities(pages: Int) = caller.live { readPages(pages, { it.id }) { activities(it) }.items }

    override fun activity(id: String) = caller.live { activity(id) }

    override fun me() = caller.live { whoami() }

    override suspend fun people() =
        caller.call { readPages(ActivityCore.PEOPLE_MAX / PAGE, { it.id }) { members(it) }.items.take(ActivityCore.PEOPLE_MAX) }

    override suspend fun plan(plan: ActivityPlan) = caller.call { planActivity(plan) }

    override suspend fun replan(
        id: String,
        plan: ActivityPlan,
    ) = act { replanActivity(id, plan) }

    override suspend fun cancel(
        id: String,
        reason: String,
    ) = act { cancelActivity(id, reason) }

    override suspend fun openCheckIn(id: String) = act { openCheckIn(id) }

    override suspend fun closeCheckIn(id: String) = act { closeCheckIn(id) }

    override suspend fun hostCode(id: String) = caller.call { hostCode(id) }

    override suspend fun checkIn(
        scanned: String,
        location: Location?,
    ) = caller.call { checkIn(scanned, location) }

    override suspend fun checkInFor(
        activity: String,
        member: String,
    ) = act { checkInFor(activity, member) }

    override fun templates() = caller.live { templates() }

    override suspend fun startLog(
        template: String?,
        activity: String?,
    ) = caller.call { startLog(template, activity) }

    override suspend fun newId() = caller.call { newId() }

    override suspend fun submitLog(
        log: String,
        org: String?,
        content: LogContent,
    ) = caller.call { submitLog(log, org, content) }

    override suspend fun refusedLog(seq: ULong) = caller.call { refusedLog(seq) }

    override suspend fun mendLog(
        seq: ULong,
        content: LogContent,
    ) = caller.call { mendLog(seq, content) }

    override suspend fun recallLog(id: String) = act { recallLog(id) }

    override suspend fun approveLog(id: String) = act { approveLog(id) }

    override suspend fun returnLog(
        id: String,
        reason: String,
    ) = act { returnLog(id, reason) }

    override fun logs(pages: Int) = caller.live { readPages(pages, { it.id }) { logs(it) }.items }

    override fun approvals(pages: Int) = caller.live { readPages(pages, { it.id }) { approvals(it) }.items }

    override fun log(id: String) = caller.live { logPage(id) }

    private suspend fun act(ask: suspend Phone.() -> Unit) = caller.call(ask)
}
