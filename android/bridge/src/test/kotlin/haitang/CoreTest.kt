package haitang

import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import uniffi.haitang.coreVersion

class CoreTest {
    @Test
    fun `the library loads and says its version`() {
        val version = coreVersion()
        assertTrue(Regex("""\d+\.\d+\.\d+""").matches(version), version)
    }
}
