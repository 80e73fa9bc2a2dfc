package haitang.design

import androidx.compose.foundation.ScrollState
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.derivedStateOf
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier

/** What is read from top to bottom: scrolls, and stays [READABLE] wide in the middle of a wide screen. */
@Composable
fun ReadingColumn(
    modifier: Modifier = Modifier,
    scroll: ScrollState = rememberScrollState(),
    content: @Composable ColumnScope.() -> Unit,
) {
    Box(modifier.fillMaxSize().verticalScroll(scroll), Alignment.TopCenter) {
        Column(
            Modifier.widthIn(max = READABLE).fillMaxWidth().padding(Haitang.measures.edge),
            verticalArrangement = Arrangement.spacedBy(Haitang.measures.gap),
            content = content,
        )
    }
}

/**
 * The same for a list of many.
 *
 * @param onNearEnd there are few left to scroll to: the next page is wanted
 */
@Composable
fun ReadingList(
    modifier: Modifier = Modifier,
    onNearEnd: (() -> Unit)? = null,
    content: LazyListScope.() -> Unit,
) {
    val state = rememberLazyListState()
    val nearEnd by remember {
        derivedStateOf {
            val last =
                state.layoutInfo.visibleItemsInfo
                    .lastOrNull()
                    ?.index ?: -1
            last >= 0 && last >= state.layoutInfo.totalItemsCount - AHEAD
        }
    }
    // Asked again for each longer list, as long as its end is near.
    val items by remember { derivedStateOf { state.layoutInfo.totalItemsCount } }
    LaunchedEffect(nearEnd, items) { if (nearEnd) onNearEnd?.invoke() }
    Box(modifier.fillMaxSize(), Alignment.TopCenter) {
        LazyColumn(
            Modifier.widthIn(max = READABLE).fillMaxSize(),
            state,
            contentPadding = PaddingValues(Haitang.measures.edge),
            verticalArrangement = Arrangement.spacedBy(Haitang.measures.gap),
            content = content,
        )
    }
}

/** So many lines before the end the next page is asked for. */
private const val AHEAD = 10
