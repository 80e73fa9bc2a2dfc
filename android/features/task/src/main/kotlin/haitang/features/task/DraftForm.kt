package haitang.features.task

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.CoreFailure
import haitang.bridge.DraftCore
import haitang.bridge.DraftKeeper
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import org.json.JSONException

/**
 * What is being filled in, kept at every keystroke under [key], and there again when the process was killed.
 *
 * @param start what an empty form holds; asked for only where no draft was kept
 */
abstract class DraftForm<D : Any>(
    drafts: DraftCore,
    key: String,
    private val write: (D) -> String,
    private val read: (String) -> D,
    private val start: suspend () -> D,
) : ViewModel() {
    private val keeper = DraftKeeper(drafts, key).also { addCloseable(it) }
    private val typed = MutableStateFlow<D?>(null)

    /** What has been filled in; nothing until what was kept has been read. */
    protected val draft: StateFlow<D?> = typed.asStateFlow()

    /** Why what is typed is not safe, if so. */
    protected val unsafe = keeper.failure

    protected val doer = Doer(viewModelScope)

    init {
        viewModelScope.launch {
            val kept =
                try {
                    drafts.read(key)
                } catch (_: CoreFailure) {
                    null
                }
            typed.value = kept?.let { parse(it) } ?: start()
        }
    }

    private fun parse(text: String): D? =
        try {
            read(text)
        } catch (_: JSONException) {
            // Written by another version: the form begins empty, and the next keystroke replaces it.
            null
        }

    fun edit(how: (D) -> D) {
        val next = how(typed.value ?: return)
        typed.value = next
        keeper.save(write(next))
    }

    /** It was handed in. */
    protected fun finished() = keeper.drop()

    fun shown() = doer.shown()
}
