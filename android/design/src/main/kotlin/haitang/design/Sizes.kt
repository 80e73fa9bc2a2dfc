package haitang.design

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource

/** The size of a file as people read it: `1.6 MB`, `245 KB`. */
@Composable
fun sizeText(bytes: ULong): String {
    val whole = bytes.toLong()
    return if (whole >= MEGA) {
        stringResource(R.string.megabytes, whole / MEGA.toDouble())
    } else {
        stringResource(R.string.kilobytes, (whole / KILO).coerceAtLeast(1))
    }
}

private const val KILO = 1_000L
private const val MEGA = 1_000 * KILO
