package haitang.app

import android.content.ActivityNotFoundException
import android.content.ContentResolver
import android.content.Intent
import android.net.Uri
import android.provider.Settings
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.CreateDocument
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.platform.LocalContext
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import java.io.File
import java.io.IOException
import java.io.OutputStream
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream

/** Saves what leaves the app where the person says: on the phone, on a card, or into whatever app takes files. */
class Saver(
    private val ask: (name: String) -> Unit,
    private val write: (suspend (OutputStream) -> Unit) -> Unit,
) {
    /** A text, such as an export. */
    fun text(
        name: String,
        text: String,
    ) = bytes(name) { text.encodeToByteArray() }

    /** Some bytes, such as a document of a notice. Nothing is saved where there are none. */
    fun bytes(
        name: String,
        content: suspend () -> ByteArray?,
    ) {
        write { out -> content()?.let(out::write) }
        ask(name)
    }

    /** A whole folder as one archive, such as a database that was set aside. */
    fun folder(path: String) {
        val folder = File(path)
        write { out -> zip(folder, out) }
        ask("${folder.name}.zip")
    }

    private fun zip(
        folder: File,
        out: OutputStream,
    ) = ZipOutputStream(out).use { zip ->
        folder.walkTopDown().filter { it.isFile }.forEach { file ->
            zip.putNextEntry(ZipEntry(file.relativeTo(folder).path))
            file.inputStream().use { it.copyTo(zip) }
            zip.closeEntry()
        }
    }
}

@Composable
fun rememberSaver(): Saver {
    val resolver = LocalContext.current.contentResolver
    val scope = rememberCoroutineScope()
    val waiting = remember { arrayOfNulls<suspend (OutputStream) -> Unit>(1) }
    val launcher =
        rememberLauncherForActivityResult(CreateDocument("application/octet-stream")) { chosen ->
            val content = waiting[0]
            waiting[0] = null
            if (chosen != null && content != null) scope.save(resolver, chosen, content)
        }
    return remember(launcher) { Saver(launcher::launch) { waiting[0] = it } }
}

private fun CoroutineScope.save(
    resolver: ContentResolver,
    chosen: Uri,
    content: suspend (OutputStream) -> Unit,
) = launch(Dispatchers.IO) {
    try {
        resolver.openOutputStream(chosen)?.use { content(it) }
    } catch (_: IOException) {
        // The file that the person chose stays empty, and is there to be seen.
    }
}

/** Opens the page on which a network wants one to sign in: the system knows it, else a browser finds it. */
@Composable
fun rememberBrowser(): () -> Unit {
    val context = LocalContext.current
    return remember(context) {
        {
            val tries =
                listOf(Intent(Intent.ACTION_VIEW, Uri.parse("http://connectivitycheck.invalid")), Intent(Settings.ACTION_WIFI_SETTINGS))
            tries.firstOrNull {
                try {
                    context.startActivity(it)
                    true
                } catch (_: ActivityNotFoundException) {
                    false
                }
            }
        }
    }
}
