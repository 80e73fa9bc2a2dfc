package haitang.bridge

import kotlinx.coroutines.flow.Flow
import uniffi.haitang.HomePage

/** What the first screen shows. */
interface HomeCore {
    /** What is due, what is new, and what is not yet on the server. */
    fun page(): Flow<Loaded<HomePage>>
}

internal class PhoneHomeCore(
    private val caller: Caller,
) : HomeCore {
    override fun page() = caller.live { home() }
}
