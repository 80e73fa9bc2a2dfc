package haitang.features.activity

import haitang.bridge.ActivityCore
import haitang.bridge.Loaded
import haitang.bridge.PAGE
import haitang.bridge.valueOrNull
import haitang.design.Content
import haitang.design.content
import haitang.design.dayOf
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flatMapLatest
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.onStart
import kotlinx.coroutines.flow.update
import uniffi.haitang.ActivityItem
import uniffi.haitang.Role
import java.time.LocalDate
import java.time.YearMonth

/** How activities are looked at. */
enum class CalendarView { Coming, Month, All }

/**
 * What the calendar shows.
 *
 * @param items what belongs to [view]: what is to come, those of [month], or all
 * @param hasMore whether more of them can be read
 */
data class CalendarState(
    val now: Long,
    val view: CalendarView = CalendarView.Coming,
    val month: YearMonth = YearMonth.from(dayOf(now)),
    val day: LocalDate = dayOf(now),
    val items: Content<List<ActivityItem>> = Content.Loading,
    val hasMore: Boolean = false,
    val mayPlan: Boolean = false,
)

@OptIn(ExperimentalCoroutinesApi::class)
class CalendarViewModel(
    private val core: ActivityCore,
    now: () -> Long = System::currentTimeMillis,
) : ActingViewModel() {
    private val opened = now()

    private data class Asked(
        val view: CalendarView,
        val month: YearMonth,
        val pages: Int = 1,
    ) {
        fun isAbout(other: Asked) = view == other.view && (view != CalendarView.Month || month == other.month)
    }

    private data class Answer(
        val asked: Asked,
        val items: Content<List<ActivityItem>>,
    )

    private val asked = MutableStateFlow(Asked(CalendarView.Coming, YearMonth.from(dayOf(opened))))
    private val day = MutableStateFlow(dayOf(opened))

    private val answers: Flow<Answer?> =
        asked.flatMapLatest { asked -> read(asked).map { Answer(asked, it.content()) } }.map<Answer, Answer?> { it }.onStart { emit(null) }

    private val mayPlan =
        core
            .me()
            .map {
                it
                    .valueOrNull()
                    ?.plansFor()
                    .orEmpty()
                    .isNotEmpty()
            }.onStart { emit(false) }

    val state: StateFlow<CalendarState> =
        combine(asked, day, answers, mayPlan) { asked, day, answer, mayPlan ->
            val items = answer?.takeIf { it.asked.isAbout(asked) }?.items ?: Content.Loading
            val read = (items as? Content.Ready)?.value?.size ?: 0
            CalendarState(
                now = opened,
                view = asked.view,
                month = asked.month,
                day = day,
                items = items,
                hasMore = asked.view == CalendarView.All && read >= asked.pages * PAGE,
                mayPlan = mayPlan,
            )
        }.shown(CalendarState(opened))

    fun onView(view: CalendarView) = asked.update { it.copy(view = view, pages = 1) }

    fun onMonth(month: YearMonth) {
        asked.update { it.copy(month = month) }
        day.value = if (month == YearMonth.from(dayOf(opened))) dayOf(opened) else month.atDay(1)
    }

    fun onDay(chosen: LocalDate) {
        day.value = chosen
    }

    /** The end of the list is near. */
    fun onMore() {
        if (state.value.hasMore) asked.update { it.copy(pages = it.pages + 1) }
    }

    private fun read(asked: Asked): Flow<Loaded<List<ActivityItem>>> =
        when (asked.view) {
            CalendarView.Coming -> core.calendar(startOf(dayOf(opened)), startOf(dayOf(opened).plusDays(COMING_DAYS)))
            CalendarView.Month -> core.calendar(startOf(asked.month.atDay(1)), startOf(asked.month.plusMonths(1).atDay(1)))
            CalendarView.All -> core.activities(asked.pages)
        }

    private companion object {
        const val COMING_DAYS = 92L
    }
}

/** The orgs for which the holder is offered to plan, as id and name; the core has the last word when the plan is handed in. */
internal fun uniffi.haitang.Me.plansFor(): List<Pair<String, String>> =
    appointments
        .filter { it.role in setOf(Role.SECRETARY, Role.LEADER, Role.ADMIN) }
        .map { it.orgId to it.org }
        .distinct()
