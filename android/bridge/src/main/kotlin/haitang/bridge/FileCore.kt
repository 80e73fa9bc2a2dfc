package haitang.bridge

import uniffi.haitang.Attachment

/** Photos, recordings and documents. */
interface FileCore {
    /** Takes bytes in, to be named by a log or a report; sent by itself once that is sent. @throws CoreFailure */
    suspend fun attach(
        bytes: ByteArray,
        mediaType: String,
        name: String,
    ): Attachment

    /** The bytes of a file: from this phone, else from the server where there is a network; nothing where it is not to be had now. */
    suspend fun bytes(sha256: String): ByteArray?
}

internal class PhoneFileCore(
    private val caller: Caller,
) : FileCore {
    override suspend fun attach(
        bytes: ByteArray,
        mediaType: String,
        name: String,
    ) = caller.call { attachBytes(bytes, mediaType, name) }

    override suspend fun bytes(sha256: String): ByteArray? =
        try {
            caller.call { fileBytes(sha256) ?: fetchFile(sha256) }
        } catch (_: CoreFailure) {
            null
        }
}
