package haitang.app

import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.filled.ExitToApp
import androidx.compose.material.icons.filled.AccountBox
import androidx.compose.material.icons.filled.Create
import androidx.compose.material.icons.filled.Done
import androidx.compose.material.icons.filled.Lock
import androidx.compose.material.icons.filled.Notifications
import androidx.compose.material.icons.filled.Refresh
import androidx.compose.material.icons.filled.Settings
import androidx.compose.material.icons.filled.Star
import androidx.compose.material.icons.filled.Warning
import haitang.features.activity.ActivityRoutes
import haitang.features.directory.DirectoryRoutes
import haitang.features.mydata.MyDataRoutes
import haitang.features.notice.NoticeRoutes
import haitang.features.outbox.OutboxRoutes
import haitang.features.quiz.QuizRoutes
import haitang.features.settings.SettingsRoutes
import haitang.features.sync.SyncRoutes

/** The menu; [go] leads to a route. */
internal fun menuGroups(go: (String) -> Unit) =
    listOf(
        MenuGroup(
            R.string.menu_work,
            MenuDoor(R.string.menu_notices, Icons.Filled.Notifications) { go(NoticeRoutes.LIST) },
            MenuDoor(R.string.menu_papers, Icons.Filled.Star) { go(QuizRoutes.LIST) },
            MenuDoor(R.string.menu_logs, Icons.Filled.Create) { go(ActivityRoutes.MY_LOGS) },
            MenuDoor(R.string.menu_approvals, Icons.Filled.Done) { go(ActivityRoutes.APPROVALS) },
        ),
        MenuGroup(
            R.string.menu_people,
            MenuDoor(R.string.menu_directory, Icons.Filled.AccountBox) { go(DirectoryRoutes.HOME) },
            MenuDoor(R.string.menu_transfers, Icons.AutoMirrored.Filled.ExitToApp) { go(DirectoryRoutes.TRANSFERS) },
        ),
        MenuGroup(
            R.string.menu_phone,
            MenuDoor(R.string.menu_sync, Icons.Filled.Refresh) { go(SyncRoutes.PAGE) },
            MenuDoor(R.string.menu_outbox, Icons.Filled.Warning) { go(OutboxRoutes.LIST) },
            MenuDoor(R.string.menu_my_data, Icons.Filled.Lock) { go(MyDataRoutes.PAGE) },
            MenuDoor(R.string.menu_settings, Icons.Filled.Settings) { go(SettingsRoutes.PAGE) },
        ),
    )
