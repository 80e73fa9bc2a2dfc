package haitang.testing

import uniffi.haitang.Phone
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.readText

/**
 * A small demo city in a server's data folder, and the server over it, which can be stopped and started like a network that
 * goes and comes.
 *
 * @param folder where everything of the test lies
 */
class City(
    private val folder: Path,
) : AutoCloseable {
    private val cast: String
    private var server: ServerProcess? = null
    private var port = 0

    init {
        val written = folder.resolve("cast.json")
        val demo = Path.of(System.getProperty("haitang.server")).resolveSibling("haitang-demo").toString()
        val loaded =
            ProcessBuilder(demo, "city", "--data", data(), "--members", "200", "--cast", "$written")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("demo.log").toFile())
                .start()
                .waitFor()
        check(loaded == 0) { folder.resolve("demo.log").readText() }
        cast = written.readText()
    }

    private fun data() = folder.resolve("data").toString()

    /** Where the server answers. */
    val url get() = "http://127.0.0.1:$port"

    /** The network is there: the server runs, at the same address as before. */
    fun online() {
        server =
            ServerProcess.start(folder, port) { at ->
                port = at
                listOf("--data", data(), "--listen", "127.0.0.1:$at")
            }
    }

    /** The network is gone. */
    fun offline() {
        server?.close()
        server = null
    }

    /** The id that the cast gives under a path such as `secretary` or `templates/themed_day`. */
    fun id(path: String): String {
        val from = path.split('/').fold(0) { at, name -> cast.indexOf("\"$name\"", at).also { check(it >= 0) { path } } }
        return Regex("\"id\": \"([0-9a-f-]{36})\"").find(cast, from)?.groupValues?.get(1) ?: error(path)
    }

    /** The first tasks of the grid. */
    fun visit(number: Int): String {
        val from = cast.indexOf("\"visits\"")
        return Regex("\"id\": \"([0-9a-f-]{36})\"").findAll(cast, from).elementAt(number).groupValues[1]
    }

    /** A one-time code for a person of the cast. */
    fun code(person: String): String {
        val said = ServerProcess.run(folder, "--data", data(), "enrol-code", id(person), "--json")
        return Regex("\"code\":\\s*\"([^\"]+)\"").find(said)?.groupValues?.get(1) ?: error(said)
    }

    /** Shuts a device out. */
    fun revoke(device: String) {
        ServerProcess.run(folder, "--data", data(), "revoke", device)
    }

    /** An empty phone in a folder of its own. */
    fun phone(name: String): Phone = Phone.open(Files.createDirectories(folder.resolve(name)).toString(), KEY)

    /** A phone of a person of the cast, enrolled and synced. */
    suspend fun enrolled(person: String): Phone {
        val phone = phone(person)
        phone.enrol(url, code(person), person)
        phone.sync()
        return phone
    }

    override fun close() = offline()

    companion object {
        /** The key of every database here; a real one comes from the platform's keystore. */
        val KEY = ByteArray(32) { 7 }
    }
}
