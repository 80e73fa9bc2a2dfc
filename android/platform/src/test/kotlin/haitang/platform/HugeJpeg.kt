package haitang.platform

import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.io.InputStream
import java.io.SequenceInputStream
import java.util.Collections

/** Real JPEGs of any size that take no memory to make: one even grey, two bits for each block of 8 x 8 pixels. */
internal object HugeJpeg {
    /** @param padding about how many bytes of a maker's notes come before the picture */
    fun stream(
        width: Int,
        height: Int,
        padding: Long,
    ): InputStream {
        val head = ByteArrayOutputStream()
        head.bytes(0xff, 0xd8)
        val note = ByteArrayOutputStream().apply { bytes(0xff, 0xea, 0xff, 0xff) }.toByteArray() + ByteArray(0xfffd)
        val notes = List((padding / note.size).toInt()) { note }

        val tables = ByteArrayOutputStream()
        tables.bytes(0xff, 0xdb, 0, 67, 0)
        repeat(64) { tables.write(1) }
        tables.bytes(0xff, 0xc0, 0, 11, 8, height shr 8, height, width shr 8, width, 1, 1, 0x11, 0)
        // One code in each table: a single 0, for "as the block before" and for "nothing more in this block".
        for (kind in listOf(0x00, 0x10)) {
            tables.bytes(0xff, 0xc4, 0, 20, kind, 1)
            repeat(15) { tables.write(0) }
            tables.write(0)
        }
        tables.bytes(0xff, 0xda, 0, 8, 1, 1, 0x00, 0, 63, 0)

        val blocks = ((width + 7) / 8).toLong() * ((height + 7) / 8)
        val parts =
            listOf<InputStream>(ByteArrayInputStream(head.toByteArray())) +
                notes.map { ByteArrayInputStream(it) } +
                listOf(
                    ByteArrayInputStream(tables.toByteArray()),
                    Zeros((blocks + 3) / 4),
                    ByteArrayInputStream(byteArrayOf(-1, 0xd9.toByte())),
                )
        return SequenceInputStream(Collections.enumeration(parts))
    }

    private fun ByteArrayOutputStream.bytes(vararg values: Int) = values.forEach(::write)

    private class Zeros(
        private var left: Long,
    ) : InputStream() {
        override fun read() = if (left-- > 0) 0 else -1

        override fun read(
            buffer: ByteArray,
            offset: Int,
            length: Int,
        ): Int {
            if (left <= 0) return -1
            val count = minOf(left, length.toLong()).toInt()
            buffer.fill(0, offset, offset + count)
            left -= count
            return count
        }
    }
}
