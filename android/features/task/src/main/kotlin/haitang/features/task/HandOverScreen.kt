package haitang.features.task

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Person
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import haitang.design.ChoiceRow
import haitang.design.ContentBox
import haitang.design.EmptyState
import haitang.design.HaitangScreen
import haitang.design.PrimaryButton
import haitang.design.ReadingColumn
import haitang.design.SectionTitle
import haitang.design.TextEntry
import haitang.design.valueOrNull

/** Asks a colleague to take over; it stays the holder's until they say yes. */
@Composable
fun HandOverScreen(
    state: HandOverState,
    onTo: (String) -> Unit,
    onNote: (String) -> Unit,
    onHandOver: () -> Unit,
    onHandedOver: () -> Unit,
    onShown: () -> Unit,
    onBack: () -> Unit,
) {
    val leave by rememberUpdatedState(onHandedOver)
    LaunchedEffect(state.handedOver) { if (state.handedOver) leave() }
    val draft = state.draft ?: HandOverDraft()
    val chosen = state.workers.valueOrNull()?.find { it.id == draft.to }
    HaitangScreen(
        stringResource(R.string.task_hand_over_title),
        onBack = onBack,
        message = state.doing.message(),
        onMessageShown = onShown,
        bottom =
            state.workers.valueOrNull()?.takeIf { it.isNotEmpty() }?.let {
                {
                    PrimaryButton(
                        if (chosen == null) {
                            stringResource(R.string.task_hand_over_choose)
                        } else {
                            stringResource(R.string.task_hand_over_ask, chosen.name)
                        },
                        onHandOver,
                        Modifier.fillMaxWidth(),
                        enabled = chosen != null,
                        busy = state.doing.busy,
                    )
                }
            },
    ) { padding ->
        ContentBox(state.workers, Modifier.padding(padding)) { workers ->
            if (workers.isEmpty()) {
                EmptyState(
                    stringResource(R.string.task_hand_over_nobody),
                    Modifier.padding(padding),
                    stringResource(R.string.task_hand_over_nobody_hint),
                    Icons.Filled.Person,
                )
            } else {
                ReadingColumn(Modifier.padding(padding)) {
                    Text(stringResource(R.string.task_hand_over_hint))
                    SectionTitle(stringResource(R.string.task_hand_over_whom))
                    workers.forEach { ChoiceRow(it.name, it.id == draft.to, { onTo(it.id) }, detail = it.phone) }
                    TextEntry(stringResource(R.string.task_hand_over_note), draft.note, onNote, lines = 2)
                }
            }
        }
    }
}
