package haitang.bridge.fake

import haitang.bridge.CoreFailure
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.StudyCore
import haitang.bridge.map
import haitang.bridge.valueOrNull
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import uniffi.haitang.Rating
import uniffi.haitang.Review
import uniffi.haitang.ReviewItem
import uniffi.haitang.StudyItem
import uniffi.haitang.StudyPage
import uniffi.haitang.StudySection

/** Three studies: one not begun, one half read, one finished; and two things to remember. */
class FakeStudyCore : StudyCore {
    /** What there is to read; tests put failures here. */
    val pages = MutableStateFlow<Loaded<List<StudyPage>>>(Loaded.Value(SAMPLE))

    /** What is due; tests put failures here. */
    val due = MutableStateFlow<Loaded<List<ReviewItem>>>(Loaded.Value(DUE))

    /** Why nothing can be done; nothing where it can. */
    var failure: Failure? = null

    /** How items were rated. */
    val rated = mutableListOf<Rating>()

    override fun studies(): Flow<Loaded<List<StudyItem>>> = pages.map { all -> all.map { it.map(::item) } }

    override fun study(id: String): Flow<Loaded<StudyPage>> =
        pages.map { all ->
            when (all) {
                is Loaded.Failed -> {
                    all
                }

                is Loaded.Value -> {
                    all.value.find { it.id == id }?.let { Loaded.Value(it) }
                        ?: Loaded.Failed(Failure(FailureKind.Refused, "missing"))
                }
            }
        }

    override fun reviews(): Flow<Loaded<List<ReviewItem>>> = due

    override suspend fun readSection(
        study: String,
        section: Int,
    ) {
        mayFail()
        pages.update { now -> now.map { all -> all.map { if (it.id == study) read(it, section) else it } } }
    }

    override suspend fun rate(
        item: ReviewItem,
        rating: Rating,
    ): Review {
        mayFail()
        rated += rating
        due.update { now -> now.map { it - item } }
        val days = mapOf(Rating.AGAIN to 0, Rating.HARD to 2, Rating.GOOD to 4, Rating.EASY to 9).getValue(rating)
        return Review(item.study, item.item, FakeCore.NOW, FakeCore.NOW + days * DAY + MINUTES, 1u, if (rating == Rating.AGAIN) 1u else 0u)
    }

    /** The page as it stands. */
    fun page(id: String) = pages.value.valueOrNull()?.find { it.id == id }

    private fun mayFail() {
        failure?.let { throw CoreFailure(it) }
    }

    private fun read(
        page: StudyPage,
        section: Int,
    ): StudyPage {
        val read = (page.read + section.toUShort()).distinct().sorted()
        return page.copy(read = read, finished = FakeCore.NOW.takeIf { read.size == page.sections.size })
    }

    private fun item(page: StudyPage) =
        StudyItem(
            page.id,
            page.title,
            page.summary,
            page.sections.size
                .times(2)
                .toUShort(),
            page.sections.size.toUInt(),
            page.read.size.toUInt(),
            page.finished != null,
        )

    private companion object {
        const val DAY = 86_400_000L
        const val MINUTES = 600_000L
        val FIRE =
            listOf(
                StudySection("先叫醒家人", "闻到烟味，先大声叫醒家里每一个人，再打 119。打电话时说清楚小区、楼号和楼层。\n\n不要先去找是哪里着火，也不要回去拿东西。"),
                StudySection("看门再开", "用手背试一试门把手。烫手，说明门外已经有火，不要开门；不烫，再慢慢打开一条缝看看。"),
                StudySection("往下走，不坐电梯", "沿着楼梯往下走，弯着腰，用湿毛巾捂住口鼻。电梯在火灾里随时会停。"),
            )
        val AID =
            listOf(
                StudySection("先看有没有反应", "轻拍双肩，大声问“您怎么了”。没有反应，也没有正常呼吸，马上打 120，并请旁边的人去取除颤器。"),
                StudySection("胸外按压", "两乳头连线中点，用力往下压 5 到 6 厘米，每分钟 100 到 120 次。"),
            )
        val SAMPLE =
            listOf(
                StudyPage("s1", "高层住宅着火怎么办", "三分钟读完，关键时刻记得住。", FIRE, listOf(), null),
                StudyPage("s2", "心肺复苏：前四分钟", "等救护车来之前能做的事。", AID, listOf(0u), null),
                StudyPage(
                    "s3",
                    "怎么识别冒充客服的电话",
                    "凡是要您转账、共享屏幕的，都先挂断。",
                    listOf(StudySection("一听二挂三核实", "先听他要您做什么；要转账、要验证码、要共享屏幕，马上挂断；再打官方电话核实。")),
                    listOf(0u),
                    FakeCore.NOW - DAY,
                ),
            )
        val DUE =
            listOf(
                ReviewItem("s3", 0u, "对方说自己是客服，让您共享手机屏幕，您应该怎么做？", "马上挂断，再打官方电话核实。共享屏幕会让对方看到验证码和密码。", null),
                ReviewItem("s3", 1u, "接到可疑电话，可以打哪个号码咨询？", "96110，全国反诈专线。", FakeCore.NOW - DAY),
            )
    }
}
