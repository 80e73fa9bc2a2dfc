package haitang.features.mydata

import org.junit.Assert.assertEquals
import org.junit.Test
import uniffi.haitang.kindNames

class KindsTest {
    @Test
    fun `each kind of record that the core keeps has a name`() {
        assertEquals(kindNames().toSet(), KINDS.keys)
    }
}
