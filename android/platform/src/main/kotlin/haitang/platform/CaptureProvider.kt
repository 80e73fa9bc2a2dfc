package haitang.platform

import android.content.ClipData
import android.content.ContentProvider
import android.content.ContentValues
import android.content.Context
import android.content.Intent
import android.database.Cursor
import android.database.MatrixCursor
import android.net.Uri
import android.os.ParcelFileDescriptor
import android.provider.MediaStore
import android.provider.OpenableColumns
import java.io.File
import java.io.FileNotFoundException
import java.io.IOException
import java.util.UUID

/**
 * Lends the camera app one empty file at a time to write its photo into, so that no permission for storage is needed. The files are
 * in the cache, are named by nothing anyone could guess, and go as soon as the photo has been made smaller.
 *
 * In the manifest: not exported, with grantUriPermissions, its authority the package's name and `.captures`.
 */
class CaptureProvider : ContentProvider() {
    override fun onCreate() = true

    override fun openFile(
        uri: Uri,
        mode: String,
    ): ParcelFileDescriptor {
        val context = context ?: throw FileNotFoundException()
        val file = fileOf(context, uri) ?: throw FileNotFoundException(uri.toString())
        return ParcelFileDescriptor.open(file, ParcelFileDescriptor.parseMode(mode))
    }

    override fun getType(uri: Uri) = "image/jpeg"

    override fun query(
        uri: Uri,
        projection: Array<out String>?,
        selection: String?,
        selectionArgs: Array<out String>?,
        sortOrder: String?,
    ): Cursor {
        val columns = projection ?: arrayOf(OpenableColumns.DISPLAY_NAME, OpenableColumns.SIZE)
        val file = context?.let { fileOf(it, uri) }
        return MatrixCursor(columns).apply {
            if (file != null) {
                addRow(
                    columns.map {
                        when (it) {
                            OpenableColumns.DISPLAY_NAME -> file.name
                            OpenableColumns.SIZE -> file.length()
                            else -> null
                        }
                    },
                )
            }
        }
    }

    override fun insert(
        uri: Uri,
        values: ContentValues?,
    ): Uri? = null

    override fun update(
        uri: Uri,
        values: ContentValues?,
        selection: String?,
        selectionArgs: Array<out String>?,
    ) = 0

    override fun delete(
        uri: Uri,
        selection: String?,
        selectionArgs: Array<out String>?,
    ) = 0

    companion object {
        private val NAME = Regex("[0-9a-f-]{36}\\.jpg")

        internal fun authority(context: Context) = "${context.packageName}.captures"

        private fun folder(context: Context) = File(context.cacheDir, "captures")

        /** A new empty file, and its address; what earlier captures left behind goes. Null where the disk is full. */
        internal fun begin(context: Context): Uri? {
            val folder = folder(context)
            folder.mkdirs()
            folder.listFiles()?.forEach { it.delete() }
            val file = File(folder, "${UUID.randomUUID()}.jpg")
            return try {
                file.createNewFile()
                Uri.parse("content://${authority(context)}/${file.name}")
            } catch (_: IOException) {
                null
            }
        }

        /** The file of an address, where there is one. */
        internal fun fileOf(
            context: Context,
            uri: Uri,
        ): File? {
            val name = uri.lastPathSegment ?: return null
            return File(folder(context), name).takeIf { NAME.matches(name) && it.isFile }
        }

        /** What asks the camera app to take a photo into [uri]. */
        internal fun intent(uri: Uri): Intent =
            Intent(MediaStore.ACTION_IMAGE_CAPTURE)
                .putExtra(MediaStore.EXTRA_OUTPUT, uri)
                .addFlags(Intent.FLAG_GRANT_WRITE_URI_PERMISSION or Intent.FLAG_GRANT_READ_URI_PERMISSION)
                .apply { clipData = ClipData.newRawUri("", uri) }
    }
}
