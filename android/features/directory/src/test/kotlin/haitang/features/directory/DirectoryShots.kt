package haitang.features.directory

import androidx.compose.runtime.Composable
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.fake.FakeDirectoryCore
import haitang.design.Content
import haitang.design.content
import haitang.design.valueOrNull
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking

/** The screens of the directory, to be looked at. */
val directoryShots: List<Pair<String, @Composable () -> Unit>> =
    listOf(
        "directory" to { OrgShot(home()) },
        "directory-search" to { OrgShot(home().copy(search = "lmf", found = now(FakeDirectoryCore().search("lmf")))) },
        "directory-search-nobody" to { OrgShot(home().copy(search = "zzz", found = Content.Ready(emptyList()))) },
        "directory-loading" to { OrgShot(OrgState(true)) },
        "directory-failed" to { OrgShot(OrgState(true, Content.Failed(Failure(FailureKind.Corrupt, "corrupt")))) },
        "directory-member" to { MemberScreen(MemberState(now(FakeDirectoryCore().member("m2"))), {}, {}, {}, {}, {}) },
        "directory-enrolment" to { EnrolmentScreen(EnrolmentState("陆美芳", "https://haitang.example", code()), {}, {}) },
        "directory-enrolment-offline" to {
            EnrolmentScreen(EnrolmentState("陆美芳", code = Content.Failed(Failure(FailureKind.Network, "network"))), {}, {})
        },
        "directory-transfers" to { TransfersShot(TransfersState(now(FakeDirectoryCore().transfers()))) },
        "directory-transfers-empty" to { TransfersShot(TransfersState(Content.Ready(emptyList()))) },
    )

private fun home(): OrgState {
    val page = now(FakeDirectoryCore().org("o1"))
    return OrgState(true, page, page.valueOrNull()?.members.orEmpty(), transfers = 1)
}

private fun code() = runBlocking { Content.Ready(FakeDirectoryCore().newEnrolment("m2")) }

@Composable
private fun OrgShot(state: OrgState) = OrgScreen(state, {}, {}, {}, {}, {}, {})

@Composable
private fun TransfersShot(state: TransfersState) = TransfersScreen(state, {}, { _, _ -> }, {}, {})

private fun <T> now(flow: Flow<Loaded<T>>): Content<T> = runBlocking { flow.first().content() }
