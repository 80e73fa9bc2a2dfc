package haitang.testing

import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.test.SemanticsNodeInteraction
import androidx.compose.ui.test.junit4.ComposeContentTestRule
import androidx.compose.ui.test.performSemanticsAction
import androidx.compose.ui.text.AnnotatedString

/** Writes into a field as a screen reader does, without giving it the focus. */
fun SemanticsNodeInteraction.write(text: String) {
    performSemanticsAction(SemanticsActions.SetText) { set -> set(AnnotatedString(text)) }
}

/** Turns the clock by hand, as long as a dialog with a field is open: its blinking cursor never lets the rule come to rest by itself. */
fun ComposeContentTestRule.byHand(work: Hand.() -> Unit) {
    mainClock.autoAdvance = false
    try {
        Hand(this).work()
    } finally {
        mainClock.autoAdvance = true
    }
}

/** See [byHand]. */
class Hand internal constructor(
    private val rule: ComposeContentTestRule,
) {
    /** Lets what was just done come to the screen. */
    fun frames() = rule.mainClock.advanceTimeBy(LONG_ENOUGH_MS)

    private companion object {
        const val LONG_ENOUGH_MS = 500L
    }
}
