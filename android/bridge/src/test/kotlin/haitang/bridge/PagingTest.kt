package haitang.bridge

import haitang.bridge.fake.FakeActivityCore
import haitang.bridge.fake.FakeNoticeCore
import haitang.bridge.fake.FakeTaskCore
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import uniffi.haitang.ActivityItem
import uniffi.haitang.NoHandle
import uniffi.haitang.NoticeItem
import uniffi.haitang.Phone
import uniffi.haitang.TaskItem
import uniffi.haitang.TaskOrder

/** A long list is asked for in pages of fifty, and no page that nobody has scrolled to. */
class PagingTest {
    /** A phone with [COUNT] of everything, which gives fifty at once and notes after what it was asked. */
    private class LongLists : Phone(NoHandle) {
        val asked = mutableListOf<String?>()

        private fun <T> page(
            after: String?,
            item: (id: String) -> T,
        ): List<T> {
            asked += after
            val from = after?.let { it.toInt() + 1 } ?: 0
            return (from until minOf(from + PAGE, COUNT)).map { item("$it") }
        }

        override fun tasks(
            order: TaskOrder,
            after: String?,
        ): List<TaskItem> = page(after) { TASK.copy(id = it) }

        override fun notices(after: String?): List<NoticeItem> = page(after) { NOTICE.copy(id = it) }

        override fun activities(after: String?): List<ActivityItem> = page(after) { ACTIVITY.copy(id = it) }
    }

    private fun <T> assertPaged(
        ask: Caller.(pages: Int) -> Flow<Loaded<T>>,
        size: (T) -> Int,
    ) {
        val firsts = listOf(null, "49", "99")
        for ((pages, calls, rows) in listOf(Triple(1, 1, 50), Triple(2, 2, 100), Triple(3, 3, COUNT), Triple(9, 3, COUNT))) {
            val phone = LongLists()
            val caller = Caller(phone, Dispatchers.Unconfined, flowOf(Unit))
            val loaded = runBlocking { caller.ask(pages).first() }
            assertEquals(rows, size(checkNotNull(loaded.valueOrNull())), "$pages pages")
            assertEquals(firsts.take(calls), phone.asked, "$pages pages")
        }
    }

    @Test
    fun `tasks come fifty a call`() = assertPaged({ PhoneTaskCore(this).tasks(TaskOrder.DUE, it) }) { it.items.size }

    @Test
    fun `notices come fifty a call`() = assertPaged({ PhoneNoticeCore(this).notices(it) }) { it.size }

    @Test
    fun `activities come fifty a call`() = assertPaged({ PhoneActivityCore(this).activities(it) }) { it.size }

    private companion object {
        const val COUNT = 120
        val TASK = first(FakeTaskCore().tasks(TaskOrder.DUE, 1)).items.first()
        val NOTICE = first(FakeNoticeCore().notices()).first()
        val ACTIVITY = first(FakeActivityCore().activities(1)).first()

        fun <T> first(list: Flow<Loaded<T>>): T = checkNotNull(runBlocking { list.first() }.valueOrNull())
    }
}
