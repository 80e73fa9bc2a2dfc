package haitang.features.enrol

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.CoreFailure
import haitang.bridge.EnrolCore
import haitang.design.Content
import haitang.design.ContentBox
import haitang.design.Fact
import haitang.design.HaitangScreen
import haitang.design.QrCode
import haitang.design.SecondaryButton
import haitang.design.momentText
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import uniffi.haitang.Enrolment

/**
 * A one-time code for another's phone.
 *
 * @param server where that phone will be enrolled
 */
data class Invitation(
    val enrolment: Enrolment,
    val server: String,
)

class InviteViewModel(
    private val core: EnrolCore,
    private val member: String,
) : ViewModel() {
    private val own = MutableStateFlow<Content<Invitation>>(Content.Loading)
    val state: StateFlow<Content<Invitation>> = own.asStateFlow()

    init {
        again()
    }

    /** Makes a new code; the one before stays good until it ends. */
    fun again() {
        own.value = Content.Loading
        viewModelScope.launch {
            own.value =
                try {
                    Content.Ready(Invitation(core.newEnrolment(member), core.identity().server))
                } catch (failure: CoreFailure) {
                    Content.Failed(failure.failure)
                }
        }
    }
}

/** Shows a secretary the code for a member's phone. */
@Composable
fun InviteScreen(
    state: Content<Invitation>,
    onAgain: () -> Unit,
    onBack: () -> Unit,
    now: Long = System.currentTimeMillis(),
) {
    HaitangScreen(stringResource(R.string.enrol_invite), onBack = onBack) { padding ->
        ContentBox(state, Modifier.padding(padding), onAgain) { invitation ->
            Page(padding) {
                Text(stringResource(R.string.enrol_invite_text))
                QrCode(
                    invitation.enrolment.qr,
                    stringResource(R.string.enrol_invite_picture),
                    Modifier.align(Alignment.CenterHorizontally).widthIn(max = 320.dp).fillMaxWidth(),
                )
                Text(stringResource(R.string.enrol_invite_until, momentText(invitation.enrolment.expires, now)))
                Fact(stringResource(R.string.enrol_invite_code), invitation.enrolment.code)
                Fact(stringResource(R.string.enrol_invite_server), invitation.server)
                SecondaryButton(stringResource(R.string.enrol_invite_again), onAgain, Modifier.fillMaxWidth())
            }
        }
    }
}
