package haitang.features.mydata

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import haitang.design.ContentBox
import haitang.design.Fact
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.ReadingList
import haitang.design.SecondaryButton
import haitang.design.SectionTitle
import haitang.design.SwitchRow
import haitang.design.failureText
import haitang.design.momentText
import haitang.design.sizeText
import uniffi.haitang.ConsentPurpose
import uniffi.haitang.LookItem
import uniffi.haitang.MyData

/** What this phone keeps, who looked, what was consented to, and a copy of it all. */
@Composable
fun MyDataScreen(
    state: MyDataState,
    onConsent: (ConsentPurpose, Boolean) -> Unit,
    onExportMine: () -> Unit,
    onExportUnsent: () -> Unit,
    onTold: () -> Unit,
    onBack: () -> Unit,
) {
    HaitangScreen(
        stringResource(R.string.mydata),
        onBack = onBack,
        message = state.failure?.let { failureText(it) },
        onMessageShown = onTold,
    ) { padding ->
        ContentBox(state.data, Modifier.padding(padding)) { data ->
            ReadingList(Modifier.padding(padding)) {
                consents(data, state.busy, onConsent)
                looks(data.looks)
                kept(data)
                exports(state.busy, onExportMine, onExportUnsent)
            }
        }
    }
}

private fun LazyListScope.consents(
    data: MyData,
    busy: Boolean,
    onConsent: (ConsentPurpose, Boolean) -> Unit,
) {
    item("consents") {
        Column {
            SectionTitle(stringResource(R.string.mydata_consents))
            Text(stringResource(R.string.mydata_consents_hint), color = MaterialTheme.colorScheme.onSurfaceVariant)
        }
    }
    items(ASKED, { it.name }) { purpose ->
        val consent = data.consents.find { it.purpose == purpose }
        val withdrawn = consent?.withdrawn
        val given = consent != null && withdrawn == null
        SwitchRow(
            stringResource(purpose.text()),
            given,
            { onConsent(purpose, it) },
            detail =
                when {
                    consent == null -> stringResource(R.string.mydata_never_given, stringResource(purpose.what()))
                    withdrawn != null -> stringResource(R.string.mydata_withdrawn, momentText(withdrawn))
                    else -> stringResource(R.string.mydata_given, momentText(consent.given))
                },
            enabled = !busy,
        )
    }
}

private fun LazyListScope.looks(looks: List<LookItem>) {
    item("looks") {
        Column {
            SectionTitle(stringResource(R.string.mydata_looks))
            Text(
                stringResource(if (looks.isEmpty()) R.string.mydata_nobody_looked else R.string.mydata_looks_hint),
                color = MaterialTheme.colorScheme.onSurfaceVariant,
            )
        }
    }
    items(looks) { look ->
        ItemCard(
            look.byName.ifBlank { stringResource(R.string.mydata_name_unknown) },
            lines = listOf(momentText(look.at), stringResource(R.string.mydata_look_for, look.purpose)),
        )
    }
}

private fun LazyListScope.kept(data: MyData) {
    item("kept") { SectionTitle(stringResource(R.string.mydata_kept)) }
    item("size") { Fact(stringResource(R.string.mydata_size), sizeText(data.bytes)) }
    item("sync") {
        val last = data.lastSync
        Fact(
            stringResource(R.string.mydata_last_sync),
            if (last ==
                null
            ) {
                stringResource(R.string.mydata_never_synced)
            } else {
                momentText(last)
            },
        )
    }
    if (data.drafts > 0u) {
        item("drafts") {
            val drafts = data.drafts.toInt()
            Fact(stringResource(R.string.mydata_drafts), pluralStringResource(R.plurals.mydata_drafts_count, drafts, drafts))
        }
    }
    item("counts") { Fact(stringResource(R.string.mydata_records), countsText(data)) }
}

private fun LazyListScope.exports(
    busy: Boolean,
    onExportMine: () -> Unit,
    onExportUnsent: () -> Unit,
) {
    item("exports") { SectionTitle(stringResource(R.string.mydata_exports)) }
    item("mine") {
        Column {
            Text(stringResource(R.string.mydata_export_mine_hint))
            SecondaryButton(stringResource(R.string.mydata_export_mine), onExportMine, Modifier.fillMaxWidth(), busy = busy)
        }
    }
    item("unsent") {
        Column {
            Text(stringResource(R.string.mydata_export_unsent_hint))
            SecondaryButton(stringResource(R.string.mydata_export_unsent), onExportUnsent, Modifier.fillMaxWidth(), busy = busy)
        }
    }
}

/** What there is, in words: the most first, and what has no name together at the end. */
@Composable
private fun countsText(data: MyData): String {
    val files = data.files.toInt()
    val (named, rest) = data.counts.filter { it.count > 0uL }.partition { it.kind in KINDS }
    val parts =
        named.sortedByDescending { it.count }.map { one ->
            stringResource(R.string.mydata_count, stringResource(KINDS.getValue(one.kind)), one.count.toLong())
        }
    val other = rest.sumOf { it.count.toLong() }
    val all =
        parts +
            listOfNotNull(
                if (files > 0) stringResource(R.string.mydata_count, stringResource(R.string.mydata_files), files.toLong()) else null,
                if (other > 0) stringResource(R.string.mydata_count, stringResource(R.string.mydata_kind_other), other) else null,
            )
    return if (all.isEmpty()) stringResource(R.string.mydata_nothing) else all.joinToString(stringResource(R.string.mydata_between))
}

/** What the app asks for without a press each time: a photo or a recording is made by whoever presses its button, a place is not. */
private val ASKED = listOf(ConsentPurpose.LOCATION)

private fun ConsentPurpose.text() =
    when (this) {
        ConsentPurpose.LOCATION -> R.string.mydata_location
        ConsentPurpose.PHOTOS -> R.string.mydata_photos
        ConsentPurpose.VOICE -> R.string.mydata_voice
    }

private fun ConsentPurpose.what() =
    when (this) {
        ConsentPurpose.LOCATION -> R.string.mydata_location_what
        ConsentPurpose.PHOTOS -> R.string.mydata_photos_what
        ConsentPurpose.VOICE -> R.string.mydata_voice_what
    }
