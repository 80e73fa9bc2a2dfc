package haitang.features.quiz

import haitang.bridge.fake.FakeQuizCore
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.map

/** A clock that a test turns; the phone's clock goes with it, unless the app is dead. */
internal class HandClock(
    private val core: FakeQuizCore,
) : AttemptClock {
    private val elapsed = MutableStateFlow(1_000L)

    override fun elapsedMs() = elapsed.value

    override val ticks: Flow<Unit> = elapsed.map { }

    /** Time passes while the app looks on. The core is not asked again, as it would not be on a phone. */
    fun pass(ms: Long) {
        elapsed.value += ms
    }

    /** Time passes while no app runs. */
    fun passDead(ms: Long) {
        core.now.value += ms
    }
}
