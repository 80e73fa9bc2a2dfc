package haitang.bridge.fake

import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.FileCore
import uniffi.haitang.Attachment

/** Files in memory. */
class FakeFileCore : FileCore {
    /** What is here, by hash. */
    val kept = mutableMapOf<String, ByteArray>()

    /** While it is set, nothing can be taken in. */
    var failure: Failure? = null

    override suspend fun attach(
        bytes: ByteArray,
        mediaType: String,
        name: String,
    ): Attachment {
        failure?.let { throw CoreFailure(it) }
        val sha256 = "%064x".format(kept.size + 1)
        kept[sha256] = bytes
        return Attachment(sha256, bytes.size.toULong(), mediaType, name)
    }

    override suspend fun bytes(sha256: String): ByteArray? = kept[sha256]
}
