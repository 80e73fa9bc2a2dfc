package haitang.features.task

import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.TaskCore
import haitang.design.ContentBox
import haitang.design.HaitangScreen
import haitang.design.ReadingColumn
import kotlinx.coroutines.flow.StateFlow
import uniffi.haitang.Attachment
import uniffi.haitang.Report

/** A report that was made earlier. */
class PastReportViewModel(
    core: TaskCore,
    id: String,
    now: () -> Long = System::currentTimeMillis,
) : ViewModel() {
    val state: StateFlow<PageState<Report>> = pageState(viewModelScope, core.report(id), Doer(viewModelScope), now)
}

/** What was found then. */
@Composable
fun PastReportScreen(
    state: PageState<Report>,
    loadFile: suspend (Attachment) -> ByteArray?,
    onBack: () -> Unit,
) {
    HaitangScreen(stringResource(R.string.task_past_report), onBack = onBack) { padding ->
        ContentBox(state.page, Modifier.padding(padding)) { report ->
            ReadingColumn(Modifier.padding(padding)) { ReportView(report, visit = true, state.now, loadFile) }
        }
    }
}
