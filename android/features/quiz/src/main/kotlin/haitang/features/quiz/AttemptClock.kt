package haitang.features.quiz

import android.os.SystemClock
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/** What counts the time between two answers of the core. Nobody can set it back, and it goes on while the phone sleeps. */
interface AttemptClock {
    /** Milliseconds since some moment. */
    fun elapsedMs(): Long

    /** Emits at once, and whenever what is left should be shown anew. */
    val ticks: Flow<Unit>
}

/** The phone's own. */
internal object PhoneClock : AttemptClock {
    private const val SECOND_MS = 1_000L

    override fun elapsedMs() = SystemClock.elapsedRealtime()

    override val ticks =
        flow {
            while (true) {
                emit(Unit)
                delay(SECOND_MS)
            }
        }
}
