package haitang.features.activity

import android.graphics.BitmapFactory
import androidx.compose.foundation.Image
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.size
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Delete
import androidx.compose.material.icons.filled.PlayArrow
import androidx.compose.material3.Icon
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.produceState
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.asImageBitmap
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import haitang.design.Haitang
import haitang.design.IconAction
import haitang.design.SecondaryButton
import haitang.design.SectionTitle
import haitang.platform.LocalDevices
import haitang.platform.VoiceSource
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import uniffi.haitang.Attachment

/** Photos and voice notes of a log in the making. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun FileSection(
    files: List<Attachment>,
    attaching: Int,
    on: LogEditorEvents,
) {
    val photos = LocalDevices.current.rememberPhotos(on.onPhoto, on.onDeviceFailure)
    val voice = LocalDevices.current.rememberVoice(on.onVoice, on.onDeviceFailure)
    val documents = LocalDevices.current.rememberDocuments(on.onDocument, on.onDeviceFailure)
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        SectionTitle(stringResource(R.string.log_files, files.size))
        FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(4.dp)) {
            SecondaryButton(stringResource(R.string.log_photo_take), photos::take)
            SecondaryButton(stringResource(R.string.log_photo_pick), photos::pick)
            Recorder(voice)
            SecondaryButton(stringResource(R.string.log_document_pick), documents::pick)
        }
        if (attaching > 0) {
            Text(stringResource(R.string.log_attaching), Modifier.semantics { liveRegion = LiveRegionMode.Polite })
            LinearProgressIndicator(Modifier.fillMaxWidth())
        }
        files.forEachIndexed { index, file -> FileLine(file, index + 1, on.bytes) { on.onRemoveFile(file) } }
    }
}

@Composable
private fun Recorder(voice: VoiceSource) {
    val seconds = voice.seconds
    if (seconds == null) {
        SecondaryButton(stringResource(R.string.log_voice_start), voice::start)
    } else {
        SecondaryButton(stringResource(R.string.log_voice_stop, seconds, VoiceSource.SECONDS_MAX), voice::stop)
    }
}

/** A file with a small picture, where it is one; [onRemove] where it can be taken out again. */
@Composable
internal fun FileLine(
    file: Attachment,
    number: Int,
    bytes: suspend (String) -> ByteArray?,
    onRemove: (() -> Unit)? = null,
) {
    val isPicture = file.mediaType.startsWith("image/")
    val isVoice = file.mediaType.startsWith("audio/")
    val name =
        when {
            isPicture -> stringResource(R.string.log_photo_number, number)
            isVoice -> stringResource(R.string.log_voice_number, number)
            else -> file.name
        }
    Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(12.dp), Alignment.CenterVertically) {
        if (isPicture) {
            Picture(file.sha256, name, bytes)
        } else {
            Icon(Icons.Filled.PlayArrow, null, Modifier.size(Haitang.measures.icon))
        }
        Text(name, Modifier.weight(1f))
        if (onRemove != null) IconAction(Icons.Filled.Delete, stringResource(R.string.log_file_remove, name), onRemove)
    }
}

private sealed interface Pixels {
    data object Coming : Pixels

    data object Elsewhere : Pixels

    data class Here(
        val image: ImageBitmap,
    ) : Pixels
}

@Composable
private fun Picture(
    sha256: String,
    name: String,
    bytes: suspend (String) -> ByteArray?,
) {
    val pixels by produceState<Pixels>(Pixels.Coming, sha256) {
        value = bytes(sha256)?.let { small(it) }?.let { Pixels.Here(it) } ?: Pixels.Elsewhere
    }
    Surface(Modifier.size(PICTURE), MaterialTheme.shapes.small, MaterialTheme.colorScheme.surfaceContainerHighest) {
        Box(contentAlignment = Alignment.Center) {
            when (val now = pixels) {
                Pixels.Coming -> {}

                Pixels.Elsewhere -> {
                    Text(
                        stringResource(R.string.log_photo_elsewhere),
                        style = MaterialTheme.typography.labelMedium,
                        textAlign = TextAlign.Center,
                    )
                }

                is Pixels.Here -> {
                    Image(now.image, name, Modifier.size(PICTURE).clip(MaterialTheme.shapes.small), contentScale = ContentScale.Crop)
                }
            }
        }
    }
}

/** Only as many pixels as are shown: a phone of 3 GB has twenty photos in one log. */
private suspend fun small(bytes: ByteArray): ImageBitmap? =
    withContext(Dispatchers.Default) {
        val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
        BitmapFactory.decodeByteArray(bytes, 0, bytes.size, size)
        val options = BitmapFactory.Options().apply { inSampleSize = maxOf(1, maxOf(size.outWidth, size.outHeight) / PICTURE_PIXELS) }
        BitmapFactory.decodeByteArray(bytes, 0, bytes.size, options)?.asImageBitmap()
    }

private val PICTURE = 88.dp
private const val PICTURE_PIXELS = 320
