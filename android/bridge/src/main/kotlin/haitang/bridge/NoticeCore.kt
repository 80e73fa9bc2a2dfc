package haitang.bridge

import kotlinx.coroutines.flow.Flow
import uniffi.haitang.Notice
import uniffi.haitang.NoticeItem

/** Notices: reading and confirming. */
interface NoticeCore {
    /** Those in force that are meant for the holder, unread ones first. */
    fun notices(): Flow<Loaded<List<NoticeItem>>>

    /** One of them. */
    fun notice(id: String): Flow<Loaded<Notice>>

    /** Notes that it was read. @throws CoreFailure */
    suspend fun read(id: String)

    /** Confirms one that asks for it. @throws CoreFailure */
    suspend fun confirm(id: String)
}

internal class PhoneNoticeCore(
    private val caller: Caller,
) : NoticeCore {
    override fun notices() = caller.live { notices() }

    override fun notice(id: String) = caller.live { notice(id) }

    override suspend fun read(id: String) {
        caller.call { readNotice(id) }
    }

    override suspend fun confirm(id: String) {
        caller.call { confirmNotice(id) }
    }
}
