package haitang.platform

import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Modifier
import uniffi.haitang.Location

/** Why a part of the phone gave nothing. Everything else goes on without it. */
enum class DeviceFailure {
    /** The person said no, or not now. */
    Denied,

    /** This phone has none, or another app has it. */
    Unavailable,

    /** It took too long. */
    TimedOut,

    /** What it gave is larger than can be taken in. */
    TooLarge,

    /** What it gave cannot be read. */
    Unreadable,
}

/** A picture as it is handed to the core: a JPEG, already made small enough to be sent from a stairwell. */
class Photo(
    val jpeg: ByteArray,
    val name: String,
)

/** A voice note: AAC in an MP4. */
class VoiceNote(
    val bytes: ByteArray,
    val seconds: Int,
    val name: String,
)

/** A document that was chosen, as it is. */
class Document(
    val bytes: ByteArray,
    val mediaType: String,
    val name: String,
)

/** Where the phone is, or why that is not known. */
sealed interface Located {
    data class At(
        val location: Location,
    ) : Located

    data class Nowhere(
        val failure: DeviceFailure,
    ) : Located
}

/** Takes a photo, or has one chosen. Asks for what it needs, when it is needed, and says why. */
@Stable
interface PhotoSource {
    fun take()

    fun pick()
}

/** Has a document chosen, of any sort. Needs no permission. */
@Stable
fun interface DocumentSource {
    fun pick()
}

/** Records a voice note of at most [SECONDS_MAX] seconds. */
@Stable
interface VoiceSource {
    /** Seconds so far, or nothing while it does not record. */
    val seconds: Int?

    fun start()

    fun stop()

    companion object {
        const val SECONDS_MAX = 180
    }
}

/** The phone's camera, microphone and place, as screens use them. Tests give others by [LocalDevices]. */
@Stable
interface Devices {
    /** The camera's picture; tells the text of each QR code it sees, once as long as it stays in view. Shows itself why it cannot. */
    @Composable
    fun Scanner(
        modifier: Modifier,
        onScanned: (String) -> Unit,
    )

    @Composable
    fun rememberPhotos(
        onPhoto: (Photo) -> Unit,
        onFailure: (DeviceFailure) -> Unit,
    ): PhotoSource

    @Composable
    fun rememberVoice(
        onNote: (VoiceNote) -> Unit,
        onFailure: (DeviceFailure) -> Unit,
    ): VoiceSource

    @Composable
    fun rememberDocuments(
        onDocument: (Document) -> Unit,
        onFailure: (DeviceFailure) -> Unit,
    ): DocumentSource

    /** Where the phone is, once, by WGS-84; asked for only with the holder's consent. Waits ten seconds at most. */
    suspend fun locate(): Located
}

val LocalDevices = staticCompositionLocalOf<Devices> { error("no devices here") }
