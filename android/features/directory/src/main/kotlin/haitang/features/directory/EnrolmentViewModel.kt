package haitang.features.directory

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.CoreFailure
import haitang.bridge.DirectoryCore
import haitang.bridge.EnrolCore
import haitang.bridge.valueOrNull
import haitang.design.Content
import haitang.design.WhileShown
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import uniffi.haitang.Enrolment

/**
 * What is shown to enrol a person's phone.
 *
 * @param name whose phone it is
 * @param server where it will be enrolled, for whoever types
 */
data class EnrolmentState(
    val name: String = "",
    val server: String = "",
    val code: Content<Enrolment> = Content.Loading,
)

class EnrolmentViewModel(
    private val core: DirectoryCore,
    private val enrol: EnrolCore,
    private val member: String,
) : ViewModel() {
    private val server = MutableStateFlow("")
    private val code = MutableStateFlow<Content<Enrolment>>(Content.Loading)
    private var asking: Job? = null

    val state: StateFlow<EnrolmentState> =
        combine(core.member(member), server, code) { page, server, code ->
            EnrolmentState(
                page
                    .valueOrNull()
                    ?.item
                    ?.name
                    .orEmpty(),
                server,
                code,
            )
        }.stateIn(viewModelScope, WhileShown, EnrolmentState())

    init {
        ask()
    }

    /** Asks the server for a code. */
    fun ask() {
        if (asking?.isActive == true) return
        code.value = Content.Loading
        asking =
            viewModelScope.launch {
                code.value =
                    try {
                        server.value = enrol.identity().server
                        Content.Ready(core.newEnrolment(member))
                    } catch (failed: CoreFailure) {
                        Content.Failed(failed.failure)
                    }
            }
    }
}
