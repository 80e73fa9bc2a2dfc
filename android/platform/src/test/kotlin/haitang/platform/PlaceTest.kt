package haitang.platform

import android.Manifest
import android.app.Application
import android.location.Location
import android.location.LocationManager
import android.os.Looper
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.yield
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import java.time.Duration

@RunWith(AndroidJUnit4::class)
@Config(sdk = [35])
class PlaceTest {
    private val context = ApplicationProvider.getApplicationContext<Application>()
    private val manager = context.getSystemService(LocationManager::class.java)
    private val shadow = shadowOf(manager)

    @Before
    fun allow() {
        shadowOf(context).grantPermissions(Manifest.permission.ACCESS_FINE_LOCATION)
        shadow.setLocationEnabled(true)
        listOf("fused", LocationManager.GPS_PROVIDER, LocationManager.NETWORK_PROVIDER).forEach { shadow.setProviderEnabled(it, false) }
    }

    @Test
    fun `not allowed is denied, and nothing is asked`() =
        runTest {
            shadowOf(context).denyPermissions(Manifest.permission.ACCESS_FINE_LOCATION)
            shadow.setProviderEnabled(LocationManager.GPS_PROVIDER, true)
            assertEquals(Located.Nowhere(DeviceFailure.Denied), locateOnce(context))
            assertEquals(Located.Nowhere(DeviceFailure.Denied), PhoneDevices(context).locate())
        }

    @Test
    fun `switched off is unavailable`() = runTest { assertEquals(Located.Nowhere(DeviceFailure.Unavailable), locateOnce(context)) }

    @Test
    fun `a place that another app made up is said to be so`() {
        val at = given(LocationManager.GPS_PROVIDER to place(12f, mock = true))
        assertTrue(at.location.mocked)
        assertEquals(31.31, at.location.latitude, 1e-9)
        assertEquals(12f, at.location.accuracyM)
    }

    @Test
    fun `the first that knows well enough is taken without waiting for the others`() {
        shadow.setProviderEnabled(LocationManager.GPS_PROVIDER, true)
        val at = given(LocationManager.NETWORK_PROVIDER to place(30f))
        assertEquals(30f, at.location.accuracyM)
        assertEquals(false, at.location.mocked)
    }

    @Test
    fun `after ten seconds the best there was is taken`() =
        runTest {
            shadow.setProviderEnabled(LocationManager.GPS_PROVIDER, true)
            shadow.setProviderEnabled(LocationManager.NETWORK_PROVIDER, true)
            val asked = async { locateOnce(context) }
            yield()
            shadow.simulateLocation(place(900f, LocationManager.NETWORK_PROVIDER))
            shadowOf(Looper.getMainLooper()).idle()
            val at = asked.await() as Located.At
            assertEquals(900f, at.location.accuracyM)
            assertEquals(10_000L, testScheduler.currentTime)
        }

    @Test
    fun `in a stairwell where nobody knows it ends after ten seconds`() =
        runTest {
            shadow.setProviderEnabled(LocationManager.GPS_PROVIDER, true)
            assertEquals(Located.Nowhere(DeviceFailure.TimedOut), locateOnce(context))
            assertEquals(10_000L, testScheduler.currentTime)
        }

    private fun given(answer: Pair<String, Location>): Located.At =
        runBlocking {
            shadow.setProviderEnabled(answer.first, true)
            val asked = async(Dispatchers.Unconfined) { locateOnce(context) }
            shadow.simulateLocation(answer.second.apply { provider = answer.first })
            shadowOf(Looper.getMainLooper()).idleFor(Duration.ofMillis(1))
            asked.await() as Located.At
        }

    private fun place(
        radius: Float,
        provider: String = "gps",
        mock: Boolean = false,
    ) = Location(provider).apply {
        latitude = 31.31
        longitude = 120.62
        accuracy = radius
        time = System.currentTimeMillis()
        elapsedRealtimeNanos = android.os.SystemClock.elapsedRealtimeNanos()
        isMock = mock
    }
}
