package haitang.bridge

import kotlinx.coroutines.flow.Flow
import uniffi.haitang.Enrolment
import uniffi.haitang.Me
import uniffi.haitang.MemberItem
import uniffi.haitang.MemberPage
import uniffi.haitang.OrgPage
import uniffi.haitang.TransferItem

/** People and orgs. */
interface DirectoryCore {
    /** Who the holder is. */
    fun me(): Flow<Loaded<Me>>

    /** One org, with the orgs below and its first members. */
    fun org(id: String): Flow<Loaded<OrgPage>>

    /** The members of an org, by name: as many pages of [PAGE] as asked for. */
    fun membersOf(
        org: String,
        pages: Int,
    ): Flow<Loaded<List<MemberItem>>>

    /** One person. */
    fun member(id: String): Flow<Loaded<MemberPage>>

    /** People whose name fits: its characters, its pinyin or the beginning of it, or initials. */
    fun search(text: String): Flow<Loaded<List<MemberItem>>>

    /** People on the way to an org that the holder answers for. */
    fun transfers(): Flow<Loaded<List<TransferItem>>>

    /** Receives somebody. @throws CoreFailure */
    suspend fun acceptTransfer(id: String)

    /** Says no to somebody. @throws CoreFailure */
    suspend fun declineTransfer(
        id: String,
        reason: String,
    )

    /** Notes that somebody else's page was looked at, and what for: they see it. @throws CoreFailure */
    suspend fun noteLook(
        member: String,
        purpose: String,
    )

    /** A code with which a member's phone is enrolled; asks the server for it. @throws CoreFailure */
    suspend fun newEnrolment(member: String): Enrolment
}

internal class PhoneDirectoryCore(
    private val caller: Caller,
) : DirectoryCore {
    override fun me() = caller.live { whoami() }

    override fun org(id: String) = caller.live { org(id) }

    override fun membersOf(
        org: String,
        pages: Int,
    ) = caller.live { readPages(pages, { it.id }) { membersOf(org, it) }.items }

    override fun member(id: String) = caller.live { member(id) }

    override fun search(text: String) = caller.live { searchNames(text) }

    override fun transfers() = caller.live { transfers() }

    override suspend fun acceptTransfer(id: String) {
        caller.call { acceptTransfer(id) }
    }

    override suspend fun declineTransfer(
        id: String,
        reason: String,
    ) {
        caller.call { declineTransfer(id, reason) }
    }

    override suspend fun noteLook(
        member: String,
        purpose: String,
    ) = caller.call { noteLook(member, purpose) }

    override suspend fun newEnrolment(member: String) = caller.call { newEnrolment(member) }
}
