package haitang.platform

import java.io.File
import java.io.FileOutputStream
import java.io.IOException
import java.security.GeneralSecurityException
import java.security.SecureRandom

/** Wraps what is secret so that only this phone can unwrap it. */
interface KeyWrapper {
    /**
     * @throws GeneralSecurityException where it cannot be done
     * @throws IOException where it cannot be done just now
     */
    fun wrap(secret: ByteArray): ByteArray

    /**
     * @throws GeneralSecurityException where the wrapping key is gone, or what is given was not wrapped by it
     * @throws IOException where it cannot be done just now
     */
    fun unwrap(wrapped: ByteArray): ByteArray
}

/** Why there is no key for the database. */
class KeyFailure(
    val reason: Reason,
    cause: Throwable? = null,
) : Exception(reason.name, cause) {
    enum class Reason {
        /** The keystore no longer knows the key, as after some system updates; or its file is gone while the database is there. */
        Lost,

        /** No room to write it. */
        DiskFull,

        /** The keystore or the disk does not answer. */
        Unavailable,
    }
}

/**
 * The database's key: 32 bytes made once, wrapped by the keystore, kept in [file]. Never made a second time while there is a database that
 * needs the first, and never written over.
 *
 * @param databaseThere whether there is a database that some key belongs to
 */
class KeyGuard(
    private val file: File,
    private val wrapper: KeyWrapper,
    private val random: SecureRandom = SecureRandom(),
    private val databaseThere: () -> Boolean,
) {
    /** The key. Slow: never on the main thread. @throws KeyFailure */
    @Synchronized
    fun key(): ByteArray {
        if (!file.exists()) {
            if (databaseThere()) throw KeyFailure(KeyFailure.Reason.Lost)
            return make()
        }
        try {
            return wrapper.unwrap(file.readBytes()).also { if (it.size != KEY_BYTES) throw KeyFailure(KeyFailure.Reason.Lost) }
        } catch (error: GeneralSecurityException) {
            throw KeyFailure(KeyFailure.Reason.Lost, error)
        } catch (error: IOException) {
            throw KeyFailure(KeyFailure.Reason.Unavailable, error)
        }
    }

    /** Moves the key's file to the database it belongs to, which was set aside in [folder]. The next [key] is a new one. */
    @Synchronized
    fun setAside(folder: File) {
        val there = File(folder, file.name)
        if (file.exists() && !there.exists() && !file.renameTo(there)) throw KeyFailure(KeyFailure.Reason.Unavailable)
    }

    private fun make(): ByteArray {
        val key = ByteArray(KEY_BYTES).also(random::nextBytes)
        val wrapped =
            try {
                wrapper.wrap(key)
            } catch (error: GeneralSecurityException) {
                throw KeyFailure(KeyFailure.Reason.Unavailable, error)
            } catch (error: IOException) {
                throw KeyFailure(KeyFailure.Reason.Unavailable, error)
            }
        val unfinished = File(file.path + ".new")
        try {
            file.parentFile?.mkdirs()
            FileOutputStream(unfinished).use {
                it.write(wrapped)
                it.fd.sync()
            }
        } catch (error: IOException) {
            unfinished.delete()
            throw KeyFailure(KeyFailure.Reason.DiskFull, error)
        }
        if (!unfinished.renameTo(file)) throw KeyFailure(KeyFailure.Reason.Unavailable)
        return key
    }

    private companion object {
        const val KEY_BYTES = 32
    }
}
