package haitang.bridge

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.onSubscription
import kotlinx.coroutines.flow.shareIn
import kotlinx.coroutines.withContext
import uniffi.haitang.ChangeObserver
import uniffi.haitang.CoreException
import uniffi.haitang.Phone

/** The real core. Made by [PhoneCore.open]; what is read from it after [close] fails. */
class PhoneCore private constructor(
    private val phone: Phone,
    private val scope: CoroutineScope,
    caller: Caller,
) : Core,
    AutoCloseable {
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
    override val home: HomeCore = PhoneHomeCore(caller)

    override fun close() {
        scope.cancel()
        phone.close()
    }

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
                    val scope = CoroutineScope(SupervisorJob() + dispatcher)
                    PhoneCore(phone, scope, Caller(phone, dispatcher, changes(phone, scope)))
                } catch (error: CoreException) {
                    throw CoreFailure(error.failure())
                }
            }

        /** One watch for all screens, for as long as there is one. */
        private fun changes(
            phone: Phone,
            scope: CoroutineScope,
        ): Flow<Unit> {
            val told =
                callbackFlow {
                    val watch =
                        phone.watchChanges(
                            object : ChangeObserver {
                                override fun onChange() {
                                    trySend(Unit)
                                }
                            },
                        )
                    awaitClose {
                        watch.stop()
                        watch.close()
                    }
                }
            val shared = told.conflate().shareIn(scope, SharingStarted.WhileSubscribed())
            // Asked once it is certain that no later change is missed.
            return shared.onSubscription { emit(Unit) }
        }
    }
}
