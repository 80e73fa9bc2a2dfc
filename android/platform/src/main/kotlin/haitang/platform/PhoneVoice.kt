package haitang.platform

import android.Manifest
import android.content.Context
import android.media.MediaRecorder
import android.os.Build
import android.os.SystemClock
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.setValue
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.Lifecycle
import androidx.lifecycle.compose.LifecycleEventEffect
import kotlinx.coroutines.delay
import java.io.File
import java.io.IOException

/** Voice notes by the framework's recorder. What was said is handed over also when the app is left in the middle. */
@Composable
internal fun rememberPhoneVoice(
    onNote: (VoiceNote) -> Unit,
    onFailure: (DeviceFailure) -> Unit,
): VoiceSource {
    val context = LocalContext.current
    val note by rememberUpdatedState(onNote)
    val failure by rememberUpdatedState(onFailure)
    val recording = remember { Recording(context, { note(it) }, { failure(it) }) }
    val permission =
        rememberPermission(
            Manifest.permission.RECORD_AUDIO,
            stringResource(R.string.device_why_microphone),
            onRefused = { failure(DeviceFailure.Denied) },
        )
    LaunchedEffect(recording.running) { while (recording.running) recording.tick().also { delay(TICK_MILLIS) } }
    // In the background the system gives a recorder silence.
    LifecycleEventEffect(Lifecycle.Event.ON_PAUSE) { recording.stop() }
    DisposableEffect(recording) { onDispose { recording.stop() } }
    return remember(recording, permission) {
        object : VoiceSource {
            override val seconds get() = recording.seconds

            override fun start() = permission.ask { recording.start() }

            override fun stop() = recording.stop()
        }
    }
}

@Stable
private class Recording(
    private val context: Context,
    private val onNote: (VoiceNote) -> Unit,
    private val onFailure: (DeviceFailure) -> Unit,
) {
    var seconds by mutableStateOf<Int?>(null)
        private set
    val running get() = seconds != null

    private var recorder: MediaRecorder? = null
    private var startedAt = 0L
    private val file get() = File(context.cacheDir, "voice.m4a")

    fun start() {
        if (running) return
        @Suppress("DEPRECATION")
        val recorder = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) MediaRecorder(context) else MediaRecorder()
        try {
            recorder.setAudioSource(MediaRecorder.AudioSource.MIC)
            recorder.setOutputFormat(MediaRecorder.OutputFormat.MPEG_4)
            recorder.setAudioEncoder(MediaRecorder.AudioEncoder.AAC)
            recorder.setAudioChannels(1)
            recorder.setAudioSamplingRate(SAMPLES_PER_SECOND)
            recorder.setAudioEncodingBitRate(BITS_PER_SECOND)
            recorder.setMaxDuration(VoiceSource.SECONDS_MAX * MILLIS)
            recorder.setOutputFile(file.path)
            recorder.setOnInfoListener { _, what, _ -> if (what == MediaRecorder.MEDIA_RECORDER_INFO_MAX_DURATION_REACHED) stop() }
            recorder.setOnErrorListener { _, _, _ -> drop(DeviceFailure.Unavailable) }
            recorder.prepare()
            recorder.start()
        } catch (_: IOException) {
            recorder.release()
            onFailure(DeviceFailure.Unavailable)
            return
        } catch (_: RuntimeException) {
            // What the framework throws when another app has the microphone.
            recorder.release()
            onFailure(DeviceFailure.Unavailable)
            return
        }
        this.recorder = recorder
        startedAt = SystemClock.elapsedRealtime()
        seconds = 0
    }

    fun tick() {
        if (running) seconds = lasted()
    }

    fun stop() {
        val recorder = recorder ?: return
        val lasted = lasted().coerceIn(1, VoiceSource.SECONDS_MAX)
        this.recorder = null
        seconds = null
        try {
            recorder.stop()
            val bytes = file.readBytes()
            if (bytes.isEmpty()) onFailure(DeviceFailure.Unreadable) else onNote(VoiceNote(bytes, lasted, "voice.m4a"))
        } catch (_: IOException) {
            onFailure(DeviceFailure.Unreadable)
        } catch (_: RuntimeException) {
            // Stopped before anything was recorded: nothing was said, and nothing is lost.
        } finally {
            recorder.release()
            file.delete()
        }
    }

    private fun drop(why: DeviceFailure) {
        recorder?.release()
        recorder = null
        seconds = null
        file.delete()
        onFailure(why)
    }

    private fun lasted() = ((SystemClock.elapsedRealtime() - startedAt) / MILLIS).toInt()
}

private const val TICK_MILLIS = 250L
private const val MILLIS = 1_000
private const val SAMPLES_PER_SECOND = 16_000
private const val BITS_PER_SECOND = 32_000
