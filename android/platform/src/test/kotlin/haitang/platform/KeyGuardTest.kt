package haitang.platform

import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import java.io.File
import java.io.IOException
import java.security.GeneralSecurityException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

class KeyGuardTest {
    @get:Rule val folder = TemporaryFolder()
    private val file get() = File(folder.root, "keys/database.key")
    private var database = false

    /** The keystore in software. */
    private class Software(
        var key: SecretKey? = KeyGenerator.getInstance("AES").generateKey(),
        var busy: Boolean = false,
    ) : KeyWrapper {
        override fun wrap(secret: ByteArray): ByteArray {
            val cipher = cipher(Cipher.ENCRYPT_MODE, null)
            return cipher.iv + cipher.doFinal(secret)
        }

        override fun unwrap(wrapped: ByteArray): ByteArray =
            cipher(Cipher.DECRYPT_MODE, GCMParameterSpec(128, wrapped, 0, 12)).doFinal(wrapped, 12, wrapped.size - 12)

        private fun cipher(
            mode: Int,
            how: GCMParameterSpec?,
        ): Cipher {
            if (busy) throw IOException("busy")
            val key = key ?: throw GeneralSecurityException("gone")
            return Cipher.getInstance("AES/GCM/NoPadding").apply { if (how == null) init(mode, key) else init(mode, key, how) }
        }
    }

    private val keystore = Software()

    private fun guard() = KeyGuard(file, keystore) { database }

    private fun reason(what: () -> Unit) = assertThrows(KeyFailure::class.java) { what() }.reason

    @Test
    fun `the key is made once and is the same ever after`() {
        val key = guard().key()
        assertEquals(32, key.size)
        database = true
        assertArrayEquals(key, guard().key())
    }

    @Test
    fun `two phones do not have the same key`() {
        val first = guard().key()
        file.delete()
        assertFalse(first.contentEquals(guard().key()))
    }

    @Test
    fun `the key does not lie on the disk as it is`() {
        val key = guard().key()
        assertFalse(
            file
                .readBytes()
                .toList()
                .windowed(key.size)
                .any { it == key.toList() },
        )
    }

    @Test
    fun `a key that the keystore lost is told of, and its file stays as it was`() {
        guard().key()
        val before = file.readBytes()
        keystore.key = null
        assertEquals(KeyFailure.Reason.Lost, reason { guard().key() })
        assertArrayEquals(before, file.readBytes())
    }

    @Test
    fun `a file that was damaged is a lost key, not a new one`() {
        guard().key()
        file.writeBytes(file.readBytes().also { it[20] = (it[20] + 1).toByte() })
        assertEquals(KeyFailure.Reason.Lost, reason { guard().key() })
    }

    @Test
    fun `a database whose key is gone is not given another`() {
        database = true
        assertEquals(KeyFailure.Reason.Lost, reason { guard().key() })
        assertFalse(file.exists())
    }

    @Test
    fun `a busy keystore is no lost key`() {
        val key = guard().key()
        keystore.busy = true
        assertEquals(KeyFailure.Reason.Unavailable, reason { guard().key() })
        keystore.busy = false
        assertArrayEquals(key, guard().key())
    }

    @Test
    fun `no room for the key leaves nothing half written`() {
        // A file where the folder is to be: nothing can be written there.
        File(folder.root, "keys").writeText("")
        assertEquals(KeyFailure.Reason.DiskFull, reason { guard().key() })
        assertFalse(file.exists())
    }

    @Test
    fun `a key set aside goes with its database, and the next is a new one`() {
        val old = guard().key()
        val aside = folder.newFolder("aside")
        guard().setAside(aside)
        assertTrue(File(aside, "database.key").exists())
        assertFalse(old.contentEquals(guard().key()))
    }
}
