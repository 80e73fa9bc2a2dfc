package haitang.platform

import org.junit.Assert.assertEquals
import org.junit.Test

class Gcj02Test {
    @Test
    fun `agrees with the published reference points`() {
        // The test vectors of github.com/googollee/eviltransform: WGS-84, then GCJ-02.
        agrees(31.1774276, 121.5272106, 31.17530398364597, 121.531541859215)
        agrees(22.543847, 113.912316, 22.540796131694766, 113.9171764808363)
        agrees(39.911954, 116.377817, 39.91334545536069, 116.38404722455657)
    }

    @Test
    fun `nothing moves outside of China`() {
        assertEquals(MapPoint(48.8584, 2.2945), onChineseMap(48.8584, 2.2945))
        assertEquals(MapPoint(-22.9068, -43.1729), onChineseMap(-22.9068, -43.1729))
    }

    private fun agrees(
        latitude: Double,
        longitude: Double,
        mapLatitude: Double,
        mapLongitude: Double,
    ) {
        val shown = onChineseMap(latitude, longitude)
        // A tenth of a metre.
        assertEquals(mapLatitude, shown.latitude, 1e-6)
        assertEquals(mapLongitude, shown.longitude, 1e-6)
    }
}
