package haitang.features.mydata

import androidx.compose.runtime.getValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsOff
import androidx.compose.ui.test.assertIsOn
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollToNode
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.fake.FakeCore
import haitang.bridge.fake.FakeMyDataCore
import haitang.bridge.valueOrNull
import haitang.testing.ScreenTest
import org.junit.Assert.assertEquals
import org.junit.Test
import uniffi.haitang.ConsentPurpose
import uniffi.haitang.KindCount

class MyDataTest : ScreenTest() {
    private val core = FakeMyDataCore()
    private val model = MyDataViewModel(core) { FakeCore.NOW }

    private fun page() {
        show {
            val state by model.state.collectAsStateWithLifecycle()
            MyDataScreen(state, model::consent, model::exportMine, model::exportUnsent, model::told, {})
        }
        rule.waitForIdle()
    }

    private fun scrollTo(text: String) = rule.onNode(hasScrollToNodeAction()).performScrollToNode(hasText(text, substring = true))

    private fun consent(purpose: ConsentPurpose) =
        core.data.value
            .valueOrNull()
            ?.consents
            ?.find { it.purpose == purpose }

    @Test
    fun `what is kept is counted in words, the most first`() {
        page()
        scrollTo("住户 286 条，任务 133 条")
        scrollTo("23.4 MB")
    }

    @Test
    fun `a kind without a name is counted as something else`() {
        core.data.value =
            Loaded.Value(checkNotNull(core.data.value.valueOrNull()).copy(counts = listOf(KindCount("gizmo", 3u)), files = 0u))
        page()
        scrollTo("其他 3 条")
    }

    @Test
    fun `who looked, when and what for`() {
        page()
        scrollTo("陆美芳")
        rule.onNodeWithText("陆美芳").assertIsDisplayed()
        scrollTo("周敏（平江街道）")
    }

    @Test
    fun `a consent is given and taken back by its switch`() {
        page()
        rule.onNodeWithText("位置").assertIsOff().performClick()
        rule.waitForIdle()
        assertEquals(null, consent(ConsentPurpose.LOCATION)?.withdrawn)
        rule.onNodeWithText("位置").assertIsOn().performClick()
        rule.waitForIdle()
        assertEquals(FakeCore.NOW, consent(ConsentPurpose.LOCATION)?.withdrawn)
    }

    @Test
    fun `a consent that cannot be kept says why and stays as it was`() {
        core.failure = Failure(FailureKind.DiskFull, "disk_full")
        page()
        rule.onNodeWithText("位置").performClick()
        rule.onNodeWithText("手机存储空间满了", substring = true).assertIsDisplayed()
        rule.onNodeWithText("位置").assertIsOff()
    }

    @Test
    fun `both exports are handed on under a name with the day`() {
        page()
        scrollTo("导出我的数据")
        rule.onNodeWithText("导出我的数据").performClick()
        rule.waitForIdle()
        assertEquals(
            "haitang-mydata-2026-11-24.json",
            model.state.value.export
                ?.name,
        )
        model.exported()
        scrollTo("导出没送出的内容")
        rule.onNodeWithText("导出没送出的内容").performClick()
        rule.waitForIdle()
        assertEquals(Export("haitang-unsent-2026-11-24.json", """{"commands":[]}"""), model.state.value.export)
    }

    @Test
    fun `a phone at which nobody looked says so`() {
        core.data.value = Loaded.Value(checkNotNull(core.data.value.valueOrNull()).copy(looks = emptyList(), lastSync = null))
        page()
        scrollTo("还没有人看过您的页面。")
        scrollTo("还没有同步过")
    }

    @Test
    fun `a failure is told in a sentence`() {
        core.data.value = Loaded.Failed(Failure(FailureKind.Corrupt, "corrupt"))
        page()
        rule.onNodeWithText("本机的数据库损坏了", substring = true).assertIsDisplayed()
    }
}
