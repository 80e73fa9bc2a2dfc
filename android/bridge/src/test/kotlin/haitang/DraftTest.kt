package haitang

import haitang.bridge.DraftKeeper
import haitang.bridge.PhoneCore
import haitang.testing.City
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import uniffi.haitang.Phone
import java.nio.file.Path

/** What is typed, and a process that is killed while it is. */
class DraftTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `at whatever keystroke the process is killed, what was typed is there`() =
        runBlocking {
            val phone = folder.resolve("phone").toFile()
            PhoneCore.open(phone.path, City.KEY).use { core ->
                val keeper = DraftKeeper(core.drafts, "log/new", Dispatchers.Default)
                val text = "今天下午两点，支部在二楼会议室学习消防知识。"
                for (typed in 1..text.length) {
                    keeper.save(text.take(typed))
                    withTimeout(5_000) { while (core.drafts.read("log/new") != text.take(typed)) delay(1) }
                    // What a kill leaves: the files as they are on the disk now.
                    val left = folder.resolve("left-$typed").toFile()
                    phone.copyRecursively(left)
                    Phone.open(left.path, City.KEY).use { assertEquals(text.take(typed), it.draft("log/new")?.text) }
                }
            }
        }

    @Test
    fun `typing faster than the disk loses only what was typed over`() =
        runBlocking {
            val phone = folder.resolve("phone").toFile()
            PhoneCore.open(phone.path, City.KEY).use { core ->
                val keeper = DraftKeeper(core.drafts, "report/t1", Dispatchers.Default)
                repeat(500) { keeper.save("楼道".repeat(it % 40) + it) }
                // The screen goes right after the last key.
                keeper.close()
                withTimeout(5_000) { while (core.drafts.read("report/t1")?.endsWith("499") != true) delay(1) }
                assertTrue(
                    core.drafts
                        .read("report/t1")
                        .orEmpty()
                        .startsWith("楼道"),
                )
            }
        }
}
