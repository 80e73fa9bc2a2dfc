package haitang.testing

import java.io.File
import java.net.ServerSocket
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.TimeUnit

/**
 * A real server, started for one test and stopped with it.
 *
 * The program is the one that the system property `haitang.server` names. Its log goes to `server.log` in [folder], and the
 * end of it into the message of a start that fails.
 *
 * @param url where it answers, such as `http://127.0.0.1:40123`
 */
class ServerProcess private constructor(
    private val process: Process,
    private val log: File,
    val url: String,
) : AutoCloseable {
    /** What it has written so far, to stdout and stderr. */
    fun output(): String = log.readText()

    /** Asks it to stop, which lets it finish what it has acknowledged; kills it after ten seconds. */
    override fun close() {
        process.destroy()
        if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor()
        }
    }

    private fun awaitHealth() {
        val client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()
        val request = HttpRequest.newBuilder(URI("$url/healthz")).timeout(Duration.ofSeconds(1)).build()
        val deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX)
        while (true) {
            val healthy =
                runCatching { client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200 }.getOrDefault(false)
            // Asked after the answer: another program may hold the port while ours has already given up.
            check(process.isAlive) { "the server ended with ${process.exitValue()}:\n${output().takeLast(LOG_CHARS_SHOWN)}" }
            if (healthy) return
            check(System.nanoTime() < deadline) {
                "the server was not healthy within $START_SECONDS_MAX s:\n${output().takeLast(LOG_CHARS_SHOWN)}"
            }
            Thread.sleep(POLL_MS)
        }
    }

    companion object {
        private const val START_SECONDS_MAX = 30L
        private const val STOP_SECONDS_MAX = 10L
        private const val POLL_MS = 25L
        private const val LOG_CHARS_SHOWN = 4000

        /**
         * Starts it with the arguments that [arguments] makes of the port [wanted] of 127.0.0.1, or a free one where that is 0, and returns once `/healthz`
         * answers 200.
         *
         * @throws IllegalStateException when it ends, or is not healthy within 30 seconds; its log is in the message
         */
        fun start(
            folder: Path,
            wanted: Int = 0,
            arguments: (port: Int) -> List<String>,
        ): ServerProcess {
            val port = if (wanted != 0) wanted else ServerSocket(0).use { it.localPort }
            val log = folder.resolve("server.log").toFile()
            val process =
                ProcessBuilder(listOf(program()) + arguments(port))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start()
            val server = ServerProcess(process, log, "http://127.0.0.1:$port")
            return try {
                server.awaitHealth()
                server
            } catch (failure: IllegalStateException) {
                server.close()
                throw failure
            }
        }

        /** Runs the server's program once with [arguments], such as `issue-code`, and returns what it prints. */
        fun run(
            folder: Path,
            vararg arguments: String,
        ): String {
            val process =
                ProcessBuilder(listOf(program()) + arguments)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start()
            val printed = process.inputStream.bufferedReader().readText()
            val code = process.waitFor()
            check(code == 0) { "${arguments.joinToString(" ")} ended with $code: $printed" }
            return printed
        }

        private fun program(): String =
            System.getProperty("haitang.server").orEmpty().ifEmpty { error("the system property haitang.server names no program") }
    }
}
