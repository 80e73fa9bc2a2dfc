package haitang.platform

import android.app.Application
import android.content.ComponentName
import android.content.IntentFilter
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

@RunWith(AndroidJUnit4::class)
@Config(sdk = [35])
class BatteryGuidanceTest {
    private val context = ApplicationProvider.getApplicationContext<Application>()

    @Test
    fun `each maker's phones get that maker's words`() {
        val made = listOf("HUAWEI", "HONOR", "Xiaomi", "Redmi", "OPPO", "OnePlus", "vivo", "samsung").map(BatteryVendor::of)
        val wanted =
            listOf(
                BatteryVendor.Huawei,
                BatteryVendor.Honor,
                BatteryVendor.Xiaomi,
                BatteryVendor.Xiaomi,
                BatteryVendor.Oppo,
                BatteryVendor.Oppo,
                BatteryVendor.Vivo,
                BatteryVendor.Other,
            )
        assertEquals(wanted, made)
    }

    @Test
    fun `a page that a phone does not have gives way to the next one`() {
        shadowOf(context).checkActivities(true)
        val guidance = BatteryGuidance(context, BatteryVendor.Oppo)
        val last = guidance.intents().last()
        val settings = ComponentName("com.android.settings", "com.android.settings.AppInfo")
        shadowOf(context.packageManager).addActivityIfNotPresent(settings)
        shadowOf(context.packageManager).addIntentFilterForActivity(
            settings,
            IntentFilter(last.action).apply {
                addDataScheme("package")
                addCategory("android.intent.category.DEFAULT")
            },
        )
        assertTrue(guidance.open())
        assertEquals(last.action, shadowOf(context).nextStartedActivity.action)
    }

    @Test
    fun `a phone that has none of the pages says so`() {
        shadowOf(context).checkActivities(true)
        assertFalse(BatteryGuidance(context, BatteryVendor.Vivo).open())
    }
}
