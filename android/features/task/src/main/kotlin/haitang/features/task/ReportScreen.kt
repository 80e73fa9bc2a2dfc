package haitang.features.task

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Add
import androidx.compose.material.icons.filled.Check
import androidx.compose.material3.Card
import androidx.compose.material3.CardDefaults
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import haitang.design.ContentBox
import haitang.design.HaitangScreen
import haitang.design.LoadingState
import haitang.design.PrimaryButton
import haitang.design.QuietButton
import haitang.design.ReadingColumn
import haitang.design.SecondaryButton
import haitang.design.SectionTitle
import haitang.design.SwitchRow
import haitang.design.TextEntry
import haitang.design.failureText
import haitang.platform.DeviceFailure
import haitang.platform.PhotoSource
import uniffi.haitang.Attachment
import uniffi.haitang.Finding
import uniffi.haitang.Severity
import uniffi.haitang.TaskKind
import uniffi.haitang.TaskPage

/** What happens while a report is written. */
class ReportEvents(
    val onAddFinding: () -> Unit = {},
    val onFinding: (Int, Finding) -> Unit = { _, _ -> },
    val onRemoveFinding: (Int) -> Unit = {},
    val onNobodyHome: (Boolean) -> Unit = {},
    val onNote: (String) -> Unit = {},
    val onWithPlace: (Boolean) -> Unit = {},
    val onRemovePhoto: (Attachment) -> Unit = {},
    val onSend: () -> Unit = {},
    val onHandedIn: () -> Unit = {},
    val onShown: () -> Unit = {},
    val onBack: () -> Unit = {},
    val loadFile: suspend (Attachment) -> ByteArray? = { null },
)

/** A report being written: for a patrol the photos come first, for a visit what was found. */
@Composable
fun ReportScreen(
    state: ReportState,
    photos: PhotoSource,
    events: ReportEvents,
) {
    val handedIn by rememberUpdatedState(events.onHandedIn)
    LaunchedEffect(state.handedIn) { if (state.handedIn) handedIn() }
    val draft = state.draft
    HaitangScreen(
        stringResource(R.string.task_report_title),
        onBack = events.onBack,
        message = state.failure?.let { failureText(it) } ?: state.device?.let { deviceText(it) },
        onMessageShown = events.onShown,
        bottom =
            draft?.let {
                {
                    PrimaryButton(
                        stringResource(R.string.task_report_send),
                        events.onSend,
                        Modifier.fillMaxWidth(),
                        enabled = !state.attaching,
                        busy = state.busy,
                        icon = Icons.Filled.Check,
                    )
                }
            },
    ) { padding ->
        ContentBox(state.page, Modifier.padding(padding)) { page ->
            if (draft ==
                null
            ) {
                LoadingState(Modifier.padding(padding))
            } else {
                ReadingColumn(Modifier.padding(padding)) { Form(page, draft, state, photos, events) }
            }
        }
    }
}

@Composable
private fun Form(
    page: TaskPage,
    draft: ReportDraft,
    state: ReportState,
    photos: PhotoSource,
    events: ReportEvents,
) {
    Text("${page.task.title} · ${page.task.place}".trimEnd(' ', '·'), style = MaterialTheme.typography.titleMedium)
    Text(
        stringResource(R.string.task_report_kept),
        style = MaterialTheme.typography.bodySmall,
        color = MaterialTheme.colorScheme.onSurfaceVariant,
    )
    when (page.task.kind) {
        TaskKind.VISIT -> {
            SwitchRow(stringResource(R.string.task_nobody_home), draft.nobodyHome, events.onNobodyHome)
            Findings(draft, events)
            Photos(draft, state.attaching, photos, events)
        }

        TaskKind.PATROL, TaskKind.CHECKPOINT -> {
            Photos(draft, state.attaching, photos, events)
            Findings(draft, events)
        }

        TaskKind.ERRAND -> {
            Findings(draft, events)
            Photos(draft, state.attaching, photos, events)
        }
    }
    SectionTitle(stringResource(R.string.task_report_note))
    TextEntry(stringResource(R.string.task_report_note_label), draft.note, events.onNote, lines = 2)
    if (state.mayLocate) {
        SwitchRow(
            stringResource(R.string.task_with_place),
            draft.withPlace,
            events.onWithPlace,
            detail = stringResource(R.string.task_with_place_detail),
        )
    }
}

@Composable
private fun Findings(
    draft: ReportDraft,
    events: ReportEvents,
) {
    SectionTitle(stringResource(R.string.task_found))
    if (draft.findings.isEmpty()) Text(stringResource(R.string.task_found_none), color = MaterialTheme.colorScheme.onSurfaceVariant)
    draft.findings.forEachIndexed { index, finding ->
        Card(
            Modifier.fillMaxWidth(),
            shape = MaterialTheme.shapes.medium,
            colors = CardDefaults.cardColors(containerColor = MaterialTheme.colorScheme.surfaceContainer),
        ) {
            Column(Modifier.padding(12.dp), Arrangement.spacedBy(8.dp)) {
                TextEntry(
                    stringResource(R.string.task_finding_number, index + 1),
                    finding.what,
                    { events.onFinding(index, finding.copy(what = it)) },
                    lines = 2,
                )
                Text(stringResource(R.string.task_severity), style = MaterialTheme.typography.labelMedium)
                Chips {
                    Severity.entries.forEach { severity ->
                        Choice(severityText(severity), severity == finding.severity) {
                            events.onFinding(index, finding.copy(severity = severity))
                        }
                    }
                }
                QuietButton(stringResource(R.string.task_finding_remove, index + 1), { events.onRemoveFinding(index) }, harmful = true)
            }
        }
    }
    SecondaryButton(stringResource(R.string.task_finding_add), events.onAddFinding, Modifier.fillMaxWidth(), icon = Icons.Filled.Add)
}

@Composable
private fun Photos(
    draft: ReportDraft,
    attaching: Boolean,
    photos: PhotoSource,
    events: ReportEvents,
) {
    SectionTitle(stringResource(R.string.task_photos))
    draft.files.forEachIndexed { index, file ->
        Chips {
            Thumbnail(file, index, events.loadFile)
            QuietButton(stringResource(R.string.task_photo_remove, index + 1), { events.onRemovePhoto(file) }, harmful = true)
        }
    }
    SecondaryButton(
        stringResource(R.string.task_photo_take),
        photos::take,
        Modifier.fillMaxWidth(),
        busy = attaching,
        icon = Icons.Filled.Add,
    )
    QuietButton(stringResource(R.string.task_photo_pick), photos::pick, Modifier.fillMaxWidth(), enabled = !attaching)
}

@Composable
internal fun deviceText(failure: DeviceFailure): String =
    stringResource(
        when (failure) {
            DeviceFailure.Denied -> R.string.task_device_denied
            DeviceFailure.Unavailable -> R.string.task_device_unavailable
            DeviceFailure.TimedOut -> R.string.task_device_timed_out
            DeviceFailure.TooLarge -> R.string.task_device_too_large
            DeviceFailure.Unreadable -> R.string.task_device_unreadable
        },
    )
