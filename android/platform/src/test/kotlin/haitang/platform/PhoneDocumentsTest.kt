package haitang.platform

import android.content.Context
import android.net.Uri
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import java.io.IOException
import java.io.InputStream

@RunWith(AndroidJUnit4::class)
@Config(sdk = [35])
class PhoneDocumentsTest {
    private val context = ApplicationProvider.getApplicationContext<Context>()
    private val uri = Uri.parse("content://papers/minutes")

    private fun chosen(stream: InputStream) = shadowOf(context.contentResolver).registerInputStream(uri, stream)

    private fun failure() = assertThrows(DeviceTrouble::class.java) { runBlocking { readDocument(context, uri) } }.failure

    /** Zeros, more than anybody has room for. */
    private class Endless(
        var left: Long,
    ) : InputStream() {
        override fun read(): Int = if (left-- > 0) 0 else -1

        override fun read(
            into: ByteArray,
            from: Int,
            count: Int,
        ): Int {
            val given = minOf(count.toLong(), left).toInt()
            left -= given
            return if (given > 0) given else -1
        }
    }

    @Test
    fun `a document is taken as it is`() {
        chosen("会议材料".byteInputStream())
        val document = runBlocking { readDocument(context, uri) }
        assertArrayEquals("会议材料".encodeToByteArray(), document.bytes)
        assertEquals("minutes", document.name)
    }

    @Test
    fun `what is larger than the core takes is refused before it is read whole`() {
        val endless = Endless(4L * DOCUMENT_BYTES_MAX)
        chosen(endless)
        assertEquals(DeviceFailure.TooLarge, failure())
        assertEquals("it stopped at the limit", true, endless.left > 2L * DOCUMENT_BYTES_MAX)
    }

    @Test
    fun `a document that breaks off is told as unreadable`() {
        chosen(
            object : InputStream() {
                override fun read(): Int = throw IOException("gone")
            },
        )
        assertEquals(DeviceFailure.Unreadable, failure())
    }
}
