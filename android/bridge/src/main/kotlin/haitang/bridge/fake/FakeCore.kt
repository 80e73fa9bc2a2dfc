package haitang.bridge.fake

import haitang.bridge.Core

/** A core with made-up contents, for previews and for tests of what screens do. Remembers what is done to it until the process ends. */
class FakeCore : Core {
    override val activity = FakeActivityCore()
    override val directory = FakeDirectoryCore()
    override val drafts = FakeDraftCore()
    override val enrol = FakeEnrolCore()
    override val files = FakeFileCore()
    override val lock = FakeLockCore()
    override val myData = FakeMyDataCore()
    override val notice = FakeNoticeCore()
    override val outbox = FakeOutboxCore()
    override val quiz = FakeQuizCore()
    override val study = FakeStudyCore()
    override val sync = FakeSyncCore()
    override val task = FakeTaskCore()
    override val home = FakeHomeCore()

    companion object {
        /** The moment at which everything in it is told: 2026-11-24, 09:30 in China. */
        const val NOW = 1_795_483_800_000L
    }
}
