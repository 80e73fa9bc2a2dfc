package haitang.bridge

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import uniffi.haitang.coreVersion as coreVersionBlocking

/** The version of the core. Off the main thread, because it may be what loads the library. */
suspend fun coreVersion(dispatcher: CoroutineDispatcher = Dispatchers.IO): String = withContext(dispatcher) { coreVersionBlocking() }
