package haitang.bridge.fake

import haitang.bridge.CoreFailure
import haitang.bridge.DirectoryCore
import haitang.bridge.Failure
import haitang.bridge.FailureKind
import haitang.bridge.Loaded
import haitang.bridge.PAGE
import haitang.bridge.map
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import uniffi.haitang.AppointmentItem
import uniffi.haitang.Enrolment
import uniffi.haitang.HolderItem
import uniffi.haitang.Me
import uniffi.haitang.MemberItem
import uniffi.haitang.MemberPage
import uniffi.haitang.OrgItem
import uniffi.haitang.OrgKind
import uniffi.haitang.OrgPage
import uniffi.haitang.Role
import uniffi.haitang.TransferItem
import uniffi.haitang.TransferState

/** A community with a branch below it, six people, and one who wants to move in. */
class FakeDirectoryCore : DirectoryCore {
    /** The people of every org; tests put failures here. */
    val people = MutableStateFlow<Loaded<List<MemberItem>>>(Loaded.Value(PEOPLE))

    /** Who waits for an answer; tests put failures here. */
    val waiting =
        MutableStateFlow<Loaded<List<TransferItem>>>(
            Loaded.Value(listOf(TransferItem("t1", "m9", "顾晓燕", "搬到大儒巷居住", TransferState.REQUESTED))),
        )

    /** Why nothing can be done; nothing where it can. */
    var failure: Failure? = null

    /** Whose pages were looked at, and what for. */
    val looks = mutableListOf<Pair<String, String>>()

    /** Why somebody was declined, by transfer. */
    val declined = mutableMapOf<String, String>()

    /** Whether the holder may correct people's entries, and enrol their phones. */
    var mayEdit = true

    override fun me(): Flow<Loaded<Me>> =
        flowOf(Loaded.Value(Me("m1", "沈建国", "大儒巷社区", "o1", listOf(AppointmentItem("a1", Role.SECRETARY, "o1", "大儒巷社区", null, null)))))

    override fun org(id: String): Flow<Loaded<OrgPage>> =
        people.map { all ->
            val item = ORGS.find { it.id == id }
            when {
                all is Loaded.Failed -> all
                item == null -> MISSING
                else -> Loaded.Value(page(item, (all as Loaded.Value).value))
            }
        }

    override fun membersOf(
        org: String,
        pages: Int,
    ): Flow<Loaded<List<MemberItem>>> = people.map { all -> all.map { it.take(pages * PAGE) } }

    override fun member(id: String): Flow<Loaded<MemberPage>> =
        people.map { all ->
            all
                .let { it as? Loaded.Value }
                ?.value
                ?.find { it.id == id }
                ?.let { Loaded.Value(MemberPage(it, "o1", appointments(id), id == "m1", mayEdit)) }
                ?: (all as? Loaded.Failed)
                ?: MISSING
        }

    /** Full pinyin and initials of the samples only: the real search is the core's. */
    override fun search(text: String): Flow<Loaded<List<MemberItem>>> =
        people.map { all ->
            val wanted = text.lowercase()
            all.map { some ->
                some.filter { text in it.name || PINYIN[it.id].orEmpty().any { spelled -> spelled.startsWith(wanted) } }
            }
        }

    override fun transfers(): Flow<Loaded<List<TransferItem>>> = waiting

    override suspend fun acceptTransfer(id: String) {
        mayFail()
        waiting.update { now -> now.map { all -> all.filterNot { it.id == id } } }
    }

    override suspend fun declineTransfer(
        id: String,
        reason: String,
    ) {
        mayFail()
        declined[id] = reason
        waiting.update { now -> now.map { all -> all.filterNot { it.id == id } } }
    }

    override suspend fun noteLook(
        member: String,
        purpose: String,
    ) {
        mayFail()
        looks += member to purpose
    }

    override suspend fun newEnrolment(member: String): Enrolment {
        mayFail()
        return Enrolment(
            "K7QM-3XPA-9TDN",
            FakeCore.NOW + 86_400_000,
            "haitang:enrol?server=https%3A%2F%2Fhaitang.example&code=K7QM3XPA9TDN",
        )
    }

    private fun mayFail() {
        failure?.let { throw CoreFailure(it) }
    }

    private fun page(
        item: OrgItem,
        all: List<MemberItem>,
    ) = OrgPage(
        item = item,
        parent = ORGS[1].takeIf { item.id == "o1" } ?: ORGS[0].takeIf { item.id != "o0" },
        below = ORGS.drop(2).takeIf { item.id == "o1" }.orEmpty(),
        members = all.take(PAGE),
        appointments =
            listOf(
                HolderItem("a1", "m1", "沈建国", Role.SECRETARY, null, null, FakeCore.NOW + 300 * 86_400_000L),
                HolderItem("a2", "m2", "陆美芳", Role.GRID_WORKER, "g1", "大儒巷第一网格", null),
            ),
        closed = null,
        mayAddMember = mayEdit,
        mayRename = mayEdit,
    )

    private fun appointments(member: String) =
        when (member) {
            "m1" -> listOf(AppointmentItem("a1", Role.SECRETARY, "o1", "大儒巷社区", null, FakeCore.NOW + 300 * 86_400_000L))
            "m2" -> listOf(AppointmentItem("a2", Role.GRID_WORKER, "o1", "大儒巷社区", "g1", null))
            else -> emptyList()
        }

    private companion object {
        val MISSING = Loaded.Failed(Failure(FailureKind.Refused, "missing"))
        val ORGS =
            listOf(
                OrgItem("o1", OrgKind.COMMUNITY, "大儒巷社区"),
                OrgItem("o0", OrgKind.STREET, "平江街道"),
                OrgItem("o2", OrgKind.BRANCH, "大儒巷第一支部"),
                OrgItem("o3", OrgKind.BRANCH, "大儒巷第二支部"),
                OrgItem("o4", OrgKind.TEAM, "平江银发志愿队"),
            )
        val PEOPLE =
            listOf(
                MemberItem("m1", "沈建国", "大儒巷社区", "13800000001"),
                MemberItem("m2", "陆美芳", "大儒巷社区", "13800000002"),
                MemberItem("m3", "单小龙", "大儒巷社区", null),
                MemberItem("m4", "王秀英", "大儒巷社区", "13800000004"),
                MemberItem("m5", "欧阳明", "大儒巷社区", "13800000005"),
                MemberItem("m6", "朱巧云", "大儒巷社区", "13800000006"),
            )
        val PINYIN =
            mapOf(
                "m1" to listOf("shenjianguo", "sjg"),
                "m2" to listOf("lumeifang", "lmf"),
                "m3" to listOf("shanxiaolong", "danxiaolong", "sxl"),
                "m4" to listOf("wangxiuying", "wxy"),
                "m5" to listOf("ouyangming", "oym"),
                "m6" to listOf("zhuqiaoyun", "zqy"),
            )
    }
}
