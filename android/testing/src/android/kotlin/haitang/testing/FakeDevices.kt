package haitang.testing

import androidx.compose.foundation.layout.Box
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import haitang.platform.DeviceFailure
import haitang.platform.Devices
import haitang.platform.Document
import haitang.platform.DocumentSource
import haitang.platform.Located
import haitang.platform.Photo
import haitang.platform.PhotoSource
import haitang.platform.VoiceNote
import haitang.platform.VoiceSource

/** Devices that give what a test put into them. */
class FakeDevices : Devices {
    /** What [PhotoSource.take] and [PhotoSource.pick] give; nothing where [failure] is set. */
    var photo = Photo(byteArrayOf(1, 2, 3), "photo.jpg")
    var document = Document(byteArrayOf(7, 8, 9), "application/pdf", "会议材料.pdf")
    var failure: DeviceFailure? = null
    var place: Located = Located.Nowhere(DeviceFailure.Denied)

    private var scanner: ((String) -> Unit)? = null

    /** Holds a code before the camera. */
    fun scan(text: String) = checkNotNull(scanner) { "no scanner is on screen" }(text)

    @Composable
    override fun Scanner(
        modifier: Modifier,
        onScanned: (String) -> Unit,
    ) {
        scanner = onScanned
        Box(modifier)
    }

    @Composable
    override fun rememberPhotos(
        onPhoto: (Photo) -> Unit,
        onFailure: (DeviceFailure) -> Unit,
    ): PhotoSource =
        object : PhotoSource {
            override fun take() = failure?.let(onFailure) ?: onPhoto(photo)

            override fun pick() = take()
        }

    @Composable
    override fun rememberDocuments(
        onDocument: (Document) -> Unit,
        onFailure: (DeviceFailure) -> Unit,
    ) = DocumentSource { failure?.let(onFailure) ?: onDocument(document) }

    @Composable
    override fun rememberVoice(
        onNote: (VoiceNote) -> Unit,
        onFailure: (DeviceFailure) -> Unit,
    ): VoiceSource =
        remember {
            object : VoiceSource {
                override var seconds: Int? by mutableStateOf(null)
                    private set

                override fun start() {
                    failure?.let(onFailure) ?: run { seconds = 0 }
                }

                override fun stop() {
                    seconds = null
                    onNote(VoiceNote(byteArrayOf(4, 5, 6), 3, "voice.m4a"))
                }
            }
        }

    override suspend fun locate() = place
}
