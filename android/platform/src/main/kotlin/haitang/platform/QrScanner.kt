package haitang.platform

import android.Manifest
import android.content.Context
import android.graphics.Matrix
import android.graphics.RectF
import android.graphics.SurfaceTexture
import android.os.Handler
import android.os.Looper
import android.util.Size
import android.view.Display
import android.view.HapticFeedbackConstants
import android.view.Surface
import android.view.TextureView
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clipToBounds
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.platform.LocalView
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import androidx.compose.ui.viewinterop.AndroidView
import androidx.lifecycle.compose.LifecycleResumeEffect
import haitang.design.Haitang
import haitang.design.PrimaryButton
import haitang.design.SecondaryButton

/** The camera's picture with codes looked for in it; asks for the camera by itself, once, when it comes on screen. */
@Composable
internal fun QrScanner(
    modifier: Modifier,
    onScanned: (String) -> Unit,
) {
    val context = LocalContext.current
    val view = LocalView.current
    val told by rememberUpdatedState(onScanned)
    val scan =
        remember {
            Scan(context) {
                view.performHapticFeedback(HapticFeedbackConstants.VIRTUAL_KEY)
                told(it)
            }
        }
    val permission = rememberPermission(Manifest.permission.CAMERA, stringResource(R.string.device_why_camera_scan))
    LaunchedEffect(Unit) { permission.ask { scan.resume() } }
    LifecycleResumeEffect(scan) {
        scan.resume()
        onPauseOrDispose { scan.pause() }
    }
    Box(modifier.clipToBounds().background(Color.Black), Alignment.Center) {
        when (scan.state) {
            CameraState.Starting, CameraState.Running -> {
                val said = stringResource(R.string.device_scanner)
                AndroidView({ scan.view(it) }, Modifier.fillMaxSize().semantics { contentDescription = said })
                ScannerControls(scan.state, scan.dark, scan.hasTorch, scan.torch, scan::light)
            }

            CameraState.Denied -> {
                ScannerTrouble(
                    stringResource(R.string.device_camera_denied),
                    stringResource(R.string.device_camera_allow),
                ) { permission.ask { scan.resume() } }
            }

            CameraState.Unavailable -> {
                ScannerTrouble(
                    stringResource(R.string.device_camera_unavailable),
                    stringResource(haitang.design.R.string.retry),
                    scan::retry,
                )
            }

            CameraState.None -> {
                ScannerTrouble(stringResource(R.string.device_camera_none))
            }
        }
    }
}

/** What is written over the picture. */
@Composable
internal fun ScannerControls(
    state: CameraState,
    dark: Boolean,
    hasTorch: Boolean,
    torch: Boolean,
    onLight: (Boolean) -> Unit,
) {
    Column(Modifier.fillMaxSize().padding(Haitang.measures.edge), Arrangement.SpaceBetween, Alignment.CenterHorizontally) {
        val words =
            when {
                state == CameraState.Starting -> R.string.device_camera_starting
                dark && hasTorch && !torch -> R.string.device_dark
                else -> R.string.device_aim
            }
        Text(
            stringResource(words),
            Modifier
                .background(Color.Black.copy(alpha = BEHIND_WORDS), RoundedCornerShape(12.dp))
                .padding(horizontal = 12.dp, vertical = 6.dp)
                .semantics { liveRegion = LiveRegionMode.Polite },
            color = Color.White,
            style = MaterialTheme.typography.titleMedium,
            textAlign = TextAlign.Center,
        )
        if (hasTorch) {
            PrimaryButton(stringResource(if (torch) R.string.device_torch_off else R.string.device_torch_on), { onLight(!torch) })
        }
    }
}

/** Why there is no picture, and what helps. */
@Composable
internal fun ScannerTrouble(
    text: String,
    action: String? = null,
    onAction: () -> Unit = {},
) {
    Column(
        Modifier
            .fillMaxSize()
            .background(MaterialTheme.colorScheme.surfaceContainerHigh)
            .verticalScroll(rememberScrollState())
            .padding(24.dp),
        Arrangement.spacedBy(16.dp, Alignment.CenterVertically),
        Alignment.CenterHorizontally,
    ) {
        Text(text, color = MaterialTheme.colorScheme.onSurface, style = MaterialTheme.typography.titleMedium, textAlign = TextAlign.Center)
        if (action != null) SecondaryButton(action, onAction)
    }
}

/** One scanner on screen: its camera while it is in front, and what it last said. Used from the main thread. */
@Stable
private class Scan(
    private val context: Context,
    private val onScanned: (String) -> Unit,
) {
    var state by mutableStateOf(if (context.hasAny(CAMERA)) CameraState.Starting else CameraState.Denied)
        private set
    var dark by mutableStateOf(false)
        private set
    var torch by mutableStateOf(false)
        private set
    var hasTorch by mutableStateOf(false)
        private set

    private val main = Handler(Looper.getMainLooper())
    private var camera: ScanCamera? = null
    private var texture: SurfaceTexture? = null
    private var inFront = false

    fun view(context: Context) =
        TextureView(context).apply {
            surfaceTextureListener =
                object : TextureView.SurfaceTextureListener {
                    override fun onSurfaceTextureAvailable(
                        surface: SurfaceTexture,
                        width: Int,
                        height: Int,
                    ) {
                        texture = surface
                        open()
                        fit(width, height)
                    }

                    override fun onSurfaceTextureSizeChanged(
                        surface: SurfaceTexture,
                        width: Int,
                        height: Int,
                    ) = fit(width, height)

                    override fun onSurfaceTextureDestroyed(surface: SurfaceTexture): Boolean {
                        texture = null
                        close()
                        return true
                    }

                    override fun onSurfaceTextureUpdated(surface: SurfaceTexture) = Unit

                    private fun fit(
                        width: Int,
                        height: Int,
                    ) {
                        val camera = camera ?: return
                        setTransform(cropToFill(width, height, camera.size, camera.turned, display))
                    }
                }
        }

    fun resume() {
        inFront = true
        if (!context.hasAny(CAMERA)) {
            state = CameraState.Denied
            return
        }
        if (state != CameraState.Running) state = CameraState.Starting
        open()
    }

    fun pause() {
        inFront = false
        close()
    }

    fun retry() {
        close()
        resume()
    }

    fun light(on: Boolean) {
        torch = on
        camera?.light(on)
    }

    private fun open() {
        val texture = texture
        if (camera != null || texture == null || !inFront) return
        var mine: ScanCamera? = null

        // What a camera that was let go of still has to say is about nothing on screen.
        fun told(act: () -> Unit) {
            main.post { if (mine != null && mine === camera) act() }
        }
        val opened =
            ScanCamera(
                context,
                onState = { told { state = it } },
                onText = { told { onScanned(it) } },
                onDark = { told { dark = it } },
            )
        mine = opened
        camera = opened
        hasTorch = opened.hasTorch
        opened.open(texture)
        if (torch) opened.light(true)
    }

    private fun close() {
        camera?.close()
        camera = null
    }

    private companion object {
        val CAMERA = listOf(Manifest.permission.CAMERA)
    }
}

/**
 * Fills the view with the picture, as it stands, and lets what is over the edge go. By itself a texture is stretched to its view, and
 * turned as if the phone were upright.
 */
internal fun cropToFill(
    width: Int,
    height: Int,
    picture: Size,
    turned: Int,
    display: Display?,
): Matrix {
    val matrix = Matrix()
    if (width == 0 || height == 0) return matrix
    val rotation = display?.rotation ?: Surface.ROTATION_0
    val sideways = rotation == Surface.ROTATION_90 || rotation == Surface.ROTATION_270
    val view = RectF(0f, 0f, width.toFloat(), height.toFloat())
    // As the picture stands on a phone held upright.
    val upright = turned % HALF_TURN != 0
    val (w, h) = if (upright) picture.height to picture.width else picture.width to picture.height
    val shown = RectF(0f, 0f, w.toFloat(), h.toFloat())
    shown.offset(view.centerX() - shown.centerX(), view.centerY() - shown.centerY())
    matrix.setRectToRect(view, shown, Matrix.ScaleToFit.FILL)
    val scale =
        if (sideways) {
            maxOf(width / shown.height(), height / shown.width())
        } else {
            maxOf(
                width / shown.width(),
                height / shown.height(),
            )
        }
    matrix.postScale(scale, scale, view.centerX(), view.centerY())
    val degrees =
        when (rotation) {
            Surface.ROTATION_90 -> -90f
            Surface.ROTATION_180 -> 180f
            Surface.ROTATION_270 -> 90f
            else -> 0f
        }
    matrix.postRotate(degrees, view.centerX(), view.centerY())
    return matrix
}

private const val HALF_TURN = 180
private const val BEHIND_WORDS = 0.75f
