package haitang.bridge.fake

import haitang.bridge.Loaded
import haitang.bridge.NoticeCore
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.map
import uniffi.haitang.Notice
import uniffi.haitang.NoticeItem
import uniffi.haitang.NoticeState

/** Three notices, one of which wants to be confirmed. */
class FakeNoticeCore : NoticeCore {
    /** What the list gives; tests put failures here. */
    val items = MutableStateFlow<Loaded<List<NoticeItem>>>(Loaded.Value(SAMPLE))

    override fun notices(): Flow<Loaded<List<NoticeItem>>> = items

    override fun notice(id: String): Flow<Loaded<Notice>> = items.map { Loaded.Value(page(id)) }

    override suspend fun read(id: String) = change(id) { it.copy(read = true) }

    override suspend fun confirm(id: String) = change(id) { it.copy(read = true, wantsConfirmation = false) }

    private fun change(
        id: String,
        how: (NoticeItem) -> NoticeItem,
    ) {
        val now = (items.value as? Loaded.Value)?.value ?: return
        items.value = Loaded.Value(now.map { if (it.id == id) how(it) else it })
    }

    private fun page(id: String): Notice {
        val item = SAMPLE.first { it.id == id }
        return Notice(
            org = "o1",
            title = item.title,
            text = "请各支部在周五前完成楼道消防通道检查，发现堆放杂物的当场劝离，并在巡查任务里拍照记录。",
            files = emptyList(),
            effective = item.effective,
            until = null,
            audience = emptyList(),
            wantsReceipt = item.wantsConfirmation,
            replaces = null,
            replacedBy = null,
            published = item.effective,
            author = "m1",
            state = item.state,
            withdrawnReason = "",
        )
    }

    private companion object {
        val SAMPLE =
            listOf(
                NoticeItem("n1", "关于开展楼道消防通道检查的通知", "平江街道", FakeCore.NOW - 3_600_000, false, true, NoticeState.PUBLISHED),
                NoticeItem("n2", "台风天气值守安排", "姑苏区", FakeCore.NOW - 90_000_000, false, false, NoticeState.PUBLISHED),
                NoticeItem("n3", "十二月主题党日活动安排", "大儒巷社区", FakeCore.NOW - 200_000_000, true, false, NoticeState.PUBLISHED),
            )
    }
}
