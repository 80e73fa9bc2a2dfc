package haitang.platform

import android.annotation.SuppressLint
import android.content.Context
import android.graphics.ImageFormat
import android.graphics.SurfaceTexture
import android.hardware.camera2.CameraAccessException
import android.hardware.camera2.CameraCaptureSession
import android.hardware.camera2.CameraCharacteristics
import android.hardware.camera2.CameraDevice
import android.hardware.camera2.CameraManager
import android.hardware.camera2.CaptureRequest
import android.media.Image
import android.media.ImageReader
import android.os.Handler
import android.os.HandlerThread
import android.util.Size
import android.view.Surface

/** What the camera is doing. */
internal enum class CameraState { Starting, Running, Denied, Unavailable, None }

/**
 * The back camera over the framework's Camera2, showing its picture on a surface and looking for codes in it. Everything of the
 * camera happens on a thread of its own, and the callbacks come from there.
 */
internal class ScanCamera(
    context: Context,
    private val onState: (CameraState) -> Unit,
    private val onText: (String) -> Unit,
    private val onDark: (Boolean) -> Unit,
) {
    private val manager = context.getSystemService(CameraManager::class.java)
    private val reader = QrReader()
    private val thread = HandlerThread("scan").apply { start() }
    private val handler = Handler(thread.looper)
    private var luma = ByteArray(0)
    private var device: CameraDevice? = null
    private var session: CameraCaptureSession? = null
    private var images: ImageReader? = null
    private var preview: Surface? = null
    private var torch = false
    private var closed = false

    private val cameraId: String? = manager?.let { backCamera(it) }
    private val characteristics = cameraId?.let { id -> orNull { manager?.getCameraCharacteristics(id) } }

    /** The size of the picture, lying as the sensor lies. */
    val size: Size = characteristics?.let { previewSize(it) } ?: Size(1280, 720)

    /** Degrees by which the sensor is turned against the phone. */
    val turned: Int = characteristics?.get(CameraCharacteristics.SENSOR_ORIENTATION) ?: 90

    /** Whether there is a light beside the camera. */
    val hasTorch: Boolean = characteristics?.get(CameraCharacteristics.FLASH_INFO_AVAILABLE) == true

    /** Opens the camera and shows its picture on [texture]. The permission has been given. */
    @SuppressLint("MissingPermission")
    fun open(texture: SurfaceTexture) {
        val id = cameraId
        val manager = manager
        if (id == null || manager == null) {
            onState(CameraState.None)
            return
        }
        onState(CameraState.Starting)
        texture.setDefaultBufferSize(size.width, size.height)
        preview = Surface(texture)
        images =
            ImageReader.newInstance(size.width, size.height, ImageFormat.YUV_420_888, 2).apply {
                setOnImageAvailableListener({ it.acquireLatestImage()?.use(::look) }, handler)
            }
        guarded { manager.openCamera(id, Opened(), handler) }
    }

    /** Switches the light. */
    fun light(on: Boolean) {
        handler.post {
            torch = on
            guarded { request() }
        }
    }

    /** Lets go of the camera for good. */
    fun close() {
        handler.post {
            closed = true
            session?.close()
            device?.close()
            images?.close()
            preview?.release()
            thread.quitSafely()
        }
    }

    private fun look(image: Image) {
        val plane = image.planes[0]
        val bytes = plane.buffer
        // The last row may end before its stride does.
        val whole = maxOf(plane.rowStride * image.height, bytes.remaining())
        if (luma.size < whole) luma = ByteArray(whole)
        bytes.get(luma, 0, bytes.remaining())
        val text = reader.read(luma, plane.rowStride, image.width, image.height)
        onDark(reader.dark)
        if (text != null) onText(text)
    }

    private fun guarded(act: () -> Unit) {
        try {
            act()
        } catch (_: CameraAccessException) {
            onState(CameraState.Unavailable)
        } catch (_: IllegalStateException) {
            // It was closed in between: by us, or because another app took it, which is told by a callback.
        } catch (_: IllegalArgumentException) {
            onState(CameraState.Unavailable)
        } catch (_: SecurityException) {
            onState(CameraState.Denied)
        }
    }

    private fun request() {
        val (device, session) = (device ?: return) to (session ?: return)
        val request = device.createCaptureRequest(CameraDevice.TEMPLATE_PREVIEW)
        listOfNotNull(preview, images?.surface).forEach(request::addTarget)
        request.set(CaptureRequest.CONTROL_AF_MODE, CaptureRequest.CONTROL_AF_MODE_CONTINUOUS_PICTURE)
        request.set(CaptureRequest.FLASH_MODE, if (torch) CaptureRequest.FLASH_MODE_TORCH else CaptureRequest.FLASH_MODE_OFF)
        session.setRepeatingRequest(request.build(), null, handler)
    }

    private inner class Opened : CameraDevice.StateCallback() {
        override fun onOpened(camera: CameraDevice) {
            if (closed) {
                camera.close()
                return
            }
            device = camera
            // The newer way is for API 28 and up only, and this one does all that is needed.
            @Suppress("DEPRECATION")
            guarded { camera.createCaptureSession(listOfNotNull(preview, images?.surface), Configured(), handler) }
        }

        override fun onDisconnected(camera: CameraDevice) = lost(camera)

        override fun onError(
            camera: CameraDevice,
            error: Int,
        ) = lost(camera)

        private fun lost(camera: CameraDevice) {
            camera.close()
            device = null
            session = null
            if (!closed) onState(CameraState.Unavailable)
        }
    }

    private inner class Configured : CameraCaptureSession.StateCallback() {
        override fun onConfigured(configured: CameraCaptureSession) {
            if (closed) return
            session = configured
            guarded {
                request()
                onState(CameraState.Running)
            }
        }

        override fun onConfigureFailed(configured: CameraCaptureSession) = onState(CameraState.Unavailable)
    }

    private companion object {
        /** Large enough for a code across a table, small enough to be read many times a second by a cheap phone. */
        const val PIXELS_WANTED = 1280 * 720

        fun <T> orNull(ask: () -> T?): T? =
            try {
                ask()
            } catch (_: CameraAccessException) {
                null
            } catch (_: IllegalArgumentException) {
                null
            }

        /** The camera on the back; where there is none, whichever there is. */
        fun backCamera(manager: CameraManager): String? =
            orNull {
                val all = manager.cameraIdList
                all.firstOrNull {
                    manager.getCameraCharacteristics(it).get(CameraCharacteristics.LENS_FACING) == CameraCharacteristics.LENS_FACING_BACK
                } ?: all.firstOrNull()
            }

        fun previewSize(characteristics: CameraCharacteristics): Size? =
            characteristics
                .get(CameraCharacteristics.SCALER_STREAM_CONFIGURATION_MAP)
                ?.getOutputSizes(ImageFormat.YUV_420_888)
                ?.minByOrNull { kotlin.math.abs(it.width * it.height - PIXELS_WANTED) }
    }
}
