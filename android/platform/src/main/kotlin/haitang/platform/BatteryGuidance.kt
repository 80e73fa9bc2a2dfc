package haitang.platform

import android.content.ActivityNotFoundException
import android.content.ComponentName
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Build
import android.os.PowerManager
import android.provider.Settings
import androidx.annotation.StringRes

/**
 * How a vendor's phones are told to let this app work in the background: each does it in a place of its own.
 *
 * @param steps the words, in the order in which the person does them
 */
enum class BatteryVendor(
    private val makers: Set<String>,
    @StringRes val steps: Int,
    internal val pages: List<ComponentName>,
) {
    Huawei(
        setOf("huawei"),
        R.string.battery_huawei,
        listOf(page("com.huawei.systemmanager", "com.huawei.systemmanager.startupmgr.ui.StartupNormalAppListActivity")),
    ),
    Honor(
        setOf("honor"),
        R.string.battery_huawei,
        listOf(page("com.hihonor.systemmanager", "com.hihonor.systemmanager.startupmgr.ui.StartupNormalAppListActivity")),
    ),
    Xiaomi(
        setOf("xiaomi", "redmi", "poco"),
        R.string.battery_xiaomi,
        listOf(page("com.miui.securitycenter", "com.miui.permcenter.autostart.AutoStartManagementActivity")),
    ),
    Oppo(
        setOf("oppo", "realme", "oneplus"),
        R.string.battery_oppo,
        listOf(
            page("com.oplus.safecenter", "com.oplus.safecenter.startupapp.view.StartupAppListActivity"),
            page("com.coloros.safecenter", "com.coloros.safecenter.startupapp.StartupAppListActivity"),
        ),
    ),
    Vivo(
        setOf("vivo", "iqoo"),
        R.string.battery_vivo,
        listOf(page("com.vivo.permissionmanager", "com.vivo.permissionmanager.activity.BgStartUpManagerActivity")),
    ),
    Other(emptySet(), R.string.battery_other, emptyList()),
    ;

    companion object {
        fun of(maker: String = Build.MANUFACTURER.orEmpty()): BatteryVendor =
            entries.firstOrNull { maker.trim().lowercase() in it.makers } ?: Other
    }
}

private fun page(
    name: String,
    activity: String,
) = ComponentName(name, activity)

/** Opens the settings that let this app work in the background. */
class BatteryGuidance(
    private val context: Context,
    val vendor: BatteryVendor = BatteryVendor.of(),
) {
    /** Whether the system already lets it, as far as it says. Vendors' own managers say nothing. */
    fun unrestricted(): Boolean =
        context.getSystemService(PowerManager::class.java)?.isIgnoringBatteryOptimizations(context.packageName) == true

    /** Opens the vendor's page, where that is not there the system's list, else this app's own page. Whether any was there. */
    fun open(): Boolean = intents().any(::start)

    internal fun intents(): List<Intent> =
        vendor.pages.map { Intent().setComponent(it) } +
            Intent(Settings.ACTION_IGNORE_BATTERY_OPTIMIZATION_SETTINGS) +
            Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, Uri.fromParts("package", context.packageName, null))

    private fun start(intent: Intent): Boolean =
        try {
            context.startActivity(intent.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK))
            true
        } catch (_: ActivityNotFoundException) {
            false
        } catch (_: SecurityException) {
            // A vendor's page that newer systems no longer let others open.
            false
        }
}
