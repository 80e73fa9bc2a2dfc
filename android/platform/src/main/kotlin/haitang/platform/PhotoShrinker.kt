package haitang.platform

import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.Matrix
import android.media.ExifInterface
import java.io.ByteArrayOutputStream
import java.io.IOException
import java.io.InputStream

/** A part of the phone gave nothing of use. */
internal class DeviceTrouble(
    val failure: DeviceFailure,
    cause: Throwable? = null,
) : Exception(failure.name, cause)

/**
 * Makes a photo small enough to be sent from a stairwell: at most [EDGE] pixels along its longer edge and about [BYTES_WANTED] bytes,
 * upright, and without where and on what it was taken. Never holds the photo in full: neither its bytes nor its pixels.
 */
internal object PhotoShrinker {
    const val EDGE = 1600
    const val BYTES_WANTED = 400_000

    /** Half a milliard pixels: more than any phone takes, and a file that says so is a trick or a mistake. */
    private const val PIXELS_MAX = 500_000_000L

    /** What may be in memory at once: 4 bytes each. */
    private const val PIXELS_HELD = 12_000_000L
    private const val SMALLER = 0.75f
    private const val EDGE_MIN = 640
    private val QUALITIES = listOf(85, 75, 65, 55)

    /**
     * @param open opens the file anew at its beginning; it is read several times
     * @throws DeviceTrouble
     */
    fun shrink(open: () -> InputStream?): ByteArray =
        try {
            val bounds = BitmapFactory.Options().apply { inJustDecodeBounds = true }
            open().reading { BitmapFactory.decodeStream(it, null, bounds) }
            val (width, height) = bounds.outWidth to bounds.outHeight
            if (width <= 0 || height <= 0) throw DeviceTrouble(DeviceFailure.Unreadable)
            if (width.toLong() * height > PIXELS_MAX) throw DeviceTrouble(DeviceFailure.TooLarge)
            val options = BitmapFactory.Options().apply { inSampleSize = sampleFor(width, height) }
            val picture =
                open().reading { BitmapFactory.decodeStream(it, null, options) } ?: throw DeviceTrouble(DeviceFailure.Unreadable)
            compress(upright(picture, orientation(open)))
        } catch (error: IOException) {
            throw DeviceTrouble(DeviceFailure.Unreadable, error)
        } catch (error: SecurityException) {
            // The other app took back what it had lent.
            throw DeviceTrouble(DeviceFailure.Unreadable, error)
        } catch (error: OutOfMemoryError) {
            // A phone with less than it should have: the photo is left out, and the app goes on.
            throw DeviceTrouble(DeviceFailure.TooLarge, error)
        }

    /** Every how many-th pixel is read: a power of two, so that the edge stays above [EDGE] where it was. */
    fun sampleFor(
        width: Int,
        height: Int,
    ): Int {
        var sample = 1
        while (maxOf(width, height) / (sample * 2) >= EDGE || width.toLong() / sample * (height / sample) > PIXELS_HELD) sample *= 2
        return sample
    }

    private fun orientation(open: () -> InputStream?): Int =
        try {
            open().reading { ExifInterface(it).getAttributeInt(ExifInterface.TAG_ORIENTATION, ExifInterface.ORIENTATION_NORMAL) }
        } catch (_: IOException) {
            // Not every picture has them.
            ExifInterface.ORIENTATION_NORMAL
        }

    private fun upright(
        picture: Bitmap,
        orientation: Int,
    ): Bitmap {
        val matrix = Matrix()
        when (orientation) {
            ExifInterface.ORIENTATION_FLIP_HORIZONTAL -> matrix.setScale(-1f, 1f)
            ExifInterface.ORIENTATION_ROTATE_180 -> matrix.setRotate(180f)
            ExifInterface.ORIENTATION_FLIP_VERTICAL -> matrix.setScale(1f, -1f)
            ExifInterface.ORIENTATION_TRANSPOSE -> matrix.apply { setRotate(90f) }.postScale(-1f, 1f)
            ExifInterface.ORIENTATION_ROTATE_90 -> matrix.setRotate(90f)
            ExifInterface.ORIENTATION_TRANSVERSE -> matrix.apply { setRotate(-90f) }.postScale(-1f, 1f)
            ExifInterface.ORIENTATION_ROTATE_270 -> matrix.setRotate(-90f)
        }
        val scale = EDGE.toFloat() / maxOf(picture.width, picture.height)
        if (scale < 1f) matrix.postScale(scale, scale)
        return if (matrix.isIdentity) picture else replaced(picture, matrix)
    }

    private fun compress(first: Bitmap): ByteArray {
        var picture = first
        while (true) {
            for (quality in QUALITIES) {
                val out = ByteArrayOutputStream(BYTES_WANTED)
                if (!picture.compress(Bitmap.CompressFormat.JPEG, quality, out)) throw DeviceTrouble(DeviceFailure.Unreadable)
                val last = quality == QUALITIES.last() && maxOf(picture.width, picture.height) <= EDGE_MIN
                if (out.size() <= BYTES_WANTED || last) {
                    picture.recycle()
                    return out.toByteArray()
                }
            }
            picture = replaced(picture, Matrix().apply { setScale(SMALLER, SMALLER) })
        }
    }

    private fun replaced(
        picture: Bitmap,
        matrix: Matrix,
    ): Bitmap {
        val next = Bitmap.createBitmap(picture, 0, 0, picture.width, picture.height, matrix, true)
        if (next !== picture) picture.recycle()
        return next
    }

    private inline fun <T> InputStream?.reading(read: (InputStream) -> T): T =
        (this ?: throw DeviceTrouble(DeviceFailure.Unreadable)).use(read)
}
