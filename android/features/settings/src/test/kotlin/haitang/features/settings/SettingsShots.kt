package haitang.features.settings

import androidx.compose.runtime.Composable
import haitang.platform.Preferred

private val Nothing = SettingsActions({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})

val settingsShots: List<Pair<String, @Composable () -> Unit>> =
    listOf(
        "settings" to { SettingsScreen(SettingsState(Preferred(), hasPin = true, lockAfterMs = 60_000), true, false, Nothing) },
        "settings-battery" to {
            BatteryScreen("1. 在打开的页面里找到“海棠”，打开“自启动”。\n2. 把“省电策略”改成“无限制”。", false, { true }, {})
        },
        "settings-about" to { AboutScreen("0.1.0", "0.1.0", {}, {}) },
        "settings-licences" to { LicencesScreen("tokio 1.48\nMIT\n\nserde 1.0\nMIT OR Apache-2.0", {}) },
    )
