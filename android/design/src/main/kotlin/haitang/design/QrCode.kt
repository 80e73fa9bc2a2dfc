package haitang.design

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import com.google.zxing.BarcodeFormat
import com.google.zxing.EncodeHintType
import com.google.zxing.qrcode.QRCodeWriter
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel

/** A QR code, black on white in dark mode too, because cameras want it so. */
@Composable
fun QrCode(
    text: String,
    description: String,
    modifier: Modifier = Modifier,
) {
    val cells = remember(text) { encode(text) }
    Canvas(
        modifier
            .aspectRatio(1f)
            .background(Color.White)
            .padding(16.dp)
            .semantics {
                contentDescription = description
                role = Role.Image
            },
    ) {
        val cell = size.minDimension / cells.width
        for (y in 0 until cells.height) {
            for (x in 0 until cells.width) {
                if (cells[x, y]) drawRect(Color.Black, Offset(x * cell, y * cell), Size(cell + BLEED, cell + BLEED))
            }
        }
    }
}

private fun encode(text: String) =
    QRCodeWriter().encode(
        text,
        BarcodeFormat.QR_CODE,
        0,
        0,
        mapOf(
            EncodeHintType.ERROR_CORRECTION to ErrorCorrectionLevel.M,
            EncodeHintType.MARGIN to 0,
            EncodeHintType.CHARACTER_SET to "UTF-8",
        ),
    )

/** Cells overlap by a hair, so that rounding leaves no white lines between them. */
private const val BLEED = 0.5f
