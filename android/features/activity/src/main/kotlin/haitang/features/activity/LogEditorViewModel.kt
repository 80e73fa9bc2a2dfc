package haitang.features.activity

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.ActivityCore
import haitang.bridge.CoreFailure
import haitang.bridge.DraftCore
import haitang.bridge.DraftKeeper
import haitang.bridge.Failure
import haitang.bridge.FileCore
import haitang.platform.DeviceFailure
import haitang.platform.Document
import haitang.platform.Photo
import haitang.platform.VoiceNote
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import uniffi.haitang.ActivityKind
import uniffi.haitang.Attachment
import uniffi.haitang.LogContent
import uniffi.haitang.MemberItem
import uniffi.haitang.TemplateField
import uniffi.haitang.TemplateItem

/** Which log is written. */
sealed interface LogSource {
    /** A new one, of an activity or of none. */
    data class New(
        val activity: String?,
    ) : LogSource

    /** One that came back, or was taken back. */
    data class Mend(
        val log: String,
    ) : LogSource

    /** One that the server did not take, by the number of its command. */
    data class Refused(
        val seq: ULong,
    ) : LogSource
}

/** How far it is. */
sealed interface LogStep {
    data object Loading : LogStep

    data class Failed(
        val failure: Failure,
    ) : LogStep

    /** Which form it is to have. */
    data class Pick(
        val templates: List<TemplateItem>,
    ) : LogStep

    data class Writing(
        val content: LogContent,
    ) : LogStep

    data object Done : LogStep
}

/**
 * A log in the making.
 *
 * @param fields what its form asks
 * @param people who can have been there
 * @param checkedIn who has checked in
 * @param returned why it came back
 * @param restored it goes on from where it was left off
 * @param refused why it was not taken, with the field it is about
 * @param unsafe why what is typed is not safe on the disk just now
 */
data class LogEditorState(
    val now: Long,
    val step: LogStep = LogStep.Loading,
    val fields: List<TemplateField> = emptyList(),
    val people: List<MemberItem> = emptyList(),
    val checkedIn: Set<String> = emptySet(),
    val returned: String = "",
    val restored: Boolean = false,
    val busy: Boolean = false,
    val attaching: Int = 0,
    val problem: Failure? = null,
    val device: DeviceFailure? = null,
    val refused: Failure? = null,
    val unsafe: Failure? = null,
) {
    /** What has to be filled in and is not, once the core has said so. */
    fun isMissing(field: TemplateField): Boolean {
        val content = (step as? LogStep.Writing)?.content ?: return false
        return refused?.code == "empty" && field.required && content.fields[field.name].isNullOrBlank()
    }
}

class LogEditorViewModel(
    private val core: ActivityCore,
    private val drafts: DraftCore,
    private val files: FileCore,
    private val source: LogSource,
    now: () -> Long = System::currentTimeMillis,
) : ViewModel() {
    private val key =
        when (source) {
            is LogSource.New -> LogDraft.newKey(source.activity)
            is LogSource.Mend -> LogDraft.mendKey(source.log)
            is LogSource.Refused -> LogDraft.refusedKey(source.seq)
        }
    private val keeper = DraftKeeper(drafts, key)
    private val shown = MutableStateFlow(LogEditorState(now()))
    private var id: String? = null
    private var org: String? = null

    val state: StateFlow<LogEditorState> = shown.asStateFlow()

    init {
        addCloseable(keeper)
        viewModelScope.launch { keeper.failure.collect { problem -> shown.update { it.copy(unsafe = problem) } } }
        begin()
    }

    /** Reads what there is to begin from; again where that failed. */
    fun begin() =
        loading {
            beginFrom(drafts.read(key)?.let(LogDraft::of))
        }

    private suspend fun beginFrom(kept: LogDraft?) =
        when (source) {
            is LogSource.New -> beginNew(source.activity, kept)
            is LogSource.Mend -> mend(source.log, kept)
            is LogSource.Refused -> mendRefused(source.seq, kept)
        }

    private suspend fun beginNew(
        activity: String?,
        kept: LogDraft?,
    ) {
        val page = activity?.let { core.activity(it).value() }
        val present = page?.attendees.orEmpty().map { MemberItem(it.member, it.name, page?.orgName.orEmpty(), null) }
        val people = if (page == null) core.people() else (page.expected + present).distinctBy { it.id }
        shown.update { it.copy(people = people, checkedIn = present.map { one -> one.id }.toSet()) }
        org = kept?.org ?: page?.org
        id = kept?.log ?: core.newId()
        val template = page?.template
        when {
            kept != null -> write(kept.content, restored = true)
            template != null -> choose(template)
            else -> pick(page?.item?.kind)
        }
    }

    private suspend fun mend(
        log: String,
        kept: LogDraft?,
    ) {
        val page = core.log(log).value()
        val activity = page.log.content.activity
        val planned = activity?.let { core.activity(it).value() }
        val people = (planned?.expected ?: core.people())
        id = log
        org = page.log.org
        val checkedIn =
            planned
                ?.attendees
                .orEmpty()
                .map { it.member }
                .toSet()
        shown.update { it.copy(people = people, checkedIn = checkedIn, returned = page.log.reason) }
        write(kept?.content ?: page.log.content, restored = kept != null, form = page.template)
    }

    private suspend fun mendRefused(
        seq: ULong,
        kept: LogDraft?,
    ) {
        val content = kept?.content ?: core.refusedLog(seq)
        id = kept?.log ?: core.newId()
        shown.update { it.copy(people = core.people()) }
        write(content, restored = kept != null)
    }

    /** Forms for this sort first. One that has only one to offer is not asked. */
    private suspend fun pick(kind: ActivityKind?) {
        val templates = core.templates().value().sortedByDescending { it.kind == kind }
        if (templates.isEmpty()) choose(null) else shown.update { it.copy(step = LogStep.Pick(templates)) }
    }

    /** The form was chosen; nothing means to write without one. */
    fun onTemplate(template: String?) = loading { choose(template) }

    private suspend fun choose(template: String?) {
        val activity = (source as? LogSource.New)?.activity
        write(core.startLog(template, activity), restored = false)
    }

    private suspend fun write(
        content: LogContent,
        restored: Boolean,
        form: TemplateItem? = null,
    ) {
        val template = form ?: content.template?.let { id -> core.templates().value().find { it.id == id } }
        val fields = template?.fields ?: (content.fields.keys + FREE).distinct().map { TemplateField(it, "", false, "") }
        shown.update { it.copy(step = LogStep.Writing(content), fields = fields, restored = restored) }
    }

    /** Anything was changed: it is on its way to the disk before the next key is pressed. */
    private fun change(how: (LogContent) -> LogContent) {
        shown.update {
            val step = it.step as? LogStep.Writing ?: return
            it.copy(step = LogStep.Writing(how(step.content)), restored = false)
        }
        val content = (shown.value.step as? LogStep.Writing)?.content ?: return
        keeper.save(LogDraft(id ?: return, org, content).toText())
    }

    fun onTitle(text: String) = change { it.copy(title = text) }

    fun onHeld(moment: Long) = change { it.copy(held = moment) }

    fun onLateReason(text: String) = change { it.copy(lateReason = text) }

    fun onField(
        name: String,
        text: String,
    ) = change { it.copy(fields = it.fields + (name to text)) }

    fun onPresent(
        member: String,
        isThere: Boolean,
    ) = change { it.copy(attendance = if (isThere) (it.attendance + member).distinct() else it.attendance - member) }

    fun onEverybody() = change { it.copy(attendance = (it.attendance + shown.value.people.map { one -> one.id }).distinct()) }

    fun onOnlyCheckedIn() = change { it.copy(attendance = shown.value.checkedIn.toList()) }

    fun onDocument(document: Document) = attach(document.bytes, document.mediaType, document.name)

    fun onPhoto(photo: Photo) = attach(photo.jpeg, "image/jpeg", photo.name)

    fun onVoice(note: VoiceNote) = attach(note.bytes, "audio/mp4", note.name)

    fun onRemoveFile(file: Attachment) = change { it.copy(files = it.files - file) }

    fun onDeviceFailure(failure: DeviceFailure) = shown.update { it.copy(device = failure) }

    fun onProblemShown() = shown.update { it.copy(problem = null, device = null) }

    private fun attach(
        bytes: ByteArray,
        type: String,
        name: String,
    ) {
        shown.update { it.copy(attaching = it.attaching + 1) }
        viewModelScope.launch {
            try {
                val file = files.attach(bytes, type, name)
                change { it.copy(files = it.files + file) }
            } catch (failed: CoreFailure) {
                shown.update { it.copy(problem = failed.failure) }
            } finally {
                shown.update { it.copy(attaching = it.attaching - 1) }
            }
        }
    }

    /** Begins anew, without what was left off. */
    fun onStartAnew() {
        keeper.drop()
        loading { beginFrom(null) }
    }

    fun onSubmit() {
        val content = (shown.value.step as? LogStep.Writing)?.content
        val log = id
        if (shown.value.busy || content == null || log == null) return
        shown.update { it.copy(busy = true, refused = null) }
        viewModelScope.launch {
            try {
                if (source is LogSource.Refused) core.mendLog(source.seq, content) else core.submitLog(log, org, content)
                keeper.drop()
                shown.update { it.copy(busy = false, step = LogStep.Done) }
            } catch (failed: CoreFailure) {
                shown.update { it.copy(busy = false, problem = failed.failure, refused = failed.failure) }
            }
        }
    }

    private fun loading(what: suspend () -> Unit) {
        shown.update { it.copy(step = LogStep.Loading, refused = null) }
        viewModelScope.launch {
            try {
                what()
            } catch (failed: CoreFailure) {
                shown.update { it.copy(step = LogStep.Failed(failed.failure)) }
            }
        }
    }

    companion object {
        /** The one field of a log without a form. */
        internal const val FREE = "content"
    }
}
