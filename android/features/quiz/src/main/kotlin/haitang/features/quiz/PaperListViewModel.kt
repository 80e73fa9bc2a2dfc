package haitang.features.quiz

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.QuizCore
import haitang.design.Content
import haitang.design.WhileShown
import haitang.design.content
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import uniffi.haitang.PaperItem

/** What the list of quizzes shows. */
data class PaperListState(
    val papers: Content<List<PaperItem>> = Content.Loading,
)

class PaperListViewModel(
    core: QuizCore,
) : ViewModel() {
    val state: StateFlow<PaperListState> =
        core
            .papers()
            .map { PaperListState(it.content()) }
            .stateIn(viewModelScope, WhileShown, PaperListState())
}
