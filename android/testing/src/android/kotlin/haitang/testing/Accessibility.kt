package haitang.testing

import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.SemanticsNodeInteractionsProvider
import androidx.compose.ui.test.isRoot
import androidx.compose.ui.text.TextLayoutResult
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp

/**
 * Looks at everything on screen, dialogs too, as TalkBack and a finger in a glove meet it. Returns a line for each trouble:
 *
 * - what can be pressed and is smaller than [target], or was pushed off the screen
 * - what can be pressed and has no words to be read aloud
 * - a text of which a part cannot be seen
 */
fun SemanticsNodeInteractionsProvider.accessibilityTroubles(
    target: Dp,
    density: Density,
): List<String> =
    onAllNodes(isRoot(), useUnmergedTree = false)
        .fetchSemanticsNodes(atLeastOneRootRequired = false)
        .flatMap { root -> everythingUnder(root).flatMap { troubles(it, target, density) } }
        .plus(
            onAllNodes(isRoot(), useUnmergedTree = true)
                .fetchSemanticsNodes(atLeastOneRootRequired = false)
                .flatMap { root -> everythingUnder(root).mapNotNull(::cutText) },
        ).distinct()

/** Fails with the list of troubles, where there are any. */
fun SemanticsNodeInteractionsProvider.assertAccessible(
    density: Density,
    target: Dp = 48.dp,
    screen: String = "the screen",
) {
    val troubles = accessibilityTroubles(target, density)
    if (troubles.isNotEmpty()) throw AssertionError(troubles.joinToString("\n  ", prefix = "$screen:\n  "))
}

private fun everythingUnder(node: SemanticsNode): List<SemanticsNode> = listOf(node) + node.children.flatMap(::everythingUnder)

private fun troubles(
    node: SemanticsNode,
    target: Dp,
    density: Density,
): List<String> {
    val pressed = PRESSED.any { it in node.config } && SemanticsProperties.Disabled !in node.config
    if (!pressed) return emptyList()
    val least = with(density) { target.toPx() } - ROUNDING
    // Either it is drawn as large, or it keeps as much room around it free and a finger may hit that. How much of it is scrolled out
    // of sight does not count.
    val width = maxOf(node.size.width, minOf(node.layoutInfo.width, node.touchBoundsInRoot.width.toInt()))
    val height = maxOf(node.size.height, minOf(node.layoutInfo.height, node.touchBoundsInRoot.height.toInt()))
    return buildList {
        if (wordsOf(node).isEmpty()) add("can be pressed but says nothing: ${name(node)}")
        if (isOutOfReach(node)) {
            add("is not on the screen, and cannot be scrolled to: ${name(node)}")
        } else if (width < least || height < least) {
            add("is ${with(density) { "${width.toDp()} x ${height.toDp()}" }}, less than $target: ${name(node)}")
        }
    }
}

private fun isOutOfReach(node: SemanticsNode) =
    node.boundsInRoot.isEmpty && generateSequence(node.parent) { it.parent }.none { SemanticsActions.ScrollBy in it.config }

private fun cutText(node: SemanticsNode): String? {
    val results = mutableListOf<TextLayoutResult>()
    node.config
        .getOrNull(SemanticsActions.GetTextLayoutResult)
        ?.action
        ?.invoke(results)
    val layout = results.firstOrNull() ?: return null
    // A field that is written in scrolls inside itself.
    if (SemanticsProperties.EditableText in node.config) return null
    // Not hasVisualOverflow: what is told to semantics is laid out anew in all the width there was, and claims to overflow the text's own.
    val lines = 0 until layout.lineCount
    val cut =
        layout.didOverflowHeight || lines.any(layout::isLineEllipsized) ||
            lines.any { layout.getLineRight(it) - layout.getLineLeft(it) > node.size.width + ROUNDING } ||
            (layout.lineCount > 0 && layout.getLineBottom(layout.lineCount - 1) > node.size.height + ROUNDING)
    return if (cut) "a part of it cannot be seen: ${layout.layoutInput.text}" else null
}

private fun wordsOf(node: SemanticsNode): List<String> =
    listOfNotNull(
        node.config.getOrNull(SemanticsProperties.Text)?.map { it.text },
        node.config.getOrNull(SemanticsProperties.ContentDescription),
        node.config.getOrNull(SemanticsProperties.EditableText)?.let { listOf(it.text) },
        node.config
            .getOrNull(SemanticsActions.OnClick)
            ?.label
            ?.let { listOf(it) },
    ).flatten().filter { it.isNotBlank() }.ifEmpty {
        // A list item may be pressed as a whole, and hold words that can be reached on their own.
        node.children.flatMap(::wordsOf)
    }

private fun name(node: SemanticsNode): String {
    val words = wordsOf(node).joinToString(" ").take(60)
    val role = node.config.getOrNull(SemanticsProperties.Role)
    val tag = node.config.getOrNull(SemanticsProperties.TestTag)
    return listOfNotNull(role, tag, words.ifEmpty { null }).joinToString(" ").ifEmpty { "${node.boundsInRoot}" }
}

private val PRESSED = listOf(SemanticsActions.OnClick, SemanticsActions.OnLongClick, SemanticsActions.SetText, SemanticsActions.SetProgress)

/** Pixels are whole, measures are not. */
private const val ROUNDING = 1f
