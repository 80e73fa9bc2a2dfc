package haitang.platform

import com.google.zxing.BarcodeFormat
import com.google.zxing.BinaryBitmap
import com.google.zxing.DecodeHintType
import com.google.zxing.LuminanceSource
import com.google.zxing.PlanarYUVLuminanceSource
import com.google.zxing.ReaderException
import com.google.zxing.common.HybridBinarizer
import com.google.zxing.qrcode.QRCodeReader

/** Finds QR codes in a camera's pictures. Keeps its own buffer: one for one camera, used from one thread. */
internal class QrReader(
    private val clock: () -> Long = { System.nanoTime() / NANOS_PER_MILLI },
) {
    private val reader = QRCodeReader()
    private var last: String? = null
    private var lastSeen = 0L

    /** Whether the last picture was too dark to make much out. */
    var dark = false
        private set

    /**
     * The text of the code in one picture, or nothing. One that stays in view is told once; after [AGAIN_MILLIS] out of view it is
     * told again, because then someone holds it there on purpose.
     *
     * @param luma a plane of brightness, one byte a pixel
     * @param rowStride bytes from one row to the next
     */
    fun read(
        luma: ByteArray,
        rowStride: Int,
        width: Int,
        height: Int,
    ): String? {
        dark = brightness(luma, rowStride, width, height) < DARK
        val source = PlanarYUVLuminanceSource(luma, rowStride, height, 0, 0, width, height, false)
        val text = decode(source) ?: decode(source.invert()) ?: return null
        val now = clock()
        val again = text != last || now - lastSeen > AGAIN_MILLIS
        last = text
        lastSeen = now
        return text.takeIf { again }
    }

    private fun decode(source: LuminanceSource): String? =
        try {
            reader.decode(BinaryBitmap(HybridBinarizer(source)), HINTS).text
        } catch (_: ReaderException) {
            null
        } finally {
            reader.reset()
        }

    private fun brightness(
        luma: ByteArray,
        rowStride: Int,
        width: Int,
        height: Int,
    ): Int {
        var sum = 0L
        var count = 0
        for (y in 0 until height step SAMPLE_STEP) {
            for (x in 0 until width step SAMPLE_STEP) {
                sum += luma[y * rowStride + x].toInt() and BYTE
                count++
            }
        }
        return if (count == 0) BYTE else (sum / count).toInt()
    }

    companion object {
        const val AGAIN_MILLIS = 3_000L
        private const val NANOS_PER_MILLI = 1_000_000L
        private const val SAMPLE_STEP = 16
        private const val BYTE = 0xff
        private const val DARK = 40
        private val HINTS =
            mapOf(
                DecodeHintType.POSSIBLE_FORMATS to listOf(BarcodeFormat.QR_CODE),
                DecodeHintType.TRY_HARDER to true,
                DecodeHintType.CHARACTER_SET to "UTF-8",
            )
    }
}
