package haitang.app

import android.os.Looper
import org.robolectric.annotation.ClassName
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.shadow.api.Shadow
import org.robolectric.util.ReflectionHelpers.ClassParameter
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.atomic.AtomicInteger

/**
 * Watches every call into the core, by what the generated code does at the end of each: on which thread it is, and for calls on the main
 * one, from where. In force for tests that name it among their shadows.
 */
@Implements(className = "uniffi.haitang.HaitangKt", isInAndroidSdk = false)
class CallsToCore {
    companion object {
        private val elsewhere = AtomicInteger()
        private val main = ConcurrentLinkedQueue<String>()

        /** Calls on other threads since [forget]. */
        val offMain get() = elsewhere.get()

        /** Calls on the main thread since [forget]: where they came from. */
        val onMain get() = main.toList()

        fun forget() {
            elsewhere.set(0)
            main.clear()
        }

        @JvmStatic
        @Implementation
        fun uniffiCheckCallStatus(
            @ClassName("uniffi.haitang.UniffiRustCallStatusErrorHandler") errors: Any,
            @ClassName("uniffi.haitang.UniffiRustCallStatus") status: Any,
        ) {
            if (Looper.myLooper() == Looper.getMainLooper()) main += whence() else elsewhere.incrementAndGet()
            val generated = errors.javaClass.classLoader ?: error("loaded by the system")
            try {
                Shadow.directlyOn<Unit, Any>(
                    generated.loadClass("uniffi.haitang.HaitangKt") as Class<Any>,
                    "uniffiCheckCallStatus",
                    ClassParameter(generated.loadClass("uniffi.haitang.UniffiRustCallStatusErrorHandler"), errors),
                    ClassParameter(generated.loadClass("uniffi.haitang.UniffiRustCallStatus"), status),
                )
            } catch (wrapped: RuntimeException) {
                throw wrapped.cause ?: wrapped
            }
        }

        private fun whence() =
            Throwable()
                .stackTrace
                .filter { it.className.startsWith("haitang.") || it.className.startsWith("uniffi.haitang.") }
                .drop(1)
                .take(FRAMES)
                .joinToString(" < ")

        private const val FRAMES = 8
    }
}
