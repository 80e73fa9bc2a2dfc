package haitang.features.mydata

import androidx.compose.runtime.Composable
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeMyDataCore
import haitang.design.Content
import haitang.design.content

/** The screen of one's own data, to be looked at. */
val mydataShots: List<Pair<String, @Composable () -> Unit>> =
    listOf(
        "mydata" to { Shot(MyDataState(FakeMyDataCore().data.value.content())) },
        "mydata-loading" to { Shot(MyDataState()) },
        "mydata-failed" to { Shot(MyDataState(Content.Failed(Failure(FailureKind.Corrupt, "corrupt")))) },
    )

@Composable
private fun Shot(state: MyDataState) = MyDataScreen(state, { _, _ -> }, {}, {}, {}, {})
