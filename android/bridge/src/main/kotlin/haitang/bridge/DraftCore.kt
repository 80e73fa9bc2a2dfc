package haitang.bridge

import kotlinx.coroutines.flow.Flow
import uniffi.haitang.DraftItem

/** What is being typed, kept at every keystroke. Keys begin with the feature's name, such as `log/`. */
interface DraftCore {
    /** Keeps [text] in place of what was kept under [key]; on the disk when it returns. @throws CoreFailure */
    suspend fun save(
        key: String,
        text: String,
    )

    /** What was kept, if anything. @throws CoreFailure */
    suspend fun read(key: String): String?

    /** Lets it go: it was handed in, or is not wanted. @throws CoreFailure */
    suspend fun drop(key: String)

    /** All of them, the newest first. */
    fun all(): Flow<Loaded<List<DraftItem>>>
}

internal class PhoneDraftCore(
    private val caller: Caller,
) : DraftCore {
    override suspend fun save(
        key: String,
        text: String,
    ) {
        caller.call { saveDraft(key, text) }
    }

    override suspend fun read(key: String) = caller.call { draft(key)?.text }

    override suspend fun drop(key: String) {
        caller.call { dropDraft(key) }
    }

    override fun all() = caller.live { drafts() }
}
