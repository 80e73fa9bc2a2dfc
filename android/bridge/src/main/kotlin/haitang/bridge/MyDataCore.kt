package haitang.bridge

import kotlinx.coroutines.flow.Flow
import uniffi.haitang.ConsentItem
import uniffi.haitang.ConsentPurpose
import uniffi.haitang.MyData

/** What is kept about the holder, and who looked. */
interface MyDataCore {
    /** What this phone keeps. */
    fun myData(): Flow<Loaded<MyData>>

    /** What the holder consented to, or did once. */
    fun consents(): Flow<Loaded<List<ConsentItem>>>

    /** Consents to something. @throws CoreFailure */
    suspend fun giveConsent(purpose: ConsentPurpose)

    /** Takes a consent back. @throws CoreFailure */
    suspend fun withdrawConsent(purpose: ConsentPurpose)

    /** Everything here that is about the holder, as JSON. @throws CoreFailure */
    suspend fun exportMine(): String

    /** Everything that is not yet on the server, as JSON. @throws CoreFailure */
    suspend fun exportUnsent(): String
}

internal class PhoneMyDataCore(
    private val caller: Caller,
) : MyDataCore {
    override fun myData() = caller.live { myData() }

    override fun consents() = caller.live { consents() }

    override suspend fun giveConsent(purpose: ConsentPurpose) {
        caller.call { giveConsent(purpose) }
    }

    override suspend fun withdrawConsent(purpose: ConsentPurpose) {
        caller.call { withdrawConsent(purpose) }
    }

    override suspend fun exportMine() = caller.call { exportMyData() }

    override suspend fun exportUnsent() = caller.call { exportUnsent() }
}
