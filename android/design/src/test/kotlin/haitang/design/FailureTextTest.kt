package haitang.design

import android.content.Context
import androidx.test.core.app.ApplicationProvider
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import uniffi.haitang.errorCodes

class FailureTextTest : ScreenTest() {
    private val resources get() = ApplicationProvider.getApplicationContext<Context>().resources

    private fun text(failure: Failure) = failureText(failure) { id, values -> resources.getString(id, *values) }

    @Test
    fun `every code of the core has a sentence`() {
        val codes = errorCodes()
        assertTrue("${codes.size}", codes.size > 40)
        assertEquals(emptyList<String>(), codes.filter { it !in FAILURE_TEXTS })
    }

    @Test
    fun `no sentence is for a code that there is none of`() {
        assertEquals(emptySet<String>(), FAILURE_TEXTS.keys - errorCodes().toSet())
    }

    @Test
    fun `what the sentence needs is in it`() {
        assertTrue(text(Failure(FailureKind.Refused, "not_allowed", mapOf("role" to "secretary"))).contains("书记"))
        assertTrue(text(Failure(FailureKind.Refused, "too_long", mapOf("limit" to "200"))).contains("200"))
        assertTrue(text(Failure(FailureKind.Server, "too_large", mapOf("limit" to "52428800"))).contains("50 MB"))
    }

    @Test
    fun `one code that means two things is told by who said it`() {
        val scanned = text(Failure(FailureKind.Refused, "bad_code"))
        val enrolment = text(Failure(FailureKind.Server, "bad_code"))
        assertTrue(scanned, scanned.contains("二维码"))
        assertTrue(enrolment, enrolment.contains("登记码"))
    }

    @Test
    fun `a code of a later version is told with its name`() {
        val said = text(Failure(FailureKind.Server, "of_tomorrow"))
        assertTrue(said, said.contains("of_tomorrow"))
        assertFalse(said, said.contains("%"))
    }
}
