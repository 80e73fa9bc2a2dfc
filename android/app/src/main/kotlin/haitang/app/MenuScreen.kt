package haitang.app

import androidx.annotation.StringRes
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import haitang.design.Haitang
import haitang.design.HaitangScreen
import haitang.design.ItemCard
import haitang.design.READABLE

/** One line of the menu. */
class MenuDoor(
    @StringRes val title: Int,
    val go: () -> Unit,
)

/** Everything that has no tab of its own. */
@Composable
fun MenuScreen(doors: List<MenuDoor>) {
    HaitangScreen(stringResource(R.string.tab_menu)) { padding ->
        Box(Modifier.fillMaxSize().padding(padding), Alignment.TopCenter) {
            LazyColumn(
                Modifier.widthIn(max = READABLE),
                contentPadding = PaddingValues(Haitang.measures.edge),
                verticalArrangement = Arrangement.spacedBy(Haitang.measures.gap),
            ) { items(doors) { ItemCard(stringResource(it.title), onClick = it.go) } }
        }
    }
}
