package haitang.platform

import com.google.zxing.BarcodeFormat
import com.google.zxing.EncodeHintType
import com.google.zxing.qrcode.QRCodeWriter
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

class QrReaderTest {
    private var now = 0L
    private val reader = QrReader { now }

    @Test
    fun `a code in a frame whose rows are padded is read`() {
        assertEquals("haitang://enrol/苏州", read(frame("haitang://enrol/苏州")))
    }

    @Test
    fun `a code of something else is passed on as its text`() {
        assertEquals("https://example.com/menu?table=7", read(frame("https://example.com/menu?table=7")))
    }

    @Test
    fun `light on dark and turned by a quarter is read too`() {
        val upright = frame("CODE-7")
        val turned = ByteArray(STRIDE * SIDE)
        for (y in 0 until SIDE) for (x in 0 until SIDE) turned[x * STRIDE + (SIDE - 1 - y)] = upright[y * STRIDE + x]
        assertEquals("CODE-7", read(turned))
        val inverted = frame("CODE-8").map { (0xff - (it.toInt() and 0xff)).toByte() }.toByteArray()
        assertEquals("CODE-8", read(inverted))
    }

    @Test
    fun `one that stays in view is told once, and again when it comes back`() {
        val held = frame("A")
        assertEquals("A", read(held))
        now += 1_000
        assertNull(read(held))
        now += QrReader.AGAIN_MILLIS
        assertNull("it was seen all the while", read(held))
        now += QrReader.AGAIN_MILLIS + 1
        assertEquals("A", read(held))
        assertEquals("B", read(frame("B")))
    }

    @Test
    fun `a picture without a code gives nothing, and a dark one says that it is dark`() {
        assertNull(read(ByteArray(STRIDE * SIDE) { (it % 251).toByte() }))
        assertFalse(reader.dark)
        assertNull(read(ByteArray(STRIDE * SIDE) { 12 }))
        assertTrue(reader.dark)
    }

    @Test
    fun `a code in a dim stairwell is read`() {
        // Hardly brighter than black, with grain in it.
        val dim = frame("DIM").mapIndexed { at, it -> ((it.toInt() and 0xff) / 8 + at * 7 % 5).toByte() }.toByteArray()
        assertEquals("DIM", read(dim))
        assertTrue(reader.dark)
    }

    private fun read(luma: ByteArray) = reader.read(luma, STRIDE, SIDE, SIDE)

    private fun frame(text: String): ByteArray {
        val code = QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, SIDE, SIDE, mapOf(EncodeHintType.CHARACTER_SET to "UTF-8"))
        val luma = ByteArray(STRIDE * SIDE)
        for (y in 0 until SIDE) for (x in 0 until SIDE) luma[y * STRIDE + x] = if (code[x, y]) 20 else 0xdc.toByte()
        return luma
    }

    private companion object {
        const val SIDE = 480
        const val STRIDE = 512
    }
}
