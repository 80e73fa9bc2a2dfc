package haitang.platform

import android.content.Context
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config

@RunWith(AndroidJUnit4::class)
@Config(sdk = [35])
class PreferencesTest {
    private val context = ApplicationProvider.getApplicationContext<Context>()

    @Test
    fun `what was chosen is there again after a restart`() {
        val chosen =
            Preferred(
                language = Language.English,
                elder = true,
                textPercent = 150,
                darkness = Darkness.Dark,
                dataSaver = true,
                biometrics = true,
                notificationsAsked = true,
            )
        Preferences(context).change { chosen }
        assertEquals(chosen, Preferences(context).preferred.value)
    }

    @Test
    fun `a text size stays within what fits on a screen`() {
        val preferences = Preferences(context)
        preferences.change { it.copy(textPercent = 900) }
        assertEquals(200, preferences.preferred.value.textPercent)
        preferences.change { it.copy(textPercent = 5) }
        assertEquals(100, preferences.preferred.value.textPercent)
    }

    @Test
    fun `a name that this version does not know is as if nothing was chosen`() {
        val kept = context.getSharedPreferences("preferences", Context.MODE_PRIVATE)
        kept.edit().putString("language", "Klingon").commit()
        assertEquals(Language.System, Preferences(context).preferred.value.language)
    }
}
