package haitang.features.task

import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test

class WordsTest {
    @Test
    fun `a place is a building and what is in it`() {
        assertEquals("大儒巷 12 号 3 幢", buildingOf("大儒巷 12 号 3 幢 2 单元 401 室"))
        assertEquals("2 单元 401 室", withinBuilding("大儒巷 12 号 3 幢 2 单元 401 室"))
        assertEquals("大儒巷南门", buildingOf(" 大儒巷南门 "))
        assertEquals("", withinBuilding("大儒巷南门"))
    }

    @Test
    fun `a number is found in what is written about whom to ask for`() {
        assertEquals("13812345678", phoneIn("王秀英 13812345678"))
        assertEquals("0512-67271234", phoneIn("陈先生 0512-67271234（晚上）"))
        assertNull(phoneIn("找 3 楼的阿姨"))
    }
}
