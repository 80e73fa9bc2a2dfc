package haitang.testing

import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.test.SemanticsNodeInteraction
import androidx.compose.ui.test.performSemanticsAction
import androidx.compose.ui.text.AnnotatedString

/** Writes into a field as a screen reader does, without giving it the focus. */
fun SemanticsNodeInteraction.write(text: String) {
    performSemanticsAction(SemanticsActions.SetText) { set -> set(AnnotatedString(text)) }
}
