package haitang.features.sync

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertHasClickAction
import androidx.compose.ui.test.assertHeightIsAtLeast
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.fake.FakeCore
import haitang.bridge.fake.FakeSyncCore
import haitang.design.Look
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Test
import uniffi.haitang.OutboxStatus
import uniffi.haitang.SyncPhase
import uniffi.haitang.SyncState
import uniffi.haitang.SyncStop

class SyncScreenTest : ScreenTest() {
    private val core = FakeSyncCore()
    private val pressed = mutableListOf<String>()

    private fun page() {
        val model = SyncViewModel(core)
        show {
            val state by model.state.collectAsStateWithLifecycle()
            SyncScreen(
                state,
                onSyncNow = model::syncNow,
                onOpenBrowser = { pressed += "browser" },
                onOutbox = { pressed += "outbox" },
                onMessageShown = model::messageShown,
                onBack = {},
                now = FakeCore.NOW,
            )
        }
    }

    private fun line(state: SyncState) = show { SyncLine(state, { pressed += "line" }) }

    @Test
    fun `it says how much waits and why, and that one can go on working`() {
        page()
        rule.onNodeWithText("3 件未上传 · 没有网络").assertIsDisplayed()
        rule.onNodeWithText("您可以照常工作", substring = true).assertIsDisplayed()
        rule.onNodeWithText("没有通过，要您处理").performScrollTo().assertIsDisplayed()
        rule.onNodeWithText("上次全部同步完成：今天 08:30").performScrollTo().assertIsDisplayed()
    }

    @Test
    fun `a sync that is asked for says that it came through`() {
        page()
        rule.onNodeWithText("现在同步").performClick()
        rule.onNodeWithText("同步完成").assertIsDisplayed()
        assertEquals(1, core.syncs)
    }

    @Test
    fun `a sync that does not come through says why`() {
        core.failure = Failure(FailureKind.Network, "network")
        page()
        rule.onNodeWithText("现在同步").performClick()
        rule.onNodeWithText("现在连不上服务器", substring = true).assertIsDisplayed()
    }

    @Test
    fun `a first sync shows how far it is, and that one can work meanwhile`() {
        core.states.value = SyncState(SyncPhase.Receiving(2500u, 10_000u), 0u)
        core.status.value = Loaded.Value(OutboxStatus(0u, 0u, 0u, 0u, 0u, 0u, false))
        core.last.value = Loaded.Value(null)
        page()
        rule.onNodeWithContentDescription("接收进度 25%").assertIsDisplayed()
        rule.onNodeWithText("已收到 2500 条，共 10000 条。您可以先用已经收到的内容工作", substring = true).assertIsDisplayed()
    }

    @Test
    fun `a network that wants a sign-in offers the browser`() {
        core.states.value = SyncState(SyncPhase.Waiting(SyncStop.PORTAL), 1u)
        page()
        rule.onNodeWithText("打开浏览器登录").performClick()
        assertEquals(listOf("browser"), pressed)
    }

    @Test
    fun `what cannot be read is told in a sentence, and the rest stays`() {
        core.status.value = Loaded.Failed(Failure(FailureKind.DiskFull, "disk_full"))
        page()
        rule.onNodeWithText("手机存储空间满了", substring = true).assertIsDisplayed()
        rule.onNodeWithText("看未上传的内容").performScrollTo().performClick()
        assertEquals(listOf("outbox"), pressed)
    }

    @Test
    fun `every reason to stop has its own sentence`() {
        val texts = SyncStop.entries.map(::whyText)
        assertEquals(texts.size, texts.toSet().size)
    }

    @Test
    fun `the line says it in words, and opens the page`() {
        line(SyncState(SyncPhase.Waiting(SyncStop.NETWORK), 3u))
        rule.onNodeWithContentDescription("3 件未上传 · 没有网络。点开看同步情况").assertHasClickAction().performClick()
        assertEquals(listOf("line"), pressed)
    }

    @Test
    fun `the line says that everything is sent`() {
        line(SyncState(SyncPhase.Idle, 0u))
        rule.onNodeWithContentDescription("全部已上传", substring = true).assertIsDisplayed()
    }

    @Test
    fun `the line is large enough for gloves in elder mode`() {
        show(Look(dark = false, elder = true)) { SyncLine(SyncState(SyncPhase.Idle, 0u), {}) }
        rule.onNodeWithContentDescription("全部已上传", substring = true).assertHeightIsAtLeast(60.dp)
    }
}
