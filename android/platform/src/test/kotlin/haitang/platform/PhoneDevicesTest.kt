package haitang.platform

import android.Manifest
import android.content.Intent
import android.graphics.Bitmap
import android.graphics.Color
import android.net.Uri
import android.provider.MediaStore
import androidx.activity.compose.LocalActivityResultRegistryOwner
import androidx.activity.result.ActivityResultRegistry
import androidx.activity.result.ActivityResultRegistryOwner
import androidx.activity.result.contract.ActivityResultContract
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.material3.Text
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Modifier
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.core.app.ActivityOptionsCompat
import haitang.design.SecondaryButton
import haitang.testing.ScreenTest
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import java.io.File
import java.io.FileNotFoundException

class PhoneDevicesTest : ScreenTest() {
    private val app = RuntimeEnvironment.getApplication()
    private val devices = PhoneDevices(app)
    private val failures = mutableListOf<DeviceFailure>()
    private val photos = mutableListOf<Photo>()

    @Test
    fun `a photo is not asked for before it has been explained, and not now leaves everything as it is`() {
        photosOnScreen()
        rule.onNodeWithText("拍").performClick()
        rule.onNodeWithText("拍照要用相机", substring = true).assertIsDisplayed()
        assertNull("nothing asked yet", shadowOf(app).nextStartedActivity)
        rule.onNodeWithText("暂不").performClick()
        rule.onNodeWithText("拍照要用相机", substring = true).assertDoesNotExist()
        assertEquals(listOf(DeviceFailure.Denied), failures)
        rule.onNodeWithText("其他").assertIsDisplayed()
    }

    @Test
    fun `where it was allowed the camera app opens at once, with a file that it may write`() {
        shadowOf(app).grantPermissions(Manifest.permission.CAMERA)
        photosOnScreen()
        rule.onNodeWithText("拍").performClick()
        rule.waitForIdle()
        val asked = shadowOf(app).nextStartedActivity
        assertEquals(MediaStore.ACTION_IMAGE_CAPTURE, asked.action)
        assertTrue(asked.flags and Intent.FLAG_GRANT_WRITE_URI_PERMISSION != 0)
        @Suppress("DEPRECATION")
        val uri = asked.getParcelableExtra<Uri>(MediaStore.EXTRA_OUTPUT)
        assertNotNull(uri)
        assertEquals(emptyList<DeviceFailure>(), failures)
    }

    @Test
    fun `what the camera wrote is made small and not left lying about`() {
        val uri = checkNotNull(CaptureProvider.begin(app))
        checkNotNull(CaptureProvider.fileOf(app, uri)).outputStream().use {
            val taken = Bitmap.createBitmap(2000, 1000, Bitmap.Config.ARGB_8888).apply { eraseColor(Color.GREEN) }
            taken.compress(Bitmap.CompressFormat.JPEG, 90, it)
        }
        val photo = runBlocking { readPhoto(app, uri, Dispatchers.Unconfined) }
        assertTrue(photo.jpeg.isNotEmpty())
        assertNull(CaptureProvider.fileOf(app, uri))
    }

    @Test
    fun `the camera app gets at no other file`() {
        val provider = Robolectric.setupContentProvider(CaptureProvider::class.java, "${app.packageName}.captures")
        File(app.cacheDir, "secret.jpg").writeText("x")
        listOf("../secret.jpg", "%2e%2e%2fsecret.jpg", "..%2Fsecret.jpg", "secret.jpg", "").forEach {
            assertThrows(
                it,
                FileNotFoundException::class.java,
            ) { provider.openFile(Uri.parse("content://${app.packageName}.captures/$it"), "r") }
        }
    }

    @Test
    fun `a scanner without a camera to use says so and goes on`() {
        show { devices.Scanner(Modifier.fillMaxSize()) {} }
        rule.onNodeWithText("扫二维码要用相机", substring = true).assertIsDisplayed()
        rule.onNodeWithText("暂不").performClick()
        rule.onNodeWithText("还没有同意使用相机", substring = true).assertIsDisplayed()
        rule.onNodeWithText("允许使用相机").performClick()
        rule.onNodeWithText("扫二维码要用相机", substring = true).assertIsDisplayed()
    }

    @Test
    fun `a refusal is told with the way to the settings`() {
        var then = false
        var refused = false
        show {
            CompositionLocalProvider(LocalActivityResultRegistryOwner provides saysNo) {
                val permission = rememberPermission(Manifest.permission.RECORD_AUDIO, "要用麦克风", onRefused = { refused = true })
                SecondaryButton("录", { permission.ask { then = true } })
            }
        }
        rule.onNodeWithText("录").performClick()
        rule.onNodeWithText("继续").performClick()
        rule.waitForIdle()
        rule.onNodeWithText("没有得到同意").assertIsDisplayed()
        rule.onNodeWithText("去设置").performClick()
        rule.waitForIdle()
        assertTrue(refused)
        assertFalse(then)
        assertEquals(android.provider.Settings.ACTION_APPLICATION_DETAILS_SETTINGS, shadowOf(app).nextStartedActivity.action)
    }

    @Test
    fun `the place is explained before it is asked for, and not now is denied`() {
        var located: Located? = null
        show {
            devices.Asking()
            val scope = rememberCoroutineScope()
            SecondaryButton("定位", { scope.launch { located = devices.locate() } })
        }
        rule.onNodeWithText("定位").performClick()
        rule.onNodeWithText("记下您现在的位置", substring = true).assertIsDisplayed()
        rule.onNodeWithText("暂不").performClick()
        rule.waitForIdle()
        assertEquals(Located.Nowhere(DeviceFailure.Denied), located)
    }

    /** The system's own question, answered no. */
    private val saysNo =
        object : ActivityResultRegistryOwner {
            override val activityResultRegistry =
                object : ActivityResultRegistry() {
                    override fun <I, O> onLaunch(
                        requestCode: Int,
                        contract: ActivityResultContract<I, O>,
                        input: I,
                        options: ActivityOptionsCompat?,
                    ) {
                        @Suppress("UNCHECKED_CAST")
                        dispatchResult(requestCode, mapOf(Manifest.permission.RECORD_AUDIO to false) as O)
                    }
                }
        }

    private fun photosOnScreen() =
        show {
            val source = devices.rememberPhotos({ photos += it }, { failures += it })
            Column {
                SecondaryButton("拍", source::take)
                Text("其他")
            }
        }
}
