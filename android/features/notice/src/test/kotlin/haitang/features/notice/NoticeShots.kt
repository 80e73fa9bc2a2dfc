package haitang.features.notice

import androidx.compose.runtime.Composable
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.fake.FakeNoticeCore
import haitang.design.Content
import haitang.design.content
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking

/** The screens of notices, to be looked at. */
val noticeShots: List<Pair<String, @Composable () -> Unit>> =
    listOf(
        "notices" to { ListShot(NoticeListState(now(FakeNoticeCore().notices()))) },
        "notices-empty" to { ListShot(NoticeListState(Content.Ready(emptyList()))) },
        "notices-failed" to { ListShot(NoticeListState(Content.Failed(Failure(FailureKind.Corrupt, "corrupt")))) },
        "notices-loading" to { ListShot(NoticeListState()) },
        "notice" to { PageShot("n1") },
        "notice-replaced" to { PageShot("n0") },
    )

@Composable
private fun ListShot(state: NoticeListState) = NoticeListScreen(state, {}, {}, {})

@Composable
private fun PageShot(id: String) = NoticePageScreen(NoticePageState(now(FakeNoticeCore().page(id))), {}, {}, {}, {}, {}, {})

private fun <T> now(flow: Flow<Loaded<T>>): Content<T> = runBlocking { flow.first().content() }
