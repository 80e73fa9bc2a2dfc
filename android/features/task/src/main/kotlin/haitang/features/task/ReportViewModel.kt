package haitang.features.task

import androidx.lifecycle.viewModelScope
import haitang.bridge.CoreFailure
import haitang.bridge.DraftCore
import haitang.bridge.Failure
import haitang.bridge.FileCore
import haitang.bridge.TaskCore
import haitang.design.Content
import haitang.design.WhileShown
import haitang.design.content
import haitang.platform.DeviceFailure
import haitang.platform.Located
import haitang.platform.Photo
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import uniffi.haitang.Attachment
import uniffi.haitang.Finding
import uniffi.haitang.Severity
import uniffi.haitang.TaskPage

/**
 * A report being written.
 *
 * @param draft nothing until what was kept has been read
 * @param mayLocate the holder agreed that the app asks where the phone is
 * @param attaching a photo is being taken in
 * @param device why a part of the phone gave nothing
 */
data class ReportState(
    val page: Content<TaskPage> = Content.Loading,
    val draft: ReportDraft? = null,
    val mayLocate: Boolean = false,
    val attaching: Boolean = false,
    val device: DeviceFailure? = null,
    val failure: Failure? = null,
    val busy: Boolean = false,
    val handedIn: Boolean = false,
)

class ReportViewModel(
    private val core: TaskCore,
    drafts: DraftCore,
    private val files: FileCore,
    private val task: String,
    mayLocate: Flow<Boolean>,
) : DraftForm<ReportDraft>(drafts, "report/$task", ReportDraft::write, ReportDraft::read, { ReportDraft() }) {
    private data class Extras(
        val attaching: Boolean = false,
        val device: DeviceFailure? = null,
        val failure: Failure? = null,
        val handedIn: Boolean = false,
    )

    private val extras = MutableStateFlow(Extras())

    val state: StateFlow<ReportState> =
        combine(
            combine(core.task(task), mayLocate, ::Pair),
            draft,
            extras,
            doer.state,
            unsafe,
        ) { (page, mayLocate), draft, extras, doing, unsafe ->
            ReportState(
                page.content(),
                draft,
                mayLocate,
                extras.attaching,
                extras.device,
                doing.failure ?: extras.failure ?: unsafe,
                doing.busy,
                extras.handedIn,
            )
        }.stateIn(viewModelScope, WhileShown, ReportState())

    fun addFinding() = edit { it.copy(findings = it.findings + Finding("", Severity.MINOR)) }

    fun finding(
        index: Int,
        finding: Finding,
    ) = edit { it.copy(findings = it.findings.mapIndexed { at, was -> if (at == index) finding else was }) }

    fun removeFinding(index: Int) = edit { it.copy(findings = it.findings.filterIndexed { at, _ -> at != index }) }

    fun nobodyHome(nobody: Boolean) = edit { it.copy(nobodyHome = nobody) }

    fun note(note: String) = edit { it.copy(note = note) }

    fun withPlace(with: Boolean) = edit { it.copy(withPlace = with) }

    fun photo(photo: Photo) {
        extras.update { it.copy(attaching = true, device = null) }
        viewModelScope.launch {
            try {
                val file = files.attach(photo.jpeg, "image/jpeg", photo.name)
                edit { it.copy(files = it.files + file) }
            } catch (failed: CoreFailure) {
                extras.update { it.copy(failure = failed.failure) }
            } finally {
                extras.update { it.copy(attaching = false) }
            }
        }
    }

    fun removePhoto(photo: Attachment) = edit { it.copy(files = it.files - photo) }

    /** A part of the phone gave nothing. */
    fun device(failure: DeviceFailure) = extras.update { it.copy(device = failure) }

    /** @param locate says where the phone is; a phone that does not know holds nothing up */
    fun send(locate: suspend () -> Located) {
        val draft = draft.value ?: return
        doer.act(null) {
            val located = if (draft.withPlace && state.value.mayLocate) locate() else null
            core.report(task, draft.given((located as? Located.At)?.location))
            finished()
            extras.update { it.copy(handedIn = true) }
        }
    }

    suspend fun load(file: Attachment): ByteArray? = files.bytes(file.sha256)

    fun messageShown() {
        shown()
        extras.update { it.copy(device = null, failure = null) }
    }
}
