package haitang.features.task

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.graphics.vector.path
import androidx.compose.ui.unit.dp

/** One less; Material's core icons have only the other one. */
internal val Minus: ImageVector by lazy {
    ImageVector
        .Builder("minus", 24.dp, 24.dp, 24f, 24f)
        .apply {
            path(fill = SolidColor(Color.Black)) {
                moveTo(5f, 11f)
                horizontalLineTo(19f)
                verticalLineTo(13f)
                horizontalLineTo(5f)
                close()
            }
        }.build()
}
