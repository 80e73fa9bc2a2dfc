package haitang.app

import androidx.annotation.StringRes
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.grid.GridCells
import androidx.compose.foundation.lazy.grid.GridItemSpan
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.foundation.lazy.grid.items
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import haitang.design.Haitang
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.READABLE
import haitang.design.SectionTitle

/** One line of the menu. */
class MenuDoor(
    @StringRes val title: Int,
    val icon: ImageVector,
    val go: () -> Unit,
)

/** What belongs together in the menu. */
class MenuGroup(
    @StringRes val title: Int,
    vararg val doors: MenuDoor,
)

/** Everything that has no tab of its own; in two columns where the screen is wide enough. */
@Composable
fun MenuScreen(groups: List<MenuGroup>) {
    HaitangScreen(stringResource(R.string.tab_menu)) { padding ->
        Box(Modifier.fillMaxSize().padding(padding), Alignment.TopCenter) {
            LazyVerticalGrid(
                GridCells.Adaptive(280.dp),
                Modifier.widthIn(max = READABLE),
                contentPadding = PaddingValues(Haitang.measures.edge),
                verticalArrangement = Arrangement.spacedBy(8.dp),
                horizontalArrangement = Arrangement.spacedBy(Haitang.measures.gap),
            ) {
                groups.forEach { group ->
                    item(span = { GridItemSpan(maxLineSpan) }) { SectionTitle(stringResource(group.title)) }
                    items(group.doors.toList()) { ItemCard(stringResource(it.title), icon = it.icon, onClick = it.go) }
                }
            }
        }
    }
}
