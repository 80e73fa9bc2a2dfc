package haitang.features.task

import android.graphics.BitmapFactory
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.asImageBitmap
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** A small picture of a photo, or nothing where the bytes are none. Small, because a cheap phone has no room for many large ones. */
internal suspend fun thumbnail(bytes: ByteArray): ImageBitmap? =
    withContext(Dispatchers.Default) {
        val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
        BitmapFactory.decodeByteArray(bytes, 0, bytes.size, size)
        var sample = 1
        while (minOf(size.outWidth, size.outHeight) / (sample * 2) >= THUMBNAIL_PIXELS) sample *= 2
        val options = BitmapFactory.Options().apply { inSampleSize = sample }
        BitmapFactory.decodeByteArray(bytes, 0, bytes.size, options)?.asImageBitmap()
    }

private const val THUMBNAIL_PIXELS = 240
