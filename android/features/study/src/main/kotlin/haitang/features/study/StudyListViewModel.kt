package haitang.features.study

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.StudyCore
import haitang.bridge.valueOrNull
import haitang.design.Content
import haitang.design.WhileShown
import haitang.design.content
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import uniffi.haitang.StudyItem

/**
 * What the list of studies shows.
 *
 * @param due how many things should be remembered now
 */
data class StudyListState(
    val studies: Content<List<StudyItem>> = Content.Loading,
    val due: Int = 0,
)

class StudyListViewModel(
    core: StudyCore,
) : ViewModel() {
    val state: StateFlow<StudyListState> =
        combine(core.studies(), core.reviews()) { studies, due -> StudyListState(studies.content(), due.valueOrNull()?.size ?: 0) }
            .stateIn(viewModelScope, WhileShown, StudyListState())
}
