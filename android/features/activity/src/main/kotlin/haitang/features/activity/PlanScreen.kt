package haitang.features.activity

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import haitang.design.CheckRow
import haitang.design.ChoiceRow
import haitang.design.ContentBox
import haitang.design.Haitang
import haitang.design.HaitangScreen
import haitang.design.PrimaryButton
import haitang.design.READABLE
import haitang.design.ReadingColumn
import haitang.design.SectionTitle
import haitang.design.TextEntry
import haitang.design.failureText
import haitang.design.valueOrNull
import uniffi.haitang.ActivityKind
import uniffi.haitang.ActivityPlan

/** What a hand can do with a plan. */
class PlanEvents(
    val onChange: (ActivityPlan) -> Unit = {},
    val onKind: (ActivityPlan, ActivityKind) -> Unit = { _, _ -> },
    val onSubmit: (ActivityPlan) -> Unit = {},
    val onDone: (String) -> Unit = {},
    val onRetry: () -> Unit = {},
    val onProblemShown: () -> Unit = {},
    val onBack: () -> Unit = {},
)

/** Planning an activity, or changing the plan. */
@Composable
fun PlanScreen(
    state: PlanState,
    on: PlanEvents,
) {
    LaunchedEffect(state.done) { state.done?.let(on.onDone) }
    HaitangScreen(
        stringResource(if (state.isNew) R.string.activity_plan else R.string.activity_replan),
        onBack = on.onBack,
        message = messageOf(state.problem ?: state.unsafe),
        onMessageShown = on.onProblemShown,
        bottom =
            state.plan.valueOrNull()?.let { plan ->
                {
                    val text = stringResource(if (state.isNew) R.string.activity_plan_do else R.string.activity_replan_do)
                    PrimaryButton(text, { on.onSubmit(plan) }, Modifier.fillMaxWidth(), busy = state.busy)
                }
            },
    ) { padding ->
        ContentBox(state.plan, Modifier.padding(padding), on.onRetry) { plan ->
            ReadingColumn(Modifier.padding(padding)) { Form(plan, state, on) }
        }
    }
}

@Composable
private fun ColumnScope.Form(
    plan: ActivityPlan,
    state: PlanState,
    on: PlanEvents,
) {
    val refused = state.refused
    val field = refused?.values?.get("field")
    val said = refused?.let { failureText(it) }
    if (state.orgs.size > 1) {
        PickRow(
            stringResource(R.string.activity_org),
            plan.org,
            state.orgs.map { it.first },
            { id ->
                state.orgs
                    .find { it.first == id }
                    ?.second
                    .orEmpty()
            },
            { on.onChange(plan.copy(org = it)) },
        )
    }
    PickRow(stringResource(R.string.activity_kind), plan.kind, ActivityKind.entries, { kindText(it) }, { on.onKind(plan, it) })
    TextEntry(
        stringResource(R.string.activity_title),
        plan.title,
        { on.onChange(plan.copy(title = it)) },
        required = true,
        error = said.takeIf { field == "title" },
    )
    TextEntry(
        stringResource(R.string.activity_place),
        plan.place,
        { on.onChange(plan.copy(place = it)) },
        error = said.takeIf { field == "place" },
    )
    // The end moves along, so that it need not be set again.
    MomentRows(stringResource(R.string.activity_begins_day), stringResource(R.string.activity_begins), plan.starts, state.now, {
        on.onChange(plan.copy(starts = it, ends = it + plan.ends - plan.starts))
    })
    MomentRows(
        stringResource(R.string.activity_ends_day),
        stringResource(R.string.activity_ends),
        plan.ends,
        state.now,
        { on.onChange(plan.copy(ends = it)) },
        if (field == "ends") stringResource(R.string.activity_ends_wrong) else null,
    )
    PickRow(
        stringResource(R.string.activity_host),
        plan.host,
        state.people.map { it.id },
        { id -> state.people.find { it.id == id }?.name ?: stringResource(R.string.activity_host_me) },
        { on.onChange(plan.copy(host = it)) },
    )
    if (state.templates.isNotEmpty()) {
        PickRow(
            stringResource(R.string.log_template),
            plan.template,
            listOf(null) + state.templates.map { it.id },
            { id -> state.templates.find { it.id == id }?.title ?: stringResource(R.string.log_template_none) },
            { on.onChange(plan.copy(template = it)) },
        )
    }
    Expected(plan, state, on.onChange)
}

@Composable
private fun ColumnScope.Expected(
    plan: ActivityPlan,
    state: PlanState,
    onChange: (ActivityPlan) -> Unit,
) {
    val everybody = plan.expected.isEmpty()
    SectionTitle(stringResource(R.string.activity_who))
    ChoiceRow(stringResource(R.string.activity_who_all), everybody, { onChange(plan.copy(expected = emptyList())) })
    ChoiceRow(stringResource(R.string.activity_who_some), !everybody, {
        if (everybody) onChange(plan.copy(expected = listOf(plan.host)))
    })
    if (!everybody) {
        state.people.forEach { one ->
            CheckRow(one.name, one.id in plan.expected, { isIn ->
                onChange(plan.copy(expected = if (isIn) plan.expected + one.id else plan.expected - one.id))
            })
        }
        Text(
            stringResource(R.string.activity_who_count, plan.expected.size),
            color = MaterialTheme.colorScheme.onSurfaceVariant,
        )
    }
}
