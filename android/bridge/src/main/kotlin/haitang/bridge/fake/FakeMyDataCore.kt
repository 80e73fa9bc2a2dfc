package haitang.bridge.fake

import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.Loaded
import haitang.bridge.MyDataCore
import haitang.bridge.map
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import uniffi.haitang.ConsentItem
import uniffi.haitang.ConsentPurpose
import uniffi.haitang.KindCount
import uniffi.haitang.LookItem
import uniffi.haitang.MyData

/** A phone that has been used for a while. */
class FakeMyDataCore : MyDataCore {
    /** What it keeps; tests put failures here. */
    val data = MutableStateFlow<Loaded<MyData>>(Loaded.Value(SAMPLE))

    /** Why nothing can be done; nothing where it can. */
    var failure: Failure? = null

    override fun myData(): Flow<Loaded<MyData>> = data

    override fun consents(): Flow<Loaded<List<ConsentItem>>> = data.map { now -> now.map { it.consents } }

    override suspend fun giveConsent(purpose: ConsentPurpose) {
        mayFail()
        consent(ConsentItem(purpose, FakeCore.NOW, null))
    }

    override suspend fun withdrawConsent(purpose: ConsentPurpose) {
        mayFail()
        consent(ConsentItem(purpose, FakeCore.NOW - DAY, FakeCore.NOW))
    }

    override suspend fun exportMine(): String {
        mayFail()
        return """{"member":"沈建国"}"""
    }

    override suspend fun exportUnsent(): String {
        mayFail()
        return """{"commands":[]}"""
    }

    private fun consent(item: ConsentItem) =
        data.update { now -> now.map { data -> data.copy(consents = data.consents.filterNot { it.purpose == item.purpose } + item) } }

    private fun mayFail() {
        failure?.let { throw CoreFailure(it) }
    }

    private companion object {
        const val DAY = 86_400_000L
        val SAMPLE =
            MyData(
                counts =
                    listOf(
                        KindCount("activity", 42u),
                        KindCount("check_in", 18u),
                        KindCount("household", 286u),
                        KindCount("log", 12u),
                        KindCount("member", 64u),
                        KindCount("notice", 9u),
                        KindCount("report", 57u),
                        KindCount("task", 133u),
                    ),
                bytes = 23_400_000u,
                files = 31u,
                lastSync = FakeCore.NOW - 600_000,
                drafts = 1u,
                looks =
                    listOf(
                        LookItem("m2", "陆美芳", FakeCore.NOW - 3 * 3_600_000L, "member", "查看联系方式"),
                        LookItem("m7", "周敏（平江街道）", FakeCore.NOW - 4 * DAY, "member", "查看联系方式"),
                    ),
                consents = listOf(ConsentItem(ConsentPurpose.PHOTOS, FakeCore.NOW - 30 * DAY, null)),
            )
    }
}
