package haitang.features.outbox

import org.junit.Assert.assertEquals
import org.junit.Test
import uniffi.haitang.commandNames

class CommandTextTest {
    @Test
    fun `everything a person can do has a name, and nothing else has`() {
        assertEquals(commandNames().sorted(), COMMAND_TEXTS.keys.sorted())
    }
}
