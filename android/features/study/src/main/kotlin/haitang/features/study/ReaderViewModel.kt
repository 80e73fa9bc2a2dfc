package haitang.features.study

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.Loaded
import haitang.bridge.StudyCore
import haitang.bridge.valueOrNull
import haitang.design.Content
import haitang.design.WhileShown
import haitang.design.content
import haitang.design.valueOrNull
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import uniffi.haitang.StudyPage

/**
 * What a study shows while it is read.
 *
 * @param section which is open, counted from 0; as many as there are where the last was left behind
 */
data class ReaderState(
    val page: Content<StudyPage> = Content.Loading,
    val section: Int = 0,
    val failure: Failure? = null,
) {
    /** All was read, and the last page left. */
    val atEnd: Boolean get() = page.valueOrNull()?.let { section >= it.sections.size } == true
}

class ReaderViewModel(
    private val core: StudyCore,
    private val id: String,
) : ViewModel() {
    private val failure = MutableStateFlow<Failure?>(null)
    private val chosen = MutableStateFlow<Int?>(null)

    /** Where this reading began: at the first section not read, also after the process was killed. */
    private var began: Int? = null

    /** Sections that are being noted: a fast reader is at the next one before the last is on the disk. */
    private val noting = mutableSetOf<Int>()

    val state: StateFlow<ReaderState> =
        combine(core.study(id), chosen, failure) { page, section, failure ->
            ReaderState(page.content(), section ?: beginning(page), failure)
        }.stateIn(viewModelScope, WhileShown, ReaderState())

    /** The end of [section] was on the screen. */
    fun read(section: Int) {
        val page = state.value.page.valueOrNull() ?: return
        if (section !in page.sections.indices || section.toUShort() in page.read || !noting.add(section)) return
        viewModelScope.launch {
            try {
                core.readSection(id, section)
            } catch (failed: CoreFailure) {
                failure.value = failed.failure
            } finally {
                noting.remove(section)
            }
        }
    }

    /** On to the section after the open one, which was read then. */
    fun next() {
        read(state.value.section)
        goTo(state.value.section + 1)
    }

    /** Opens a section. */
    fun goTo(section: Int) {
        chosen.value = section.coerceAtLeast(0)
    }

    /** The failure was shown. */
    fun told() {
        failure.value = null
    }

    private fun beginning(page: Loaded<StudyPage>): Int {
        began?.let { return it }
        val study = page.valueOrNull() ?: return 0
        val first = study.sections.indices.firstOrNull { it.toUShort() !in study.read } ?: 0
        began = first
        return first
    }
}
