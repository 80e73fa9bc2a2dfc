package haitang.bridge.fake

import haitang.bridge.CoreFailure
import haitang.bridge.DraftCore
import haitang.bridge.Failure
import haitang.bridge.Loaded
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import uniffi.haitang.DraftItem

/** Drafts in memory: hand the same one to a new screen, and it is as if the process had been killed and begun again. */
class FakeDraftCore : DraftCore {
    /** What is kept, by key. */
    val kept = MutableStateFlow<Map<String, String>>(emptyMap())

    /** While it is set, nothing can be kept. */
    var failure: Failure? = null

    override suspend fun save(
        key: String,
        text: String,
    ) {
        failure?.let { throw CoreFailure(it) }
        kept.update { it + (key to text) }
    }

    override suspend fun read(key: String): String? = kept.value[key]

    override suspend fun drop(key: String) = kept.update { it - key }

    override fun all(): Flow<Loaded<List<DraftItem>>> =
        kept.map { all -> Loaded.Value(all.map { (key, text) -> DraftItem(key, text, FakeCore.NOW) }) }
}
