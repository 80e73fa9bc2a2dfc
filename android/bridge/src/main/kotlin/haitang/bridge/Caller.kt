package haitang.bridge

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.withContext
import uniffi.haitang.CoreException
import uniffi.haitang.Phone

/**
 * How every feature reaches the core: off the main thread, one call per screen, failures as [CoreFailure].
 *
 * @param changes emits when it is first collected, and whenever anything a screen may show has changed
 */
class Caller(
    private val phone: Phone,
    private val dispatcher: CoroutineDispatcher,
    private val changes: Flow<Unit>,
) {
    /** Calls the core once. */
    suspend fun <T> call(ask: suspend Phone.() -> T): T =
        withContext(dispatcher) {
            try {
                phone.ask()
            } catch (error: CoreException) {
                throw CoreFailure(error.failure())
            }
        }

    /** Asks now, and again after every change. Changes that come faster than the answers are taken together. */
    fun <T> live(ask: Phone.() -> T): Flow<Loaded<T>> =
        changes
            .conflate()
            .map {
                try {
                    Loaded.Value(phone.ask())
                } catch (error: CoreException) {
                    Loaded.Failed(error.failure())
                }
            }.flowOn(dispatcher)

    /**
     * What the core tells by itself while somebody listens; only the newest of it matters. Begins and ends off the main thread too.
     *
     * @param watch begins to listen, hands on what it hears, and returns how to stop
     */
    fun <T> told(watch: Phone.(tell: (T) -> Unit) -> () -> Unit): Flow<T> =
        callbackFlow {
            val stop =
                try {
                    phone.watch { trySend(it) }
                } catch (error: CoreException) {
                    close(CoreFailure(error.failure()))
                    return@callbackFlow
                }
            awaitClose(stop)
        }.conflate().flowOn(dispatcher)
}
