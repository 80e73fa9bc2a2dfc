package haitang.features.enrol

import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.CoreFailure
import haitang.bridge.EnrolCore
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import uniffi.haitang.Identity

/** Where in enrolling the person is. */
enum class EnrolStep { Welcome, Scan, Type, Done }

/** What enrolling shows. */
data class EnrolState(
    val step: EnrolStep = EnrolStep.Welcome,
    val server: String = "",
    val code: String = "",
    val deviceName: String = "",
    val busy: Boolean = false,
    val failure: Failure? = null,
    val holder: Identity? = null,
) {
    /** What was scanned may go through at another try; the camera tells of each code once. */
    val mayTryAgain get() = step == EnrolStep.Scan && failure != null && failure.kind != FailureKind.BadInput && failure.code != "bad_code"
    val mayGo get() = !busy && server.isNotBlank() && code.isNotBlank() && deviceName.isNotBlank()
}

/** Keeps what is typed in [saved], which outlives a killed process; the store's drafts belong to a holder, and there is none yet. */
class EnrolViewModel(
    private val core: EnrolCore,
    private val saved: SavedStateHandle,
    deviceName: String,
) : ViewModel() {
    private val own =
        MutableStateFlow(
            EnrolState(
                step = saved.get<String>("step")?.let { name -> EnrolStep.entries.firstOrNull { it.name == name } } ?: EnrolStep.Welcome,
                server = saved["server"] ?: "",
                code = saved["code"] ?: "",
                deviceName = saved["device"] ?: deviceName,
            ),
        )
    val state: StateFlow<EnrolState> = own.asStateFlow()

    private var scanned: String? = null

    fun go(step: EnrolStep) {
        saved["step"] = step.name
        own.update { it.copy(step = step, failure = null) }
    }

    fun server(text: String) {
        saved["server"] = text
        own.update { it.copy(server = text, failure = null) }
    }

    fun code(text: String) {
        saved["code"] = text
        own.update { it.copy(code = text, failure = null) }
    }

    fun deviceName(text: String) {
        saved["device"] = text
        own.update { it.copy(deviceName = text) }
    }

    fun scanned(text: String) {
        if (own.value.busy) return
        scanned = text
        enrol { core.enrolByQr(text, own.value.deviceName) }
    }

    /** Tries with what was scanned before. */
    fun again() = scanned?.let(::scanned) ?: Unit

    fun typed() {
        val now = own.value
        if (now.mayGo) enrol { core.enrol(addressOf(now.server), now.code.trim(), now.deviceName.trim()) }
    }

    /** The person has begun; whoever is enrolled on this phone next begins with the welcome. */
    fun begun() = own.update { EnrolState(deviceName = it.deviceName) }

    private fun enrol(how: suspend () -> Identity) {
        if (own.value.busy) return
        own.update { it.copy(busy = true, failure = null) }
        viewModelScope.launch {
            try {
                val holder = how()
                listOf("step", "server", "code").forEach { saved.remove<String>(it) }
                own.update { it.copy(busy = false, holder = holder, step = EnrolStep.Done) }
            } catch (failure: CoreFailure) {
                own.update { it.copy(busy = false, failure = failure.failure) }
            }
        }
    }
}

/** People leave out what every address begins with. */
internal fun addressOf(typed: String): String = typed.trim().trimEnd('/').let { if ("://" in it) it else "https://$it" }
