package haitang.features.activity

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import haitang.design.CheckRow
import haitang.design.QuietButton
import haitang.design.SecondaryButton
import haitang.design.SectionTitle
import uniffi.haitang.LogContent

/** Who was there: whoever checked in is ticked already; everybody is one tap; names are unfolded only by who needs them. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun Attendance(
    content: LogContent,
    state: LogEditorState,
    on: LogEditorEvents,
) {
    var unfolded by rememberSaveable { mutableStateOf(false) }
    val there = content.attendance.toSet()
    val names = state.people.filter { it.id in there }.map { it.name }
    Column(verticalArrangement = Arrangement.spacedBy(4.dp)) {
        SectionTitle(stringResource(R.string.log_attendance, there.size), Modifier.semantics { liveRegion = LiveRegionMode.Polite })
        if (!unfolded && names.isNotEmpty()) {
            Text(names.joinToString(stringResource(R.string.activity_name_separator)), color = MaterialTheme.colorScheme.onSurfaceVariant)
        }
        FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
            SecondaryButton(stringResource(R.string.log_everybody), on.onEverybody)
            if (state.checkedIn.isNotEmpty() && there != state.checkedIn) {
                SecondaryButton(stringResource(R.string.log_only_checked_in), on.onOnlyCheckedIn)
            }
            QuietButton(stringResource(if (unfolded) R.string.log_fold else R.string.log_unfold), { unfolded = !unfolded })
        }
        if (unfolded) {
            state.people.forEach { one ->
                CheckRow(
                    one.name,
                    one.id in there,
                    { on.onPresent(one.id, it) },
                    detail = if (one.id in state.checkedIn) stringResource(R.string.log_has_checked_in) else null,
                )
            }
        }
    }
}
