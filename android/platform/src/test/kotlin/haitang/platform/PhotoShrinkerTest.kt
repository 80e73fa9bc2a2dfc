package haitang.platform

import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.Color
import android.media.ExifInterface
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import java.io.File
import java.io.IOException
import java.io.InputStream
import kotlin.random.Random

@RunWith(AndroidJUnit4::class)
@Config(sdk = [35])
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class PhotoShrinkerTest {
    @get:Rule val folder = TemporaryFolder()

    @Test
    fun `a photo of 50 MB and 108 million pixels becomes small, and is never held in full`() {
        var largest = 0
        val jpeg =
            PhotoShrinker.shrink {
                object : InputStream() {
                    private val inner = HugeJpeg.stream(width = 12_000, height = 9_000, padding = 50_000_000)

                    override fun read() = inner.read()

                    override fun read(
                        buffer: ByteArray,
                        offset: Int,
                        length: Int,
                    ): Int {
                        largest = maxOf(largest, buffer.size)
                        return inner.read(buffer, offset, length)
                    }
                }
            }
        val (width, height) = sizeOf(jpeg)
        assertEquals(PhotoShrinker.EDGE, width)
        assertEquals(1200, height)
        assertTrue("${jpeg.size} bytes", jpeg.size <= PhotoShrinker.BYTES_WANTED)
        assertTrue("read by $largest bytes at once", largest <= 1_000_000)
        assertEquals("3000 x 2250 pixels in memory", 4, PhotoShrinker.sampleFor(12_000, 9_000))
    }

    @Test
    fun `what is held stays below a bound whatever the shape`() {
        listOf(1 to 1, 1600 to 1600, 3199 to 3199, 60_000 to 8_000, 22_000 to 22_000, 65_535 to 10).forEach { (width, height) ->
            val sample = PhotoShrinker.sampleFor(width, height)
            assertTrue("$width x $height by $sample", width.toLong() / sample * (height / sample) <= 12_000_000)
        }
    }

    @Test
    fun `a file that claims more pixels than any phone takes is too large`() {
        val trouble = assertThrows(DeviceTrouble::class.java) { PhotoShrinker.shrink { HugeJpeg.stream(60_000, 60_000, padding = 0) } }
        assertEquals(DeviceFailure.TooLarge, trouble.failure)
    }

    @Test
    fun `a restless picture is made worse until it is small`() {
        val grain = Random(7)
        val noise = IntArray(2400 * 1800) { grain.nextInt() or Color.BLACK }
        val jpeg = PhotoShrinker.shrink { jpegOf(Bitmap.createBitmap(noise, 2400, 1800, Bitmap.Config.ARGB_8888)).inputStream() }
        assertTrue("${jpeg.size} bytes", jpeg.size <= PhotoShrinker.BYTES_WANTED)
        assertTrue(sizeOf(jpeg).first >= 400)
    }

    @Test
    fun `it stands upright, and says neither where nor on what it was taken`() {
        val file = jpegOf(halves(width = 800, height = 400))
        ExifInterface(file.path).apply {
            setAttribute(ExifInterface.TAG_ORIENTATION, "${ExifInterface.ORIENTATION_ROTATE_90}")
            setAttribute(ExifInterface.TAG_GPS_LATITUDE, "31/1,18/1,0/1")
            setAttribute(ExifInterface.TAG_GPS_LATITUDE_REF, "N")
            setAttribute(ExifInterface.TAG_MODEL, "A phone")
            saveAttributes()
        }
        assertEquals("the test's own photo has a place", "N", ExifInterface(file.path).getAttribute(ExifInterface.TAG_GPS_LATITUDE_REF))

        val jpeg = PhotoShrinker.shrink(file::inputStream)
        val picture = BitmapFactory.decodeByteArray(jpeg, 0, jpeg.size)
        assertEquals(400 to 800, picture.width to picture.height)
        // Red was on the left: turned clockwise by a quarter it is on top.
        assertTrue(Color.red(picture.getPixel(200, 100)) > 200)
        assertTrue(Color.blue(picture.getPixel(200, 700)) > 200)
        val told = ExifInterface(jpeg.inputStream())
        assertNull(told.getAttribute(ExifInterface.TAG_GPS_LATITUDE))
        assertNull(told.getAttribute(ExifInterface.TAG_MODEL))
    }

    @Test
    fun `a small photo keeps its size`() {
        assertEquals(800 to 400, sizeOf(PhotoShrinker.shrink(jpegOf(halves(800, 400))::inputStream)))
    }

    @Test
    fun `what cannot be read is said to be so`() {
        fun failure(open: () -> InputStream?) = assertThrows(DeviceTrouble::class.java) { PhotoShrinker.shrink(open) }.failure
        assertEquals(DeviceFailure.Unreadable, failure { "no picture".byteInputStream() })
        assertEquals(DeviceFailure.Unreadable, failure { ByteArray(0).inputStream() })
        assertEquals(DeviceFailure.Unreadable, failure { null })
        assertEquals(DeviceFailure.Unreadable, failure { throw IOException("the card was pulled out") })
        assertEquals(DeviceFailure.Unreadable, failure { throw SecurityException("no longer lent") })
    }

    private fun halves(
        width: Int,
        height: Int,
    ) = Bitmap.createBitmap(width, height, Bitmap.Config.ARGB_8888).apply {
        for (y in 0 until height) for (x in 0 until width) setPixel(x, y, if (x < width / 2) Color.RED else Color.BLUE)
    }

    private fun jpegOf(picture: Bitmap): File =
        folder.newFile().apply { outputStream().use { picture.compress(Bitmap.CompressFormat.JPEG, 95, it) } }

    private fun sizeOf(jpeg: ByteArray): Pair<Int, Int> {
        val bounds = BitmapFactory.Options().apply { inJustDecodeBounds = true }
        BitmapFactory.decodeByteArray(jpeg, 0, jpeg.size, bounds)
        return bounds.outWidth to bounds.outHeight
    }
}
