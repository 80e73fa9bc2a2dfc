package haitang.features.activity

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.CheckCircle
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringArrayResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import haitang.design.ChoiceRow
import haitang.design.EmptyState
import haitang.design.FailureState
import haitang.design.Haitang
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.LoadingState
import haitang.design.PrimaryButton
import haitang.design.QuietButton
import haitang.design.READABLE
import haitang.design.ReadingColumn
import haitang.design.SectionTitle
import haitang.design.TextEntry
import haitang.design.failureText
import haitang.platform.DeviceFailure
import haitang.platform.Document
import haitang.platform.Photo
import haitang.platform.VoiceNote
import uniffi.haitang.Attachment
import uniffi.haitang.LogContent
import uniffi.haitang.TemplateField
import uniffi.haitang.TemplateItem
import haitang.design.R as DesignR

/** What a hand can do with a log in the making. */
class LogEditorEvents(
    val onTemplate: (String?) -> Unit = {},
    val onTitle: (String) -> Unit = {},
    val onHeld: (Long) -> Unit = {},
    val onField: (String, String) -> Unit = { _, _ -> },
    val onLateReason: (String) -> Unit = {},
    val onPresent: (String, Boolean) -> Unit = { _, _ -> },
    val onEverybody: () -> Unit = {},
    val onOnlyCheckedIn: () -> Unit = {},
    val onPhoto: (Photo) -> Unit = {},
    val onDocument: (Document) -> Unit = {},
    val onVoice: (VoiceNote) -> Unit = {},
    val onRemoveFile: (Attachment) -> Unit = {},
    val onDeviceFailure: (DeviceFailure) -> Unit = {},
    val onStartAnew: () -> Unit = {},
    val onSubmit: () -> Unit = {},
    val onRetry: () -> Unit = {},
    val onProblemShown: () -> Unit = {},
    val onBack: () -> Unit = {},
    val bytes: suspend (String) -> ByteArray? = { null },
)

/** Writing a log: what is known is there already, and what is typed is never lost. */
@Composable
fun LogEditorScreen(
    state: LogEditorState,
    on: LogEditorEvents,
) {
    HaitangScreen(
        stringResource(if (state.returned.isEmpty()) R.string.log_write else R.string.log_mend),
        onBack = on.onBack,
        message = messageOf(state.problem ?: state.unsafe, state.device),
        onMessageShown = on.onProblemShown,
        bottom =
            when (state.step) {
                is LogStep.Writing -> {
                    {
                        val waits = state.busy || state.attaching > 0
                        PrimaryButton(stringResource(R.string.log_submit), on.onSubmit, Modifier.fillMaxWidth(), busy = waits)
                    }
                }

                LogStep.Done -> {
                    { PrimaryButton(stringResource(DesignR.string.ok), on.onBack, Modifier.fillMaxWidth()) }
                }

                else -> {
                    null
                }
            },
    ) { padding ->
        val inside = Modifier.padding(padding)
        when (val step = state.step) {
            LogStep.Loading -> {
                LoadingState(inside)
            }

            is LogStep.Failed -> {
                FailureState(step.failure, inside, on.onRetry)
            }

            is LogStep.Pick -> {
                ReadingColumn(inside) { Templates(step.templates, on.onTemplate) }
            }

            is LogStep.Writing -> {
                ReadingColumn(inside) { Form(step.content, state, on) }
            }

            LogStep.Done -> {
                EmptyState(
                    stringResource(R.string.log_done),
                    inside.semantics { liveRegion = LiveRegionMode.Assertive },
                    stringResource(R.string.log_done_hint),
                    Icons.Filled.CheckCircle,
                )
            }
        }
    }
}

@Composable
private fun ColumnScope.Templates(
    templates: List<TemplateItem>,
    onTemplate: (String?) -> Unit,
) {
    Text(stringResource(R.string.log_pick_hint), style = MaterialTheme.typography.titleMedium)
    templates.forEach { template ->
        ItemCard(template.title, lines = listOf(template.fields.joinToString(" · ") { it.label }), onClick = { onTemplate(template.id) })
    }
    QuietButton(stringResource(R.string.log_template_none), { onTemplate(null) }, Modifier.fillMaxWidth())
}

@Composable
private fun ColumnScope.Form(
    content: LogContent,
    state: LogEditorState,
    on: LogEditorEvents,
) {
    val said = state.refused?.let { failureText(it) }
    val field = state.refused?.values?.get("field")
    if (state.returned.isNotEmpty()) Notice(stringResource(R.string.log_returned_because, state.returned), isBad = true)
    if (state.restored) {
        Notice(stringResource(R.string.log_restored), isBad = false)
        QuietButton(stringResource(R.string.log_start_anew), on.onStartAnew)
    }
    state.fields.forEach { Field(it, content.fields[it.name].orEmpty(), state, on) }
    Attendance(content, state, on)
    FileSection(content.files, state.attaching, on)
    SectionTitle(stringResource(R.string.log_about))
    TextEntry(stringResource(R.string.activity_title), content.title, on.onTitle, required = true, error = said.takeIf { field == "title" })
    MomentRows(
        stringResource(R.string.log_held_day),
        stringResource(R.string.log_held),
        content.held,
        state.now,
        on.onHeld,
        if (field == "held") stringResource(R.string.log_held_wrong) else null,
    )
    val asked = field == "late_reason"
    val isLongAgo = state.now - content.held > LONG_AGO_MS
    if (asked || isLongAgo || content.lateReason.isNotEmpty()) LateReason(content.lateReason, asked, on.onLateReason)
}

@Composable
private fun Field(
    field: TemplateField,
    text: String,
    state: LogEditorState,
    on: LogEditorEvents,
) {
    val refused = state.refused
    TextEntry(
        field.label.ifEmpty { stringResource(R.string.log_content) },
        text,
        { on.onField(field.name, it) },
        required = field.required,
        error =
            when {
                state.isMissing(field) -> stringResource(R.string.log_field_missing)
                refused != null && refused.code != "empty" && refused.values["field"] == field.name -> failureText(refused)
                else -> null
            },
        lines = 2,
    )
}

/** Why it is written down so long after; what is often the case is one tap. */
@Composable
private fun LateReason(
    reason: String,
    asked: Boolean,
    onChange: (String) -> Unit,
) {
    Column {
        SectionTitle(stringResource(R.string.log_late))
        Text(stringResource(R.string.log_late_hint), color = MaterialTheme.colorScheme.onSurfaceVariant)
        stringArrayResource(R.array.log_late_reasons).forEach { ChoiceRow(it, it == reason, { onChange(it) }) }
        TextEntry(
            stringResource(R.string.log_late_own),
            reason,
            onChange,
            required = asked,
            error = if (asked && reason.isBlank()) stringResource(R.string.log_field_missing) else null,
        )
    }
}

@Composable
private fun Notice(
    text: String,
    isBad: Boolean,
) {
    val colors = Haitang.status
    Surface(
        Modifier.fillMaxWidth(),
        MaterialTheme.shapes.medium,
        if (isBad) colors.late else colors.fine,
        if (isBad) colors.onLate else colors.onFine,
    ) { Text(text, Modifier.padding(horizontal = 16.dp, vertical = 12.dp)) }
}

/** From then on the reason is offered; whether it must be given is the core's word. */
private const val LONG_AGO_MS = 2 * 86_400_000L
