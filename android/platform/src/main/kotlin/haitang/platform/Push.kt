package haitang.platform

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emptyFlow

/**
 * A vendor's way of waking the app: Huawei, Xiaomi, OPPO, vivo, Honor each have one. What arrives by it says nothing but "pull"; who
 * wants to read the city's notices finds none there. docs/push.md tells how one is written; none is shipped.
 */
interface PushChannel {
    /** What the server sends to, or nothing where the vendor gives none. */
    suspend fun token(): String?

    /** Emits whenever the server says that there is something to pull. */
    val messages: Flow<Unit>
}

/** None: news is found by the app when it is seen, and every quarter of an hour when it is not. */
object NoPush : PushChannel {
    override suspend fun token(): String? = null

    override val messages: Flow<Unit> = emptyFlow()
}
