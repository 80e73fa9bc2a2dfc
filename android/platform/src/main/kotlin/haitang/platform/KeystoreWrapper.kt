package haitang.platform

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import java.io.IOException
import java.security.GeneralSecurityException
import java.security.KeyStore
import java.security.ProviderException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/**
 * Wraps by an AES key that never leaves the phone's keystore.
 *
 * The key asks for nobody's finger: what is unsent is sent while the phone lies in a pocket. Who may look is the lock's matter.
 */
class KeystoreWrapper : KeyWrapper {
    override fun wrap(secret: ByteArray): ByteArray =
        asking {
            val cipher = Cipher.getInstance(TRANSFORMATION)
            cipher.init(Cipher.ENCRYPT_MODE, usable() ?: made())
            cipher.iv + cipher.doFinal(secret)
        }

    override fun unwrap(wrapped: ByteArray): ByteArray =
        asking {
            if (wrapped.size <= IV_BYTES) throw GeneralSecurityException("too short")
            val key = existing() ?: throw GeneralSecurityException("the keystore has lost the key")
            val cipher = Cipher.getInstance(TRANSFORMATION)
            cipher.init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(TAG_BITS, wrapped, 0, IV_BYTES))
            cipher.doFinal(wrapped, IV_BYTES, wrapped.size - IV_BYTES)
        }

    private fun existing(): SecretKey? {
        val store = KeyStore.getInstance(STORE).apply { load(null) }
        return store.getKey(ALIAS, null) as? SecretKey
    }

    /** Wrapping is for new secrets alone: a key that the keystore can no longer give is made anew. */
    private fun usable(): SecretKey? =
        try {
            existing()
        } catch (_: GeneralSecurityException) {
            null
        }

    private fun made(): SecretKey {
        val what =
            KeyGenParameterSpec
                .Builder(ALIAS, KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT)
                .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                .setKeySize(KEY_BITS)
                .build()
        return KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, STORE).apply { init(what) }.generateKey()
    }

    /** Keystores of some vendors throw what is not declared when they are busy; that is no key lost. */
    private fun <T> asking(what: () -> T): T =
        try {
            what()
        } catch (error: ProviderException) {
            throw IOException(error)
        }

    private companion object {
        const val STORE = "AndroidKeyStore"
        const val ALIAS = "haitang-database"
        const val TRANSFORMATION = "AES/GCM/NoPadding"
        const val KEY_BITS = 256
        const val TAG_BITS = 128
        const val IV_BYTES = 12
    }
}
