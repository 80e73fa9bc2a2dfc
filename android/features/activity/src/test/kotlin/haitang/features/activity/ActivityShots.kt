package haitang.features.activity

import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.fake.FakeActivityData
import haitang.bridge.fake.FakeCore
import haitang.design.Content
import haitang.design.dayOf
import haitang.platform.LocalDevices
import haitang.testing.FakeDevices
import uniffi.haitang.ActivityItem
import uniffi.haitang.Attachment
import uniffi.haitang.CheckedIn
import uniffi.haitang.Flag
import uniffi.haitang.LogItem
import uniffi.haitang.LogPage

private const val NOW = FakeCore.NOW
private val items = FakeActivityData.PAGES.map { it.item }
private val full = Failure(FailureKind.DiskFull, "disk_full")

private fun coming(items: Content<List<ActivityItem>>) = CalendarState(NOW, items = items, mayPlan = true)

private fun detail(id: String) = DetailState(NOW, Content.Ready(FakeActivityData.PAGES.first { it.item.id == id }))

private fun line(page: LogPage) =
    with(page.log) { LogItem(page.id, content.kind, content.title, content.held, page.authorName, state, reason, page.pending) }

private val writing =
    LogEditorState(
        NOW,
        LogStep.Writing(
            FakeActivityData.LOGS[1]
                .log.content
                .copy(files = listOf(Attachment("0", 9u, "audio/mp4", "voice.m4a")), held = NOW - 20 * 86_400_000L),
        ),
        FakeActivityData.TEMPLATES[0].fields,
        FakeActivityData.PEOPLE,
        setOf("m2", "m3"),
        restored = true,
    )

/** Each screen of activities as it usually is, and as it is when there is nothing to show. */
val activityShots: List<Pair<String, @Composable () -> Unit>> =
    listOf(
        "calendar" to { CalendarScreen(coming(Content.Ready(items)), CalendarEvents()) },
        "calendar-empty" to { CalendarScreen(coming(Content.Ready(emptyList())), CalendarEvents()) },
        "calendar-failed" to { CalendarScreen(coming(Content.Failed(full)), CalendarEvents()) },
        "calendar-month" to {
            CalendarScreen(coming(Content.Ready(items)).copy(view = CalendarView.Month, day = dayOf(NOW)), CalendarEvents())
        },
        "activity" to { DetailScreen(detail("a1"), DetailEvents()) },
        "activity-cancelled" to { DetailScreen(detail("a5"), DetailEvents()) },
        "activity-loading" to { DetailScreen(DetailState(NOW), DetailEvents()) },
        "activity-plan" to {
            val plan = blankPlan("o1", "m1", NOW)
            val form = PlanState(NOW, true, Content.Ready(plan), people = FakeActivityData.PEOPLE, templates = FakeActivityData.TEMPLATES)
            PlanScreen(form, PlanEvents())
        },
        "activity-code" to {
            val state = HostCodeState(Content.Ready(CodeShown("HT1:" + "sample".repeat(30), 11)), "十一月支委会", 5, 12)
            HostCodeScreen(state, {}, {}, {}, {})
        },
        "activity-scan" to { WithDevices { ScanScreen(ScanState(), {}, {}, {}) } },
        "activity-scan-wrong" to {
            WithDevices { ScanScreen(ScanState(problem = Failure(FailureKind.Refused, "bad_code")), {}, {}, {}) }
        },
        "activity-scan-done" to { ScanScreen(ScanState(done = CheckedIn("c", "a1", "十一月支委会", listOf(Flag.STALE_CODE))), {}, {}, {}) },
        "activity-enter" to {
            val people = FakeActivityData.PEOPLE.mapIndexed { at, one -> one to (at > 3) }
            CheckInForScreen(CheckInForState(Content.Ready(people)), {}, {}, {}, {})
        },
        "log-pick" to { WithDevices { LogEditorScreen(LogEditorState(NOW, LogStep.Pick(FakeActivityData.TEMPLATES)), LogEditorEvents()) } },
        "log-write" to { WithDevices { LogEditorScreen(writing, LogEditorEvents()) } },
        "log-mend" to {
            val refused = Failure(FailureKind.Refused, "empty", mapOf("field" to "late_reason"))
            WithDevices { LogEditorScreen(writing.copy(returned = "缺照片", restored = false, refused = refused), LogEditorEvents()) }
        },
        "log-done" to { WithDevices { LogEditorScreen(LogEditorState(NOW, LogStep.Done), LogEditorEvents()) } },
        "logs" to {
            val left = listOf(UnfinishedLog("log/new", "第二党小组会", null))
            val mine = FakeActivityData.LOGS.take(3).map(::line)
            MyLogsScreen(LogListState(NOW, Content.Ready(mine), left, 2), {}, {}, {}, {}, {}, {})
        },
        "logs-empty" to { MyLogsScreen(LogListState(NOW, Content.Ready(emptyList())), {}, {}, {}, {}, {}, {}) },
        "approvals" to { ApprovalsScreen(LogListState(NOW, Content.Ready(FakeActivityData.LOGS.drop(3).map(::line))), {}, {}, {}) },
        "approvals-empty" to { ApprovalsScreen(LogListState(NOW, Content.Ready(emptyList())), {}, {}, {}) },
        "log-approve" to { LogPageScreen(LogPageState(NOW, Content.Ready(FakeActivityData.LOGS[3])), LogPageEvents()) },
        "log-return" to { LogPageScreen(LogPageState(NOW, Content.Ready(FakeActivityData.LOGS[3]), returning = true), LogPageEvents()) },
        "log-returned" to { LogPageScreen(LogPageState(NOW, Content.Ready(FakeActivityData.LOGS[1])), LogPageEvents()) },
    )

@Composable
private fun WithDevices(content: @Composable () -> Unit) {
    CompositionLocalProvider(LocalDevices provides FakeDevices(), content = content)
}
