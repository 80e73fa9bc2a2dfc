package haitang

import haitang.bridge.coreVersion
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class CoreTest {
    @Test
    fun `the library loads and says its version`() {
        val version = runBlocking { coreVersion() }
        assertTrue(Regex("""\d+\.\d+\.\d+""").matches(version), version)
    }
}
