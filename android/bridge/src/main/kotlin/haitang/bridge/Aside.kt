package haitang.bridge

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import uniffi.haitang.CoreException
import uniffi.haitang.keepAside as keepAsideBlocking

/**
 * Moves the database of the phone in [folder] into a folder beside it, whose path it gives. Nothing is deleted or written over; no phone
 * may be open there meanwhile.
 *
 * @throws CoreFailure `missing` where there is no database
 */
suspend fun keepAside(
    folder: String,
    now: Long,
    dispatcher: CoroutineDispatcher = Dispatchers.IO,
): String =
    withContext(dispatcher) {
        try {
            keepAsideBlocking(folder, now)
        } catch (error: CoreException) {
            throw CoreFailure(error.failure())
        }
    }
