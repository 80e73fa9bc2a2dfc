package haitang

import haitang.testing.City
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import uniffi.haitang.ActivityKind
import uniffi.haitang.ActivityPlan
import uniffi.haitang.Answer
import uniffi.haitang.CoreException
import uniffi.haitang.Finding
import uniffi.haitang.LogState
import uniffi.haitang.NewReport
import uniffi.haitang.Phone
import uniffi.haitang.Severity
import uniffi.haitang.Solution
import uniffi.haitang.SyncObserver
import uniffi.haitang.SyncPhase
import uniffi.haitang.SyncState
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList

/** The core from Kotlin, against the real server: what a phone does with and without a network. */
class StoryTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `people work with no network and end with the same`() =
        runBlocking {
            City(folder).use { city ->
                city.online()
                val (secretary, leader, member) = listOf("secretary", "leader", "member").map { city.enrolled(it) }
                val activity = secretary.planActivity(themedDay(secretary, city))
                secretary.openCheckIn(activity)
                secretary.sync()
                listOf(leader, member).forEach { it.sync() }

                city.offline()
                val present = member.checkIn(secretary.hostCode(activity).text, null)
                assertEquals(activity, present.activity)
                assertTrue(present.flags.isEmpty(), "${present.flags}")
                study(member, city.id("studies/fire"))
                quiz(member, city.id("paper"))
                val log = leader.submitLog(null, null, filled(leader, city, activity))
                assertThrows(CoreException.Network::class.java) { runBlocking { member.sync() } }
                assertTrue(member.outboxStatus().waiting > 0u)

                city.online()
                listOf(leader, member, secretary).forEach { it.sync() }
                assertEquals(listOf(log), secretary.approvals().map { it.id })
                city.offline()
                secretary.approveLog(log)
                city.online()
                listOf(secretary, leader).forEach { it.sync() }

                assertEquals(LogState.APPROVED, leader.logs().first { it.id == log }.state)
                assertEquals(listOf(city.id("member")), secretary.attendees(activity).map { it.member })
                listOf(secretary, leader, member).forEach { assertEquals(0u.toULong(), it.outboxStatus().waiting) }
            }
        }

    @Test
    fun `a refused report says why and is mended`() =
        runBlocking {
            City(folder).use { city ->
                city.online()
                val (first, second) = listOf("worker_a", "worker_b").map { city.enrolled(it) }
                city.offline()
                first.reportTask(city.visit(0), NewReport())
                second.reportTask(city.visit(0), NewReport(findings = listOf(Finding("楼道堆物", Severity.MINOR))))
                city.online()
                first.sync()
                second.sync()
                val refused = second.refused().single()
                assertEquals("wrong_state", refused.code)
                assertEquals("done", refused.values["state"])
                val errand = second.mend(refused.seq)
                second.sync()
                first.sync()
                assertTrue(second.refused().isEmpty())
                assertEquals(second.task(errand).task, first.task(errand).task)
            }
        }

    @Test
    fun `a phone opened again has everything, and another key opens nothing`() =
        runBlocking {
            City(folder).use { city ->
                city.online()
                val states = CopyOnWriteArrayList<SyncState>()
                val observer =
                    object : SyncObserver {
                        override fun onStatus(state: SyncState) {
                            states += state
                        }
                    }
                city.phone("member").use { phone ->
                    assertThrows(CoreException.NotEnrolled::class.java) { phone.whoami() }
                    val wrong =
                        assertThrows(CoreException.Server::class.java) {
                            runBlocking { phone.enrol(city.url, "AAAAA-AAAAA", "x") }
                        }
                    assertEquals("bad_code", wrong.code)
                    val watch = phone.watchSync(observer)
                    phone.enrol(city.url, city.code("member"), "member")
                    phone.sync()
                    withTimeout(5_000) { while (states.none { it.phase == SyncPhase.Idle }) delay(10) }
                    watch.stop()
                    assertTrue(phone.searchNames(phone.whoami().name).isNotEmpty())
                }
                val other = ByteArray(32) { 8 }
                assertThrows(CoreException.WrongKey::class.java) { Phone.open(folder.resolve("member").toString(), other) }
                city.phone("member").use { phone -> assertEquals(city.id("member"), phone.whoami().id) }
            }
        }

    @Test
    fun `live sync brings what happens elsewhere and ends when it is cancelled`() =
        runBlocking {
            City(folder).use { city ->
                city.online()
                val (secretary, leader) = listOf("secretary", "leader").map { city.enrolled(it) }
                val live = launch { secretary.syncForever() }
                val log = leader.submitLog(null, null, filled(leader, city, null))
                leader.sync()
                withTimeout(10_000) { while (secretary.approvals().none { it.id == log }) delay(20) }
                live.cancel()
                withTimeout(5_000) { live.join() }
            }
        }

    private fun themedDay(
        host: Phone,
        city: City,
    ): ActivityPlan {
        val now = host.now()
        return ActivityPlan(
            org = host.whoami().orgId,
            template = city.id("templates/themed_day"),
            kind = ActivityKind.THEMED_DAY,
            title = "主题党日：清一条楼道",
            place = "活动室",
            starts = now,
            ends = now + 3_600_000,
            host = host.whoami().id,
            expected = listOf(),
        )
    }

    private fun filled(
        author: Phone,
        city: City,
        activity: String?,
    ) = author.startLog(city.id("templates/themed_day"), activity).let { start ->
        val form = author.templates().first { it.id == city.id("templates/themed_day") }
        start.copy(
            title = "主题党日：清一条楼道",
            fields = form.fields.associate { it.name to start.fields[it.name].orEmpty().ifEmpty { "清理了三楼到五楼" } },
        )
    }

    private fun study(
        member: Phone,
        study: String,
    ) {
        repeat(member.study(study).sections.size) { member.readSection(study, it.toUShort()) }
        assertTrue(member.studies().first { it.id == study }.finished)
    }

    /** An empty attempt shows what is right, as practice does; the second one uses it. */
    private fun quiz(
        member: Phone,
        paper: String,
    ) {
        val blank = member.finishAttempt(member.startAttempt(paper), member.paper(paper).questions.map { null })
        assertEquals(0.0, blank.points)
        val known = blank.questions.map { question -> question.right?.let(::answer) }
        val full = member.finishAttempt(member.startAttempt(paper), known)
        assertEquals(full.max, full.points)
        assertEquals(true, full.passed)
    }

    private fun answer(right: Solution): Answer =
        when (right) {
            is Solution.Choice -> Answer.Choice(right.option)
            is Solution.Choices -> Answer.Choices(right.options)
            is Solution.Truth -> Answer.Truth(right.yes)
            is Solution.Texts -> Answer.Texts(right.blanks.map { it.first() })
            is Solution.Order -> Answer.Order(right.items)
        }
}
