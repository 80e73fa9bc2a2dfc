package haitang

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory
import uniffi.haitang.CoreException
import uniffi.haitang.reread
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.extension
import kotlin.io.path.isRegularFile
import kotlin.io.path.readText
import kotlin.io.path.relativeTo

/** The golden files of `tests/contract`, read and written again by the library that the shell is built with. */
class ContractTest {
    private val golden: Path = Path.of(System.getProperty("haitang.golden"))

    @TestFactory
    fun `every golden file is written again as it was`(): List<DynamicTest> {
        val files =
            Files.walk(golden).use { all ->
                all.filter { it.isRegularFile() && "$it".substringAfterLast('/').substringBefore('.') !in DERIVED }.sorted().toList()
            }
        assertTrue(files.size > 50, "only ${files.size} files in $golden")
        return files.map { file ->
            val name = "${file.relativeTo(golden)}".substringBeforeLast('.')
            DynamicTest.dynamicTest(name) { check(name, bytes(file)) }
        }
    }

    private fun check(
        name: String,
        bytes: ByteArray,
    ) {
        val again = reread(name, bytes)
        assertTrue(again.read.isNotEmpty(), name)
        if (name.startsWith("bodies/sparse/")) {
            // Bodies as sparse as they may be are written with what they leave out; that reads the same.
            assertArrayEquals(again.written, reread(name, again.written).written)
        } else {
            assertEquals(again.read.decodeToString(), again.written.decodeToString())
        }
        assertThrows(CoreException.BadInput::class.java) { reread(name, bytes.copyOf(bytes.size / 2)) }
    }

    private fun bytes(file: Path): ByteArray {
        val text = file.readText().trimEnd('\n')
        return if (file.extension ==
            "hex"
        ) {
            text.chunked(2) { "$it".toInt(HEXADECIMAL).toByte() }.toByteArray()
        } else {
            text.encodeToByteArray()
        }
    }

    private companion object {
        const val HEXADECIMAL = 16

        /** A hash and a signature: made of an envelope and a key, with nothing to read in them. */
        val DERIVED = setOf("chain", "signature")
    }
}
