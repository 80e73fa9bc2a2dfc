package haitang.features.mydata

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.Failure
import haitang.bridge.MyDataCore
import haitang.design.Content
import haitang.design.Doing
import haitang.design.WhileShown
import haitang.design.content
import haitang.design.dayOf
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import uniffi.haitang.ConsentPurpose
import uniffi.haitang.MyData

/** A text to be kept elsewhere. */
data class Export(
    val name: String,
    val text: String,
)

/**
 * What the holder sees of their own data.
 *
 * @param export was made and waits to be handed on
 */
data class MyDataState(
    val data: Content<MyData> = Content.Loading,
    val export: Export? = null,
    val busy: Boolean = false,
    val failure: Failure? = null,
)

class MyDataViewModel(
    private val core: MyDataCore,
    private val now: () -> Long = System::currentTimeMillis,
) : ViewModel() {
    private val doing = Doing(viewModelScope)
    private val export = MutableStateFlow<Export?>(null)

    val state: StateFlow<MyDataState> =
        combine(core.myData(), export, doing.state) { data, export, doing ->
            MyDataState(data.content(), export, doing.busy, doing.failure)
        }.stateIn(viewModelScope, WhileShown, MyDataState())

    /** Gives a consent, or takes it back. */
    fun consent(
        purpose: ConsentPurpose,
        given: Boolean,
    ) = doing.act { if (given) core.giveConsent(purpose) else core.withdrawConsent(purpose) }

    /** Gathers all that is about the holder. */
    fun exportMine() = doing.act { export.value = Export("haitang-mydata-${dayOf(now())}.json", core.exportMine()) }

    /** Gathers what is not yet on the server. */
    fun exportUnsent() = doing.act { export.value = Export("haitang-unsent-${dayOf(now())}.json", core.exportUnsent()) }

    /** The export was handed on. */
    fun exported() {
        export.value = null
    }

    /** The failure was shown. */
    fun told() = doing.told()
}
