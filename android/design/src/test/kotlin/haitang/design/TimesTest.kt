package haitang.design

import androidx.compose.material3.Text
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.onNodeWithText
import haitang.testing.ScreenTest
import org.junit.Test
import org.robolectric.RuntimeEnvironment
import java.time.LocalDateTime

class TimesTest : ScreenTest() {
    private val now = moment(2026, 11, 24)

    @Test
    fun `days are told as people say them`() {
        show {
            Text(listOf(24, 25, 23, 27).map { dayText(moment(2026, 11, it), now) }.joinToString() + "/" + dayText(moment(2027, 1, 2), now))
        }
        rule.onNodeWithText("今天, 明天, 昨天, 11月27日 周五/2027年1月2日 周六").assertIsDisplayed()
    }

    @Test
    fun `and in English`() {
        RuntimeEnvironment.setQualifiers("en-rUS-w360dp-h640dp-port-xhdpi")
        show { Text(dayText(moment(2026, 11, 27), now) + "/" + dayText(moment(2027, 1, 2), now)) }
        rule.onNodeWithText("Fri 27 Nov/Sat 2 Jan 2027").assertIsDisplayed()
    }

    private fun moment(
        year: Int,
        month: Int,
        day: Int,
    ) = LocalDateTime
        .of(year, month, day, 9, 30)
        .atZone(ChinaZone)
        .toInstant()
        .toEpochMilli()
}
