package haitang.features.task

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.sizeIn
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Add
import androidx.compose.material.icons.filled.Check
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.FilterChip
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import haitang.design.Haitang
import haitang.design.IconAction
import haitang.design.READABLE
import haitang.design.Status
import haitang.design.StatusChip

/** The end of a list that has more: asks for it when it comes into view. */
internal fun LazyListScope.more(
    shown: Int,
    onMore: () -> Unit,
) {
    item("more") {
        LaunchedEffect(shown) { onMore() }
        Box(Modifier.fillMaxWidth().padding(16.dp), Alignment.Center) { CircularProgressIndicator() }
    }
}

/** Waits to be sent. */
@Composable
internal fun PendingChip() = StatusChip(stringResource(haitang.design.R.string.not_sent_yet), Status.Plain)

/** Chips in as many lines as they need. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun Chips(content: @Composable () -> Unit) {
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(8.dp),
        verticalArrangement = Arrangement.spacedBy(4.dp),
    ) { content() }
}

/** One of a few short choices; the chosen one has a tick too. */
@Composable
internal fun Choice(
    text: String,
    chosen: Boolean,
    onChoose: () -> Unit,
) {
    FilterChip(
        chosen,
        onChoose,
        { Text(text) },
        Modifier.sizeIn(minWidth = Haitang.measures.target, minHeight = Haitang.measures.target),
        leadingIcon = if (chosen) ({ Icon(Icons.Filled.Check, null) }) else null,
    )
}

/** A small number, by two buttons. */
@Composable
internal fun Stepper(
    label: String,
    value: Int,
    range: IntRange,
    onChange: (Int) -> Unit,
) {
    Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(8.dp), Alignment.CenterVertically) {
        Text(label, Modifier.weight(1f))
        val (less, more) = stringResource(R.string.task_less, label) to stringResource(R.string.task_more, label)
        IconAction(Minus, less, { onChange(value - 1) }, enabled = value > range.first)
        Text("$value", Modifier.widthIn(min = 32.dp))
        IconAction(Icons.Filled.Add, more, { onChange(value + 1) }, enabled = value < range.last)
    }
}
