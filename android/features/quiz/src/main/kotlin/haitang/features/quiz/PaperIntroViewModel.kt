package haitang.features.quiz

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.QuizCore
import haitang.design.Content
import haitang.design.Doing
import haitang.design.WhileShown
import haitang.design.content
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import uniffi.haitang.PaperItem

/**
 * What is shown before a paper is begun.
 *
 * @param started the attempt that was just begun, to be opened
 */
data class PaperIntroState(
    val paper: Content<PaperItem> = Content.Loading,
    val started: String? = null,
    val busy: Boolean = false,
    val failure: Failure? = null,
)

class PaperIntroViewModel(
    private val core: QuizCore,
    private val id: String,
) : ViewModel() {
    private val doing = Doing(viewModelScope)
    private val started = MutableStateFlow<String?>(null)

    val state: StateFlow<PaperIntroState> =
        combine(core.papers(), started, doing.state) { papers, started, doing ->
            PaperIntroState(find(papers), started, doing.busy, doing.failure)
        }.stateIn(viewModelScope, WhileShown, PaperIntroState())

    /** Begins it, or goes on with what was begun. */
    fun start() = doing.act { started.value = core.start(id) }

    /** The attempt is being opened. */
    fun opened() {
        started.value = null
    }

    /** The failure was shown. */
    fun told() = doing.told()

    private fun find(papers: Loaded<List<PaperItem>>): Content<PaperItem> =
        when (papers) {
            is Loaded.Failed -> {
                papers.content()
            }

            is Loaded.Value -> {
                papers.value.find { it.id == id }?.let { Content.Ready(it) }
                    ?: Content.Failed(Failure(FailureKind.Refused, "missing"))
            }
        }
}
