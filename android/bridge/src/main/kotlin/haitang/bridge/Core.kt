package haitang.bridge

/** The core of one opened phone, feature by feature. Screens know this and nothing behind it; previews and tests give a fake. */
interface Core {
    /** Activities: calendar, checking in, logs and their approval. */
    val activity: ActivityCore

    /** People and orgs. */
    val directory: DirectoryCore

    /** What is being typed, kept at every keystroke. */
    val drafts: DraftCore

    /** Whose phone this is. */
    val enrol: EnrolCore

    /** Photos, recordings and documents. */
    val files: FileCore

    /** The PIN that opens the app. */
    val lock: LockCore

    /** What is kept about the holder, and who looked. */
    val myData: MyDataCore

    /** Notices: reading and confirming. */
    val notice: NoticeCore

    /** What is not yet on the server, and why. */
    val outbox: OutboxCore

    /** Quizzes and contests. */
    val quiz: QuizCore

    /** Study pushes and spaced review. */
    val study: StudyCore

    /** Sync, and watching it. */
    val sync: SyncCore

    /** Grid work: tasks, households, shifts and routines. */
    val task: TaskCore

    /** What the first screen shows. */
    val home: HomeCore
}
