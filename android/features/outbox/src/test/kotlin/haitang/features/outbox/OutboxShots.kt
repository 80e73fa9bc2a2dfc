package haitang.features.outbox

import androidx.compose.runtime.Composable
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeCore
import haitang.bridge.fake.FakeOutboxCore
import haitang.design.Content

private val Nothing = OutboxActions({}, {}, {}, {}, {}, {}, {}, {})

@Composable
private fun Page(state: OutboxState) = OutboxScreen(state, Nothing, FakeCore.NOW)

val outboxShots: List<Pair<String, @Composable () -> Unit>> =
    listOf(
        "outbox" to { Page(OutboxState(Content.Ready(Unsent(FakeOutboxCore.REFUSED, FakeOutboxCore.WAITING)))) },
        "outbox-lost" to { Page(OutboxState(Content.Ready(Unsent(FakeOutboxCore.REFUSED.takeLast(1), FakeOutboxCore.WAITING)))) },
        "outbox-empty" to { Page(OutboxState(Content.Ready(Unsent(emptyList(), emptyList())))) },
        "outbox-failed" to { Page(OutboxState(Content.Failed(Failure(FailureKind.DiskFull, "disk_full")))) },
    )
