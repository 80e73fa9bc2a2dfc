package haitang.features.directory

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.DirectoryCore
import haitang.bridge.Failure
import haitang.design.Content
import haitang.design.Doing
import haitang.design.WhileShown
import haitang.design.content
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import uniffi.haitang.TransferItem

/** People who wait to be received. */
data class TransfersState(
    val transfers: Content<List<TransferItem>> = Content.Loading,
    val busy: Boolean = false,
    val failure: Failure? = null,
)

class TransfersViewModel(
    private val core: DirectoryCore,
) : ViewModel() {
    private val doing = Doing(viewModelScope)

    val state: StateFlow<TransfersState> =
        combine(core.transfers(), doing.state) { transfers, doing -> TransfersState(transfers.content(), doing.busy, doing.failure) }
            .stateIn(viewModelScope, WhileShown, TransfersState())

    /** Receives somebody. */
    fun accept(transfer: String) = doing.act { core.acceptTransfer(transfer) }

    /** Says no to somebody. */
    fun decline(
        transfer: String,
        reason: String,
    ) = doing.act { core.declineTransfer(transfer, reason) }

    /** The failure was shown. */
    fun told() = doing.told()
}
