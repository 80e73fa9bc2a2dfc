package haitang.platform

import android.Manifest
import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.Context
import android.net.Uri
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.PickVisualMediaRequest
import androidx.activity.result.contract.ActivityResultContracts
import androidx.activity.result.contract.ActivityResultContracts.PickVisualMedia
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

/** Photos by the phone's own camera app and its own picker. */
@Composable
internal fun rememberPhonePhotos(
    onPhoto: (Photo) -> Unit,
    onFailure: (DeviceFailure) -> Unit,
): PhotoSource {
    val context = LocalContext.current
    val scope = rememberCoroutineScope()
    val photo by rememberUpdatedState(onPhoto)
    val failure by rememberUpdatedState(onFailure)
    // Kept, because a phone with little memory ends this process while its camera app is in front.
    var capture by rememberSaveable { mutableStateOf<String?>(null) }

    fun take(uri: Uri) =
        scope.launch {
            try {
                photo(readPhoto(context, uri))
            } catch (trouble: DeviceTrouble) {
                failure(trouble.failure)
            }
        }

    val camera =
        rememberLauncherForActivityResult(ActivityResultContracts.StartActivityForResult()) { result ->
            val uri = capture?.let(Uri::parse)
            capture = null
            if (uri != null && result.resultCode == Activity.RESULT_OK) take(uri)
        }
    val picker = rememberLauncherForActivityResult(PickVisualMedia()) { if (it != null) take(it) }
    val permission =
        rememberPermission(
            Manifest.permission.CAMERA,
            stringResource(R.string.device_why_camera_photo),
            onRefused = { failure(DeviceFailure.Denied) },
        )
    return remember(permission) {
        object : PhotoSource {
            // Another app takes the photo, but one that may use the camera itself has to be allowed to before it asks another.
            override fun take() =
                permission.ask {
                    val uri = CaptureProvider.begin(context)
                    capture = uri?.toString()
                    if (uri == null) failure(DeviceFailure.Unavailable) else started { camera.launch(CaptureProvider.intent(uri)) }
                }

            override fun pick() = started { picker.launch(PickVisualMediaRequest(PickVisualMedia.ImageOnly)) }

            private fun started(start: () -> Unit) {
                try {
                    start()
                } catch (_: ActivityNotFoundException) {
                    failure(DeviceFailure.Unavailable)
                } catch (_: SecurityException) {
                    failure(DeviceFailure.Denied)
                }
            }
        }
    }
}

/**
 * Reads what a camera or a picker gave, made small; what the camera wrote is deleted.
 *
 * @throws DeviceTrouble
 */
internal suspend fun readPhoto(
    context: Context,
    uri: Uri,
    dispatcher: CoroutineDispatcher = Dispatchers.IO,
): Photo =
    withContext(dispatcher) {
        val ours = if (uri.authority == CaptureProvider.authority(context)) CaptureProvider.fileOf(context, uri) else null
        try {
            Photo(PhotoShrinker.shrink { ours?.inputStream() ?: context.contentResolver.openInputStream(uri) }, "photo.jpg")
        } finally {
            ours?.delete()
        }
    }
