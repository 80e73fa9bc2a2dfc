package haitang.platform

import kotlin.math.PI
import kotlin.math.abs
import kotlin.math.cos
import kotlin.math.sin
import kotlin.math.sqrt

/** A point as maps published in China draw it: by GCJ-02. To be shown, never to be kept or sent. */
data class MapPoint(
    val latitude: Double,
    val longitude: Double,
)

/**
 * Where a WGS-84 position lies on a Chinese base map, which is bent against it by up to about 700 m. Outside of the rectangle around
 * China positions are the same. The formulas are those that are publicly known; they agree with the maps to about a metre.
 */
fun onChineseMap(
    latitude: Double,
    longitude: Double,
): MapPoint {
    if (latitude !in CHINA_LATITUDES || longitude !in CHINA_LONGITUDES) return MapPoint(latitude, longitude)
    val (north, east) = (latitude - 35.0) to (longitude - 105.0)
    val radians = latitude / 180.0 * PI
    val bend = 1 - ECCENTRICITY_SQUARED * sin(radians) * sin(radians)
    val metresNorth = northwards(east, north)
    val metresEast = eastwards(east, north)
    return MapPoint(
        latitude + metresNorth * 180.0 / (SEMI_MAJOR * (1 - ECCENTRICITY_SQUARED) / (bend * sqrt(bend)) * PI),
        longitude + metresEast * 180.0 / (SEMI_MAJOR / sqrt(bend) * cos(radians) * PI),
    )
}

private fun northwards(
    x: Double,
    y: Double,
) = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) +
    (20.0 * sin(6.0 * x * PI) + 20.0 * sin(2.0 * x * PI)) * 2.0 / 3.0 +
    (20.0 * sin(y * PI) + 40.0 * sin(y / 3.0 * PI)) * 2.0 / 3.0 +
    (160.0 * sin(y / 12.0 * PI) + 320.0 * sin(y * PI / 30.0)) * 2.0 / 3.0

private fun eastwards(
    x: Double,
    y: Double,
) = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) +
    (20.0 * sin(6.0 * x * PI) + 20.0 * sin(2.0 * x * PI)) * 2.0 / 3.0 +
    (20.0 * sin(x * PI) + 40.0 * sin(x / 3.0 * PI)) * 2.0 / 3.0 +
    (150.0 * sin(x / 12.0 * PI) + 300.0 * sin(x / 30.0 * PI)) * 2.0 / 3.0

private val CHINA_LATITUDES = 0.8293..55.8271
private val CHINA_LONGITUDES = 72.004..137.8347

// The ellipsoid of Krasovsky, by which the map was bent.
private const val SEMI_MAJOR = 6_378_245.0
private const val ECCENTRICITY_SQUARED = 0.00669342162296594323
