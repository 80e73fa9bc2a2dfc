package haitang.features.activity

import haitang.bridge.ActivityCore
import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import uniffi.haitang.CheckedIn
import uniffi.haitang.Location

/** What became of scanning so far. */
data class ScanState(
    val busy: Boolean = false,
    val problem: Failure? = null,
    val done: CheckedIn? = null,
)

/** @param place where the phone is, if the holder has agreed to tell and it is known; never asked for before a code was seen */
class ScanViewModel(
    private val core: ActivityCore,
    private val place: suspend () -> Location?,
) : ActingViewModel() {
    private val done = MutableStateFlow<CheckedIn?>(null)

    /** Stays until the next code is seen: whoever holds up a phone has no eye for what passes by. */
    private val turnedDown = MutableStateFlow<Failure?>(null)

    val state: StateFlow<ScanState> =
        combine(acting, turnedDown, done) { acting, problem, done -> ScanState(acting.busy, problem, done) }.shown(ScanState())

    /** The camera saw a code. Those that are seen while one is being looked at, or after it was right, are let be. */
    fun onScanned(text: String) {
        if (done.value != null) return
        act {
            turnedDown.value = null
            try {
                done.value = core.checkIn(text, place())
            } catch (failed: CoreFailure) {
                turnedDown.value = failed.failure
            }
        }
    }
}
