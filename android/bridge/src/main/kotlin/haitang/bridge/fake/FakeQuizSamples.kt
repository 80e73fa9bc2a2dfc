package haitang.bridge.fake

import uniffi.haitang.Mode
import uniffi.haitang.PaperItem
import uniffi.haitang.PaperState
import uniffi.haitang.Question
import uniffi.haitang.QuestionKind
import uniffi.haitang.Solution

/** What the made-up quizzes ask. */
internal object FakeQuizSamples {
    private const val DAY = 86_400_000L

    val PAPERS =
        listOf(
            PaperItem("p1", "消防安全小练习", Mode.PRACTICE, 5u, null, FakeCore.NOW - DAY, null, PaperState.OPEN, 0u, null, null, null, true),
            PaperItem(
                "p2",
                "急救知识竞赛",
                Mode.CONTEST,
                5u,
                20u,
                FakeCore.NOW - DAY,
                FakeCore.NOW + DAY,
                PaperState.OPEN,
                0u,
                null,
                null,
                null,
                true,
            ),
            PaperItem(
                "p3",
                "民法典邻里篇竞赛",
                Mode.CONTEST,
                5u,
                30u,
                FakeCore.NOW - 9 * DAY,
                FakeCore.NOW - 2 * DAY,
                PaperState.CLOSED,
                1u,
                8.5,
                null,
                null,
                false,
            ),
        )

    val QUESTIONS =
        listOf(
            Question(
                "楼道里发现着火，第一件事应该做什么？",
                2u,
                QuestionKind.Single(listOf("回家拿贵重物品", "大声呼喊并叫醒家人", "坐电梯下楼", "先拍视频")),
            ),
            Question(
                "哪些东西不能放在楼道里？",
                2u,
                QuestionKind.Multiple(listOf("电动自行车", "纸箱杂物", "灭火器", "旧家具"), true),
            ),
            Question("油锅着火，可以用水浇灭。", 2u, QuestionKind.TrueFalse),
            Question("火警电话是（　），急救电话是（　）。", 2u, QuestionKind.FillIn(2u, true)),
            Question(
                "使用灭火器的正确次序是什么？",
                2u,
                QuestionKind.Ordering(listOf("对准火焰根部", "拔掉保险销", "提起灭火器上下摇动", "压下手柄喷射"), false),
            ),
        )

    val RIGHT =
        listOf(
            Solution.Choice(1u) to "先让所有人知道，才来得及一起离开。",
            Solution.Choices(listOf(0u, 1u, 3u)) to "灭火器是楼道里应该有的；其他几样会堵住逃生的路。",
            Solution.Truth(false) to "水会让热油飞溅。应该关火、盖上锅盖。",
            Solution.Texts(listOf(listOf("119"), listOf("120"))) to "火警 119，急救 120。",
            Solution.Order(listOf(2u, 1u, 0u, 3u)) to "记住四个字：提、拔、对、压。",
        )
}
