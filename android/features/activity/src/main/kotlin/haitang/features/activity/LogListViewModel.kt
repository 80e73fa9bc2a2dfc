package haitang.features.activity

import haitang.bridge.ActivityCore
import haitang.bridge.DraftCore
import haitang.bridge.Loaded
import haitang.bridge.PAGE
import haitang.bridge.valueOrNull
import haitang.design.Content
import haitang.design.content
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flatMapLatest
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.onStart
import kotlinx.coroutines.flow.update
import uniffi.haitang.LogItem
import uniffi.haitang.LogState

/** A new log that was left off. */
data class UnfinishedLog(
    val key: String,
    val title: String,
    val activity: String?,
)

/**
 * A list of logs: the holder's own, or what waits for their decision.
 *
 * @param unfinished what was begun on this phone and not handed in
 * @param waiting how many logs wait for the holder's decision, as far as one page tells
 */
data class LogListState(
    val now: Long,
    val logs: Content<List<LogItem>> = Content.Loading,
    val unfinished: List<UnfinishedLog> = emptyList(),
    val waiting: Int = 0,
    val hasMore: Boolean = false,
)

/** The holder's own logs: those that came back first, because they wait for the holder. */
@OptIn(ExperimentalCoroutinesApi::class)
class MyLogsViewModel(
    core: ActivityCore,
    drafts: DraftCore,
    now: () -> Long = System::currentTimeMillis,
) : ActingViewModel() {
    private val opened = now()
    private val pages = MutableStateFlow(1)

    private val unfinished =
        drafts.all().map { kept ->
            kept.valueOrNull().orEmpty().filter { LogDraft.isNew(it.key) }.mapNotNull { item ->
                LogDraft.of(item.text)?.let { UnfinishedLog(item.key, it.content.title, LogDraft.activityOf(item.key)) }
            }
        }

    val state: StateFlow<LogListState> =
        combine(paged(pages, core::logs), unfinished, core.approvals(1).map { it.valueOrNull().orEmpty().size }.onStart { emit(0) }) {
            (count, logs),
            unfinished,
            waiting,
            ->
            val shown = logs.content()
            val sorted = if (shown is Content.Ready) Content.Ready(shown.value.sortedBy { rank(it.state) }) else shown
            LogListState(opened, sorted, unfinished, waiting, hasMore(count, shown))
        }.shown(LogListState(opened))

    fun onMore() {
        if (state.value.hasMore) pages.update { it + 1 }
    }

    private fun rank(state: LogState) =
        when (state) {
            LogState.RETURNED -> 0
            LogState.DRAFT -> 1
            else -> 2
        }
}

/** Logs that wait for the holder's decision, the oldest first. */
@OptIn(ExperimentalCoroutinesApi::class)
class ApprovalsViewModel(
    core: ActivityCore,
    now: () -> Long = System::currentTimeMillis,
) : ActingViewModel() {
    private val opened = now()
    private val pages = MutableStateFlow(1)

    val state: StateFlow<LogListState> =
        paged(pages, core::approvals)
            .map { (count, logs) -> logs.content().let { LogListState(opened, it, hasMore = hasMore(count, it)) } }
            .shown(LogListState(opened))

    fun onMore() {
        if (state.value.hasMore) pages.update { it + 1 }
    }
}

@OptIn(ExperimentalCoroutinesApi::class)
private fun paged(
    pages: Flow<Int>,
    read: (Int) -> Flow<Loaded<List<LogItem>>>,
): Flow<Pair<Int, Loaded<List<LogItem>>>> = pages.flatMapLatest { count -> combine(flowOf(count), read(count), ::Pair) }

private fun hasMore(
    pages: Int,
    logs: Content<List<LogItem>>,
) = logs is Content.Ready && logs.value.size >= pages * PAGE
