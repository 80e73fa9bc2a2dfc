package haitang.bridge

import kotlinx.coroutines.flow.Flow
import uniffi.haitang.NoticeItem
import uniffi.haitang.NoticePage

/** Notices: reading and confirming. */
interface NoticeCore {
    /** Those in force that are meant for the holder, unread ones first: as many pages of [PAGE] as asked for. */
    fun notices(pages: Int = 1): Flow<Loaded<List<NoticeItem>>>

    /** One of them. */
    fun page(id: String): Flow<Loaded<NoticePage>>

    /** Notes that it was read. @throws CoreFailure */
    suspend fun read(id: String)

    /** Confirms one that asks for it. @throws CoreFailure */
    suspend fun confirm(id: String)

    /** Takes one back that should not hold any longer. @throws CoreFailure */
    suspend fun withdraw(
        id: String,
        reason: String,
    )
}

internal class PhoneNoticeCore(
    private val caller: Caller,
) : NoticeCore {
    override fun notices(pages: Int) = caller.live { readPages(pages, { it.id }) { notices(it) }.items }

    override fun page(id: String) = caller.live { noticePage(id) }

    override suspend fun read(id: String) {
        caller.call { readNotice(id) }
    }

    override suspend fun confirm(id: String) {
        caller.call { confirmNotice(id) }
    }

    override suspend fun withdraw(
        id: String,
        reason: String,
    ) {
        caller.call { withdrawNotice(id, reason) }
    }
}
