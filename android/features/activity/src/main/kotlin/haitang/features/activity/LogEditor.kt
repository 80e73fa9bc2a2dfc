package haitang.features.activity

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavController
import haitang.bridge.ActivityCore
import haitang.bridge.DraftCore
import haitang.bridge.FileCore

@Composable
internal fun LogEditor(
    nav: NavController,
    core: ActivityCore,
    drafts: DraftCore,
    files: FileCore,
    now: () -> Long,
    source: LogSource,
) {
    val model = viewModel { LogEditorViewModel(core, drafts, files, source, now) }
    val state by model.state.collectAsStateWithLifecycle()
    LogEditorScreen(state, editorEvents(model, files) { nav.popBackStack() })
}

internal fun editorEvents(
    model: LogEditorViewModel,
    files: FileCore,
    onBack: () -> Unit,
) = LogEditorEvents(
    onTemplate = model::onTemplate,
    onTitle = model::onTitle,
    onHeld = model::onHeld,
    onField = model::onField,
    onLateReason = model::onLateReason,
    onPresent = model::onPresent,
    onEverybody = model::onEverybody,
    onOnlyCheckedIn = model::onOnlyCheckedIn,
    onPhoto = model::onPhoto,
    onDocument = model::onDocument,
    onVoice = model::onVoice,
    onRemoveFile = model::onRemoveFile,
    onDeviceFailure = model::onDeviceFailure,
    onStartAnew = model::onStartAnew,
    onSubmit = model::onSubmit,
    onRetry = model::begin,
    onProblemShown = model::onProblemShown,
    onBack = onBack,
    bytes = files::bytes,
)
