package haitang.app

import android.content.Context
import android.content.res.Configuration
import android.os.Bundle
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.lifecycleScope
import haitang.design.HaitangTheme
import haitang.design.Look
import haitang.platform.LocalBiometrics
import haitang.platform.LocalDevices
import haitang.platform.PhoneDevices
import haitang.platform.Preferred
import haitang.platform.biometricsOf
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.launch
import java.util.Locale

/** The only activity. */
class MainActivity : ComponentActivity() {
    private val haitang get() = application as HaitangApplication

    /** Language and text size are the window's, so that dialogs have them too. */
    override fun attachBaseContext(base: Context) {
        val preferred = (base.applicationContext as? HaitangApplication)?.preferences?.preferred?.value
        super.attachBaseContext(if (preferred == null) base else base.createConfigurationContext(wanted(base, preferred)))
    }

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        haitang.door.open()
        lifecycle.addObserver(haitang.foreground)
        lifecycleScope.launch {
            val window = haitang.preferences.preferred.map { it.language to it.textPercent }
            window.distinctUntilChanged().drop(1).collect { recreate() }
        }
        setContent {
            val preferred by haitang.preferences.preferred.collectAsStateWithLifecycle()
            val devices = remember { PhoneDevices(this) }
            val biometrics = remember { biometricsOf(this) }
            HaitangTheme(Look(preferred.darkness.dark, preferred.elder)) {
                CompositionLocalProvider(LocalDevices provides devices, LocalBiometrics provides biometrics) {
                    HaitangApp(haitang.door, haitang.preferences, preferred.biometrics)
                    devices.Asking()
                }
            }
        }
    }

    override fun onStart() {
        super.onStart()
        haitang.door.returned()
    }

    private fun wanted(
        base: Context,
        preferred: Preferred,
    ) = Configuration().apply {
        fontScale = base.resources.configuration.fontScale * preferred.textPercent / WHOLE
        preferred.language.tag?.let { setLocale(Locale.forLanguageTag(it)) }
    }

    private companion object {
        const val WHOLE = 100f
    }
}
