package haitang.bridge.fake

import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.Loaded
import haitang.bridge.OutboxCore
import haitang.bridge.valueOrNull
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import uniffi.haitang.UnsentItem

/** Two commands that wait and two that were refused. */
class FakeOutboxCore : OutboxCore {
    val waitingItems = MutableStateFlow<Loaded<List<UnsentItem>>>(Loaded.Value(WAITING))
    val refusedItems = MutableStateFlow<Loaded<List<UnsentItem>>>(Loaded.Value(REFUSED))

    /** What the next action fails with. */
    var failure: Failure? = null
    val mended = mutableListOf<ULong>()

    override fun waiting(): Flow<Loaded<List<UnsentItem>>> = waitingItems

    override fun refused(): Flow<Loaded<List<UnsentItem>>> = refusedItems

    override suspend fun mend(seq: ULong): String {
        fail()
        mended += seq
        val item =
            refusedItems.value
                .valueOrNull()
                .orEmpty()
                .first { it.seq == seq }
        discard(seq)
        return item.id
    }

    override suspend fun discard(seq: ULong) {
        fail()
        refusedItems.value =
            Loaded.Value(
                refusedItems.value
                    .valueOrNull()
                    .orEmpty()
                    .filter { it.seq != seq },
            )
    }

    override suspend fun export(): String {
        fail()
        return """{"refused":[],"waiting":[]}"""
    }

    private fun fail() = failure?.let { throw CoreFailure(it) }

    companion object {
        private const val NOW = FakeCore.NOW
        val WAITING =
            listOf(
                UnsentItem(11u, "task.report", "走访：大儒巷 12 号", "t1", NOW - 1_800_000, "", emptyMap(), false),
                UnsentItem(12u, "notice.confirm", "台风天气值守安排", "n2", NOW - 600_000, "", emptyMap(), false),
            )
        val REFUSED =
            listOf(
                UnsentItem(7u, "activity.submit_log", "十一月主题党日", "l1", NOW - 90_000_000, "too_late", emptyMap(), false),
                UnsentItem(9u, "task.report", "消防通道巡查", "t4", NOW - 7_200_000, "wrong_state", mapOf("state" to "done"), true),
            )
    }
}
