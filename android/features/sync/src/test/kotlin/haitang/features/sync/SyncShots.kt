package haitang.features.sync

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.ui.unit.dp
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeCore
import haitang.design.Content
import uniffi.haitang.OutboxStatus
import uniffi.haitang.SyncPhase
import uniffi.haitang.SyncState
import uniffi.haitang.SyncStop

private val Offline = SyncState(SyncPhase.Waiting(SyncStop.NETWORK), 3u)

@Composable
private fun Page(state: SyncPageState) = SyncScreen(state, {}, {}, {}, {}, {}, FakeCore.NOW)

val syncShots: List<Pair<String, @Composable () -> Unit>> =
    listOf(
        "sync" to { Page(SyncPageState(Offline, Content.Ready(OutboxStatus(2u, 1u, 1u, 0u, 1u, 0u, true)), FakeCore.NOW - 3_600_000)) },
        "sync-first" to {
            Page(
                SyncPageState(
                    SyncState(SyncPhase.Receiving(2500u, 10_000u), 0u),
                    Content.Ready(OutboxStatus(0u, 0u, 0u, 0u, 0u, 0u, false)),
                ),
            )
        },
        "sync-portal" to {
            Page(
                SyncPageState(
                    SyncState(SyncPhase.Waiting(SyncStop.PORTAL), 1u),
                    Content.Ready(OutboxStatus(1u, 0u, 0u, 0u, 0u, 0u, true)),
                    FakeCore.NOW,
                ),
            )
        },
        "sync-settled" to {
            Page(SyncPageState(SyncState(SyncPhase.Idle, 0u), Content.Ready(OutboxStatus(0u, 0u, 0u, 0u, 0u, 0u, true)), FakeCore.NOW))
        },
        "sync-failed" to { Page(SyncPageState(Offline, Content.Failed(Failure(FailureKind.DiskFull, "disk_full")))) },
        "sync-loading" to { Page(SyncPageState()) },
        "sync-line" to {
            Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
                SyncLine(Offline, {})
                SyncLine(SyncState(SyncPhase.Idle, 0u), {})
                SyncLine(SyncState(SyncPhase.Receiving(1u, 3u), 0u), {})
                SyncLine(SyncState(SyncPhase.Uploading, 2u), {})
            }
        },
    )
