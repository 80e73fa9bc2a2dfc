package haitang.platform

import android.content.Context
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.withContext

/** The parts of the phone it runs on. One for the activity, which puts [Asking] on screen once, around or beside everything. */
class PhoneDevices(
    private val context: Context,
) : Devices {
    private val wanted = Channel<CompletableDeferred<Boolean>>(Channel.RENDEZVOUS)

    @Composable
    override fun Scanner(
        modifier: Modifier,
        onScanned: (String) -> Unit,
    ) = QrScanner(modifier, onScanned)

    @Composable
    override fun rememberPhotos(
        onPhoto: (Photo) -> Unit,
        onFailure: (DeviceFailure) -> Unit,
    ): PhotoSource = rememberPhonePhotos(onPhoto, onFailure)

    @Composable
    override fun rememberDocuments(
        onDocument: (Document) -> Unit,
        onFailure: (DeviceFailure) -> Unit,
    ): DocumentSource = rememberPhoneDocuments(onDocument, onFailure)

    @Composable
    override fun rememberVoice(
        onNote: (VoiceNote) -> Unit,
        onFailure: (DeviceFailure) -> Unit,
    ): VoiceSource = rememberPhoneVoice(onNote, onFailure)

    override suspend fun locate(): Located =
        withContext(Dispatchers.Main.immediate) {
            if (context.hasAny(PLACE_PERMISSIONS) || asked()) locateOnce(context) else Located.Nowhere(DeviceFailure.Denied)
        }

    /** Shows the question for the place whenever [locate] needs it answered. */
    @Composable
    fun Asking() {
        val waiting = remember { arrayOfNulls<CompletableDeferred<Boolean>>(1) }
        val permission =
            rememberPermission(PLACE_PERMISSIONS, stringResource(R.string.device_why_location), onRefused = { waiting[0]?.complete(false) })
        LaunchedEffect(permission) {
            for (answer in wanted) {
                waiting[0] = answer
                permission.ask { answer.complete(true) }
                awaitAnswer(answer)
            }
        }
    }

    private suspend fun awaitAnswer(answer: CompletableDeferred<Boolean>) {
        try {
            answer.await()
        } finally {
            // The screen went before the person answered.
            answer.complete(false)
        }
    }

    /** Whether the person agreed; no, where there is nobody on screen who could ask. */
    private suspend fun asked(): Boolean {
        val answer = CompletableDeferred<Boolean>()
        return wanted.trySend(answer).isSuccess && answer.await()
    }
}
