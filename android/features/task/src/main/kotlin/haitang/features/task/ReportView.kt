package haitang.features.task

import androidx.compose.foundation.Image
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Build
import androidx.compose.material.icons.filled.Info
import androidx.compose.material.icons.filled.Warning
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.produceState
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import haitang.design.Fact
import haitang.design.ItemCard
import haitang.design.SectionTitle
import haitang.design.Status
import haitang.design.StatusChip
import haitang.design.momentText
import uniffi.haitang.Attachment
import uniffi.haitang.Report
import uniffi.haitang.ReportLine
import uniffi.haitang.Severity

/** What was found. */
@Composable
internal fun ReportView(
    report: Report,
    visit: Boolean,
    now: Long,
    loadFile: suspend (Attachment) -> ByteArray?,
) {
    SectionTitle(stringResource(R.string.task_reported_at, momentText(report.made.latest, now)))
    if (report.nobodyHome) {
        Text(stringResource(R.string.task_nobody_was_home))
    } else if (report.findings.isEmpty()) {
        Text(stringResource(if (visit) R.string.task_was_all_well else R.string.task_nothing_found))
    }
    report.findings.forEach { finding ->
        ItemCard(finding.what, chips = { SeverityChip(finding.severity) })
    }
    report.note?.let { Fact(stringResource(R.string.task_report_note), it) }
    if (report.files.isNotEmpty()) {
        Chips { report.files.forEachIndexed { index, file -> Thumbnail(file, index, loadFile) } }
    }
    if (report.location != null) Text(stringResource(R.string.task_place_attached))
}

@Composable
internal fun SeverityChip(severity: Severity) {
    when (severity) {
        Severity.NOTE -> StatusChip(severityText(severity), Status.Plain, icon = Icons.Filled.Info)
        Severity.MINOR -> StatusChip(severityText(severity), Status.Plain, icon = Icons.Filled.Build)
        Severity.MAJOR -> StatusChip(severityText(severity), Status.Soon, icon = Icons.Filled.Warning)
        Severity.URGENT -> StatusChip(severityText(severity), Status.Late, icon = Icons.Filled.Warning)
    }
}

/** An earlier report's line. */
@Composable
internal fun ReportLineCard(
    line: ReportLine,
    now: Long,
    onOpen: (String) -> Unit,
) {
    val found = line.findings.toInt()
    ItemCard(
        when {
            line.nobodyHome -> stringResource(R.string.task_nobody_was_home)
            found == 0 -> stringResource(R.string.task_was_all_well)
            else -> pluralStringResource(R.plurals.task_findings, found, found)
        },
        lines = listOf(stringResource(R.string.task_by_whom, momentText(line.made, now), line.authorName)),
        onClick = { onOpen(line.id) },
    )
}

/** A photo, small; its number where it is not to be had just now. */
@Composable
internal fun Thumbnail(
    file: Attachment,
    index: Int,
    load: suspend (Attachment) -> ByteArray?,
) {
    val image by produceState<ImageBitmap?>(null, file.sha256) { value = load(file)?.let { thumbnail(it) } }
    val said = stringResource(R.string.task_photo_number, index + 1)
    val shown = image
    if (shown != null) {
        Image(shown, said, Modifier.size(THUMBNAIL).clip(RoundedCornerShape(8.dp)), contentScale = ContentScale.Crop)
    } else {
        StatusChip(said, Status.Plain)
    }
}

private val THUMBNAIL = 88.dp
