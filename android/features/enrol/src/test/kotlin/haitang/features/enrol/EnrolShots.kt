package haitang.features.enrol

import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.platform.LocalDevices
import haitang.testing.FakeDevices
import uniffi.haitang.Identity

private val Nothing = EnrolActions({}, {}, {}, {}, {}, {}, {}, {}, {})

@Composable
private fun Page(state: EnrolState) = CompositionLocalProvider(LocalDevices provides FakeDevices()) { EnrolScreen(state, Nothing) }

@Composable
private fun Broken(
    kind: FailureKind,
    aside: String? = null,
) = BrokenScreen(Failure(kind, "code"), aside, false, {}, {}, {}, {})

private val Holder = Identity("d1", "m1", "周美兰", "https://haitang.example")

val enrolShots: List<Pair<String, @Composable () -> Unit>> =
    listOf(
        "enrol-welcome" to { Page(EnrolState()) },
        "enrol-scan" to { Page(EnrolState(EnrolStep.Scan, deviceName = "荣耀 X50")) },
        "enrol-scan-wrong" to {
            Page(EnrolState(EnrolStep.Scan, deviceName = "荣耀 X50", failure = Failure(FailureKind.BadInput, "bad_input")))
        },
        "enrol-type" to { Page(EnrolState(EnrolStep.Type, "haitang.example.cn", "7K2M9PQ4", "荣耀 X50")) },
        "enrol-type-failed" to {
            Page(
                EnrolState(EnrolStep.Type, "haitang.example.cn", "7K2M9PQ4", "荣耀 X50", failure = Failure(FailureKind.Server, "bad_code")),
            )
        },
        "enrol-working" to { Page(EnrolState(EnrolStep.Scan, deviceName = "荣耀 X50", busy = true)) },
        "enrol-done" to { Page(EnrolState(EnrolStep.Done, holder = Holder)) },
        "enrol-broken" to { Broken(FailureKind.WrongKey) },
        "enrol-aside" to { Broken(FailureKind.Corrupt, "/data/user/0/haitang.app/files/phone/aside-20261124-093000") },
        "enrol-wiped" to { WipedScreen {} },
    )
