package haitang.bridge.fake

import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.NoticeCore
import haitang.bridge.PAGE
import haitang.bridge.map
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import uniffi.haitang.Attachment
import uniffi.haitang.Notice
import uniffi.haitang.NoticeItem
import uniffi.haitang.NoticePage
import uniffi.haitang.NoticeState

/** Three notices, one of which wants to be confirmed, and an old one that was replaced. */
class FakeNoticeCore : NoticeCore {
    /** What the list gives; tests put failures here. */
    val items = MutableStateFlow<Loaded<List<NoticeItem>>>(Loaded.Value(SAMPLE.filter { it.state == NoticeState.PUBLISHED }))

    /** Why nothing can be done; nothing where it can. */
    var failure: Failure? = null

    /** Whether the holder may take notices back. */
    var mayWithdraw = false

    private val withdrawn = MutableStateFlow(mapOf("n0" to ""))
    private val confirmed = MutableStateFlow(emptySet<String>())

    override fun notices(pages: Int): Flow<Loaded<List<NoticeItem>>> = items.map { all -> all.map { it.take(pages * PAGE) } }

    override fun page(id: String): Flow<Loaded<NoticePage>> =
        items.map { all ->
            when {
                all is Loaded.Failed -> all
                SAMPLE.none { it.id == id } -> Loaded.Failed(Failure(FailureKind.Refused, "missing"))
                else -> Loaded.Value(page((all as Loaded.Value).value.find { it.id == id } ?: SAMPLE.first { it.id == id }))
            }
        }

    override suspend fun read(id: String) = change(id) { it.copy(read = true) }

    override suspend fun confirm(id: String) {
        mayFail()
        confirmed.update { it + id }
        change(id) { it.copy(read = true, wantsConfirmation = false) }
    }

    override suspend fun withdraw(
        id: String,
        reason: String,
    ) {
        mayFail()
        withdrawn.update { it + (id to reason) }
        change(id) { it.copy(state = NoticeState.WITHDRAWN) }
    }

    private fun mayFail() {
        failure?.let { throw CoreFailure(it) }
    }

    private fun change(
        id: String,
        how: (NoticeItem) -> NoticeItem,
    ) = items.update { now -> now.map { all -> all.map { if (it.id == id) how(it) else it } } }

    private fun page(item: NoticeItem): NoticePage {
        val holds = item.id !in withdrawn.value
        val notice =
            Notice(
                org = "o1",
                title = item.title,
                text = TEXT,
                files = if (item.id == "n1") FILES else emptyList(),
                effective = item.effective,
                until = if (item.id == "n2") FakeCore.NOW + DAY else null,
                audience = emptyList(),
                wantsReceipt = SAMPLE.first { it.id == item.id }.wantsConfirmation,
                replaces = "n0".takeIf { item.id == "n3" },
                replacedBy = "n3".takeIf { item.id == "n0" },
                published = item.effective,
                author = "m1",
                state = if (holds) NoticeState.PUBLISHED else NoticeState.WITHDRAWN,
                withdrawnReason = withdrawn.value[item.id].orEmpty(),
            )
        return NoticePage(
            id = item.id,
            notice = notice,
            orgName = item.org,
            authorName = "沈建国",
            read = item.read,
            confirmed = item.id in confirmed.value,
            mayConfirm = item.wantsConfirmation && holds,
            mayWithdraw = mayWithdraw && holds,
        )
    }

    private companion object {
        const val DAY = 86_400_000L
        const val TEXT =
            "请各支部在周五前完成楼道消防通道检查，发现堆放杂物的当场劝离，并在巡查任务里拍照记录。\n\n" +
                "检查时请重点看三处：一楼电动自行车停放点、顶楼平台、地下室通道。住户不在家的，留一张提醒单，过两天再去一次。\n\n" +
                "有困难的，请直接打街道值班电话。"
        val FILES =
            listOf(
                Attachment("a1".repeat(32), 245_760u, "application/pdf", "检查要点.pdf"),
                Attachment("b2".repeat(32), 1_572_864u, "image/jpeg", "示范楼道.jpg"),
            )
        val SAMPLE =
            listOf(
                NoticeItem("n1", "关于开展楼道消防通道检查的通知", "平江街道", FakeCore.NOW - 3_600_000, false, true, NoticeState.PUBLISHED),
                NoticeItem("n2", "台风天气值守安排", "姑苏区", FakeCore.NOW - 90_000_000, false, false, NoticeState.PUBLISHED),
                NoticeItem("n3", "十二月主题党日活动安排", "大儒巷社区", FakeCore.NOW - 200_000_000, true, false, NoticeState.PUBLISHED),
                NoticeItem("n0", "十二月主题党日活动安排（旧）", "大儒巷社区", FakeCore.NOW - 300_000_000, true, false, NoticeState.WITHDRAWN),
            )
    }
}
