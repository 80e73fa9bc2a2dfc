package haitang.platform

import android.content.Context
import android.content.pm.PackageManager
import android.hardware.biometrics.BiometricManager
import android.hardware.biometrics.BiometricPrompt
import android.os.Build
import android.os.CancellationSignal
import androidx.annotation.RequiresApi
import androidx.compose.runtime.staticCompositionLocalOf
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlin.coroutines.resume

/** What came of asking for a finger or a face. */
enum class BiometricResult {
    /** It is the phone's owner. */
    Confirmed,

    /** The person turned away, or wants the PIN. */
    Cancelled,

    /** Too many tries, or the sensor does not answer: the PIN is left. */
    Unavailable,
}

/** A finger or a face, in place of the PIN. */
interface Biometrics {
    /** Whether this phone has one enrolled that it trusts. */
    val available: Boolean

    /** Asks. */
    suspend fun confirm(words: BiometricWords): BiometricResult
}

/** What the system's dialog says. */
data class BiometricWords(
    val title: String,
    val cancel: String,
)

/** None here: before Android 9, and in previews. */
object NoBiometrics : Biometrics {
    override val available = false

    override suspend fun confirm(words: BiometricWords) = BiometricResult.Unavailable
}

val LocalBiometrics = staticCompositionLocalOf<Biometrics> { NoBiometrics }

/** Those of this phone. [context] is the activity's. */
fun biometricsOf(context: Context): Biometrics =
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) SystemBiometrics(context) else NoBiometrics

@RequiresApi(Build.VERSION_CODES.P)
private class SystemBiometrics(
    private val context: Context,
) : Biometrics {
    override val available: Boolean
        get() =
            when {
                Build.VERSION.SDK_INT >= Build.VERSION_CODES.R -> {
                    manager()?.canAuthenticate(BiometricManager.Authenticators.BIOMETRIC_WEAK) == BiometricManager.BIOMETRIC_SUCCESS
                }

                Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q -> {
                    @Suppress("DEPRECATION")
                    manager()?.canAuthenticate() == BiometricManager.BIOMETRIC_SUCCESS
                }

                // Android 9 cannot say whether a finger is enrolled; the prompt does.
                else -> {
                    context.packageManager.hasSystemFeature(PackageManager.FEATURE_FINGERPRINT)
                }
            }

    @RequiresApi(Build.VERSION_CODES.Q)
    private fun manager(): BiometricManager? = context.getSystemService(BiometricManager::class.java)

    override suspend fun confirm(words: BiometricWords): BiometricResult =
        suspendCancellableCoroutine { waiting ->
            fun answer(result: BiometricResult) {
                if (waiting.isActive) waiting.resume(result)
            }
            val stop = CancellationSignal()
            waiting.invokeOnCancellation { stop.cancel() }
            val executor = context.mainExecutor
            val prompt =
                BiometricPrompt
                    .Builder(context)
                    .setTitle(words.title)
                    .setNegativeButton(words.cancel, executor) { _, _ -> answer(BiometricResult.Cancelled) }
                    .build()
            prompt.authenticate(
                stop,
                executor,
                object : BiometricPrompt.AuthenticationCallback() {
                    override fun onAuthenticationSucceeded(result: BiometricPrompt.AuthenticationResult?) {
                        answer(BiometricResult.Confirmed)
                    }

                    override fun onAuthenticationError(
                        code: Int,
                        text: CharSequence?,
                    ) {
                        answer(if (code in TURNED_AWAY) BiometricResult.Cancelled else BiometricResult.Unavailable)
                    }
                },
            )
        }

    private companion object {
        val TURNED_AWAY = setOf(BiometricPrompt.BIOMETRIC_ERROR_USER_CANCELED, BiometricPrompt.BIOMETRIC_ERROR_CANCELED)
    }
}
