package haitang.bridge

import kotlinx.coroutines.flow.Flow
import uniffi.haitang.TaskItem

/** What is due, and what is not yet on the server. */
interface TodayCore {
    /** The day's tasks, what is late first. */
    fun tasks(): Flow<Loaded<List<TaskItem>>>
}

internal class PhoneTodayCore(
    private val caller: Caller,
) : TodayCore {
    override fun tasks() = caller.live { today() }
}
