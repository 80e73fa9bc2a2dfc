package haitang.features.quiz

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import haitang.bridge.CoreFailure
import haitang.bridge.DraftCore
import haitang.bridge.DraftKeeper
import haitang.bridge.Failure
import haitang.bridge.Loaded
import haitang.bridge.QuizCore
import haitang.design.Content
import haitang.design.Doing
import haitang.design.DoingState
import haitang.design.content
import haitang.design.valueOrNull
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import org.json.JSONArray
import org.json.JSONException
import uniffi.haitang.Answer
import uniffi.haitang.AttemptPage
import uniffi.haitang.QuestionKind

/**
 * An attempt being answered. A choice is handed to the core at once; what is typed is kept as a draft at every keystroke, and handed over
 * when the typing pauses or the question is left, so that a word does not become as many commands as it has letters.
 */
class AttemptViewModel(
    private val core: QuizCore,
    private val drafts: DraftCore,
    private val id: String,
    private val clock: AttemptClock = PhoneClock,
) : ViewModel(),
    AttemptEvents {
    private val doing = Doing(viewModelScope)
    private val own = MutableStateFlow(Own())
    private val keeper = AnswerKeeper(core, id, ::kept)
    private val keepers = mutableMapOf<Int, DraftKeeper>()
    private val typing = mutableMapOf<Int, Job>()
    private var restoring = false
    private var handedInByItself = false

    private val read =
        core.attempt(id).map { loaded ->
            restore(loaded)
            Read(loaded.content(), clock.elapsedMs())
        }

    // Eagerly: the time runs out whether or not anybody is looking.
    val state: StateFlow<AttemptState> =
        combine(read, own, doing.state, keeper.failure, clock.ticks) { read, own, doing, unkept, _ -> state(read, own, doing, unkept) }
            .stateIn(viewModelScope, SharingStarted.Eagerly, AttemptState())

    init {
        viewModelScope.launch {
            state.collect { now ->
                val open = now.page.valueOrNull()?.finished == false && !now.handedIn
                if (open && now.over && !handedInByItself) {
                    handedInByItself = true
                    handIn()
                }
            }
        }
    }

    override fun answer(
        question: Int,
        given: Answer?,
    ) {
        own.update { it.copy(given = it.given + (question to given)) }
        keeper.keep(question, given)
    }

    override fun type(
        question: Int,
        blanks: List<String>,
    ) {
        own.update { it.copy(given = it.given + (question to texts(blanks))) }
        keepers.getOrPut(question) { DraftKeeper(drafts, key(question)) }.save(JSONArray(blanks).toString())
        typing.remove(question)?.cancel()
        typing[question] =
            viewModelScope.launch {
                delay(PAUSE_MS)
                typing.remove(question)
                keeper.keep(question, own.value.given[question])
            }
    }

    override fun goTo(question: Int) {
        handOver()
        own.update { it.copy(question = question, overview = false) }
    }

    override fun overview(shown: Boolean) {
        handOver()
        own.update { it.copy(overview = shown) }
    }

    override fun ask(asking: Boolean) = own.update { it.copy(asking = asking) }

    override fun handIn() =
        doing.act {
            own.update { it.copy(asking = false) }
            handOver()
            keeper.settle()
            core.handIn(id)
            own.update { it.copy(handedIn = true) }
        }

    override fun told() = doing.told()

    override fun onCleared() {
        handOver()
        keeper.close()
        keepers.values.forEach { it.close() }
    }

    /** What was typed and not yet given to the core is given now. */
    private fun handOver() {
        val questions = typing.keys.toList()
        questions.forEach { question ->
            typing.remove(question)?.cancel()
            keeper.keep(question, own.value.given[question])
        }
    }

    /** An answer is on the disk: its draft may go, unless it was typed on since. */
    private fun kept(
        question: Int,
        given: Answer?,
    ) {
        if (own.value.given[question] == given) keepers[question]?.drop()
    }

    /** Takes up what was typed before the process was killed. */
    private suspend fun restore(loaded: Loaded<AttemptPage>) {
        if (loaded !is Loaded.Value || restoring) return
        restoring = true
        val page = loaded.value
        page.paper.questions.forEachIndexed { question, asked ->
            if (asked.kind !is QuestionKind.FillIn) return@forEachIndexed
            val blanks = draft(question) ?: return@forEachIndexed
            keepers[question] = DraftKeeper(drafts, key(question))
            answer(question, texts(blanks))
        }
        // Goes on where the first answer is wanting.
        val first = page.answers.indices.firstOrNull { page.answers[it] == null && it !in own.value.given } ?: 0
        own.update { it.copy(question = first) }
    }

    private suspend fun draft(question: Int): List<String>? =
        try {
            drafts.read(key(question))?.let { text -> JSONArray(text).let { all -> List(all.length()) { all.getString(it) } } }
        } catch (_: CoreFailure) {
            null
        } catch (_: JSONException) {
            null
        }

    private fun key(question: Int) = "quiz/$id/$question"

    private fun texts(blanks: List<String>): Answer? = if (blanks.all { it.isBlank() }) null else Answer.Texts(blanks)

    private fun state(
        read: Read,
        own: Own,
        doing: DoingState,
        unkept: Failure?,
    ): AttemptState {
        val page = read.page.valueOrNull()
        return AttemptState(
            page = read.page,
            question = own.question,
            answers = page?.answers.orEmpty().mapIndexed { number, kept -> if (number in own.given) own.given[number] else kept },
            overview = own.overview,
            asking = own.asking,
            remainingMs = page?.remainingMs?.let { (it - (clock.elapsedMs() - read.at)).coerceAtLeast(0) },
            handedIn = own.handedIn || page?.finished == true,
            busy = doing.busy,
            failure = doing.failure,
            unkept = unkept,
        )
    }

    /** What the core said, and when by the clock that counts on from there. */
    private class Read(
        val page: Content<AttemptPage>,
        val at: Long,
    )

    private data class Own(
        val question: Int = 0,
        val given: Map<Int, Answer?> = emptyMap(),
        val overview: Boolean = false,
        val asking: Boolean = false,
        val handedIn: Boolean = false,
    )

    private companion object {
        const val PAUSE_MS = 1_500L
    }
}
