package haitang.bridge

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.withContext
import uniffi.haitang.CoreException
import uniffi.haitang.Phone

/** The real core. Made by [PhoneCore.open]. */
class PhoneCore private constructor(
    caller: Caller,
) : Core {
    override val activity: ActivityCore = PhoneActivityCore(caller)
    override val directory: DirectoryCore = PhoneDirectoryCore(caller)
    override val drafts: DraftCore = PhoneDraftCore(caller)
    override val enrol: EnrolCore = PhoneEnrolCore(caller)
    override val files: FileCore = PhoneFileCore(caller)
    override val lock: LockCore = PhoneLockCore(caller)
    override val myData: MyDataCore = PhoneMyDataCore(caller)
    override val notice: NoticeCore = PhoneNoticeCore(caller)
    override val outbox: OutboxCore = PhoneOutboxCore(caller)
    override val quiz: QuizCore = PhoneQuizCore(caller)
    override val study: StudyCore = PhoneStudyCore(caller)
    override val sync: SyncCore = PhoneSyncCore(caller)
    override val task: TaskCore = PhoneTaskCore(caller)
    override val today: TodayCore = PhoneTodayCore(caller)

    companion object {
        private const val CALLS_AT_ONCE = 4

        /**
         * Opens the phone in [folder], which is made when it is not there. Loads the library too, which takes a while: never on
         * the main thread.
         *
         * @param key 32 bytes, guarded by the platform's keystore
         * @throws CoreFailure
         */
        suspend fun open(
            folder: String,
            key: ByteArray,
            dispatcher: CoroutineDispatcher = Dispatchers.IO.limitedParallelism(CALLS_AT_ONCE),
        ): PhoneCore =
            withContext(dispatcher) {
                try {
                    val phone = Phone.open(folder, key)
                    PhoneCore(Caller(phone, dispatcher, flowOf(Unit)))
                } catch (error: CoreException) {
                    throw CoreFailure(error.failure())
                }
            }
    }
}
