package haitang.testing

import androidx.compose.ui.test.SemanticsNodeInteraction
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.performTextReplacement

/** Counts what a piece of work asks of a hand: each press is one tap, and so is each field that is typed into. Scrolling is free. */
class Taps {
    /** How many so far. */
    var count = 0
        private set

    /** Presses it. */
    fun press(node: SemanticsNodeInteraction) {
        node.performClick()
        count++
    }

    /** Types into it. */
    fun type(
        node: SemanticsNodeInteraction,
        text: String,
    ) {
        node.performTextInput(text)
        count++
    }

    /** Types over what is in it. */
    fun replace(
        node: SemanticsNodeInteraction,
        text: String,
    ) {
        node.performTextReplacement(text)
        count++
    }
}
