package haitang.design

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Add
import androidx.compose.material.icons.filled.Home
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import haitang.bridge.Failure
import haitang.bridge.FailureKind

/** The components by themselves, and the states that every screen has. */
val designShots: List<Pair<String, @Composable () -> Unit>> =
    listOf(
        "design-components" to {
            HaitangScreen(
                title = "入户走访",
                onBack = {},
                actions = { IconAction(Icons.Filled.Add, "添加", {}) },
                bottom = { PrimaryButton("完成走访", {}, Modifier.fillMaxWidth()) },
            ) { inside ->
                Column(
                    Modifier.padding(inside).verticalScroll(rememberScrollState()).padding(16.dp),
                    Arrangement.spacedBy(Haitang.measures.gap),
                ) {
                    SectionTitle("大儒巷 12 号")
                    ItemCard("201 室 · 王秀英", lines = listOf("独居，上次走访 11月10日"), icon = Icons.Filled.Home, onClick = {}) {
                        StatusChip("今天到期", Status.Soon)
                        StatusChip("已发送", Status.Fine)
                        StatusChip("过期 3 天", Status.Late)
                        StatusChip("每月一次", Status.Plain)
                    }
                    Fact("联系电话", "138 0000 0000")
                    TextEntry("看到了什么", "楼道里有一辆电动车", {}, lines = 3, required = true)
                    TextEntry("人数", "", {}, error = "请填一个数")
                    ChoiceRow("在家", true, {})
                    ChoiceRow("没有人", false, {}, detail = "下次再来")
                    CheckRow("消防通道畅通", true, {})
                    SwitchRow("省流量", false, {}, detail = "照片等有无线网络时再发")
                    SecondaryButton("添加照片", {}, icon = Icons.Filled.Add)
                    QuietButton("删除草稿", {}, harmful = true)
                    PrimaryButton("正在提交", {}, busy = true)
                }
            }
        },
        "design-loading" to { HaitangScreen("任务", onBack = {}) { LoadingState(Modifier.padding(it)) } },
        "design-empty" to {
            HaitangScreen("任务", onBack = {}) { inside ->
                EmptyState("今天没有任务了", Modifier.padding(inside), hint = "新的任务到了会出现在这里") { SecondaryButton("看看明天的", {}) }
            }
        },
        "design-failure" to {
            HaitangScreen(
                "任务",
                onBack = {},
            ) { FailureState(Failure(FailureKind.DiskFull, "disk_full"), Modifier.padding(it), onRetry = {}) }
        },
        "design-confirm" to { ConfirmDialog("删除草稿？", "删除以后找不回来。", "删除", {}, {}, harmful = true) },
        "design-reason" to {
            ReasonPage("退回这份记实", "为什么退回", "退回", {}, {}, suggestions = listOf("照片看不清", "缺少到会名单"))
        },
    )
