package haitang.platform

import android.content.ActivityNotFoundException
import android.content.ContentResolver
import android.content.Context
import android.net.Uri
import android.provider.OpenableColumns
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.OpenDocument
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.ui.platform.LocalContext
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.io.ByteArrayOutputStream
import java.io.IOException
import java.io.InputStream

/** Documents by the system's own picker, from wherever it reaches. */
@Composable
internal fun rememberPhoneDocuments(
    onDocument: (Document) -> Unit,
    onFailure: (DeviceFailure) -> Unit,
): DocumentSource {
    val context = LocalContext.current
    val scope = rememberCoroutineScope()
    val document by rememberUpdatedState(onDocument)
    val failure by rememberUpdatedState(onFailure)
    val picker =
        rememberLauncherForActivityResult(OpenDocument()) { chosen ->
            if (chosen != null) {
                scope.launch {
                    try {
                        document(readDocument(context, chosen))
                    } catch (trouble: DeviceTrouble) {
                        failure(trouble.failure)
                    }
                }
            }
        }
    return remember(picker) {
        DocumentSource {
            try {
                picker.launch(arrayOf("*/*"))
            } catch (_: ActivityNotFoundException) {
                failure(DeviceFailure.Unavailable)
            }
        }
    }
}

/** What a picked document may weigh, as the core has it. */
internal const val DOCUMENT_BYTES_MAX = 50 * 1024 * 1024

/**
 * Reads what the picker gave. What is longer than the core takes is not read to its end.
 *
 * @throws DeviceTrouble
 */
internal suspend fun readDocument(
    context: Context,
    uri: Uri,
    dispatcher: CoroutineDispatcher = Dispatchers.IO,
): Document =
    withContext(dispatcher) {
        val resolver = context.contentResolver
        try {
            val bytes = resolver.openInputStream(uri)?.use(::readAll) ?: throw DeviceTrouble(DeviceFailure.Unreadable)
            Document(bytes, resolver.getType(uri) ?: "application/octet-stream", nameOf(resolver, uri))
        } catch (_: IOException) {
            throw DeviceTrouble(DeviceFailure.Unreadable)
        } catch (_: SecurityException) {
            throw DeviceTrouble(DeviceFailure.Denied)
        }
    }

private fun readAll(from: InputStream): ByteArray {
    val all = ByteArrayOutputStream()
    val piece = ByteArray(PIECE_BYTES)
    while (true) {
        val read = from.read(piece)
        if (read < 0) return all.toByteArray()
        if (all.size() + read > DOCUMENT_BYTES_MAX) throw DeviceTrouble(DeviceFailure.TooLarge)
        all.write(piece, 0, read)
    }
}

private fun nameOf(
    resolver: ContentResolver,
    uri: Uri,
): String =
    resolver.query(uri, arrayOf(OpenableColumns.DISPLAY_NAME), null, null, null)?.use { rows ->
        if (rows.moveToFirst()) rows.getString(0) else null
    } ?: uri.lastPathSegment.orEmpty()

private const val PIECE_BYTES = 64 * 1024
