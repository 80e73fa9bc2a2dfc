package haitang.platform

import android.Manifest
import android.annotation.SuppressLint
import android.content.Context
import android.location.LocationManager
import android.os.CancellationSignal
import androidx.core.location.LocationCompat
import androidx.core.location.LocationManagerCompat
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.withTimeoutOrNull
import uniffi.haitang.Location
import android.location.Location as AndroidLocation

/** Either will do: a rough place says how rough it is. */
internal val PLACE_PERMISSIONS = listOf(Manifest.permission.ACCESS_FINE_LOCATION, Manifest.permission.ACCESS_COARSE_LOCATION)

/**
 * Where the phone is, once. Asks all that can know it at the same time, since in a stairwell no satellite is seen and in the country no
 * network; takes the first that is good enough, and after ten seconds the best there was. Nothing is asked for after that.
 */
@SuppressLint("MissingPermission")
internal suspend fun locateOnce(context: Context): Located {
    if (!context.hasAny(PLACE_PERMISSIONS)) return Located.Nowhere(DeviceFailure.Denied)
    val manager = context.getSystemService(LocationManager::class.java) ?: return Located.Nowhere(DeviceFailure.Unavailable)
    val providers = PROVIDERS.filter { it in manager.allProviders && manager.isProviderEnabled(it) }
    if (providers.isEmpty()) return Located.Nowhere(DeviceFailure.Unavailable)

    val answers = Channel<AndroidLocation?>(Channel.UNLIMITED)
    val end = CancellationSignal()
    var best: AndroidLocation? = null
    try {
        providers.forEach { provider ->
            try {
                LocationManagerCompat.getCurrentLocation(manager, provider, end, { it.run() }) { answers.trySend(it) }
            } catch (_: SecurityException) {
                // Only a rough place was allowed, and this one knows the exact one alone.
                answers.trySend(null)
            }
        }
        withTimeoutOrNull(WAIT_MILLIS) {
            repeat(providers.size) {
                val answer = answers.receive() ?: return@repeat
                if (answer.radius() < (best?.radius() ?: Float.MAX_VALUE)) best = answer
                if (answer.radius() <= GOOD_METRES) return@withTimeoutOrNull
            }
        }
    } finally {
        end.cancel()
    }
    val found = best ?: return Located.Nowhere(DeviceFailure.TimedOut)
    return Located.At(Location(found.latitude, found.longitude, found.radius(), LocationCompat.isMock(found)))
}

/** What does not say how well it knows is taken for the worst that says so. */
private fun AndroidLocation.radius() = if (hasAccuracy()) accuracy else UNKNOWN_METRES

private val PROVIDERS = listOf("fused", LocationManager.GPS_PROVIDER, LocationManager.NETWORK_PROVIDER)
private const val WAIT_MILLIS = 10_000L
private const val GOOD_METRES = 50f
private const val UNKNOWN_METRES = 5_000f
