//! Sync, and watching it.

use std::sync::{Arc, OnceLock};

use haitang_app::{Status, SyncStatus};
use tokio::runtime::Runtime;
use tokio::sync::Notify;
use tokio::task::AbortHandle;

use crate::convert::{Shown, answer, choice};
use crate::error::CoreError;
use crate::phone::Phone;

choice! {
    /// Why sync does not go on.
    SyncStop = haitang_app::Stop {
        /// No network.
        Network,
        /// The network wants a person to sign in first.
        Portal,
        /// Whoever answered could not prove to be the server: its certificate changed, or this phone's clock is wrong.
        Untrusted,
        /// The server is busy, stopping or full.
        Server,
        /// The phone's disk is full.
        DiskFull,
        /// The server speaks only newer versions: the app must be updated.
        UpdateNeeded,
        /// This device was revoked, and is empty now.
        Revoked,
        /// The server does not know this device.
        NotEnrolled,
        /// The phone was restored from an old copy; what waits is kept and can be exported.
        Diverged,
        /// A fault of our own.
        Fault,
    }
}

/// What sync is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum SyncPhase {
    /// Everything known is sent and received, as far as this phone knows.
    Idle,
    /// Asking the server.
    Connecting,
    /// Sending what was done here.
    Sending,
    /// Receiving: so many of so many changes.
    Receiving {
        /// Stored so far.
        done: u64,
        /// Waiting at the start; grows when more comes in meanwhile.
        total: u64,
    },
    /// Sending files.
    Uploading,
    /// Waiting to try again.
    Waiting {
        /// Why.
        stop: SyncStop,
    },
    /// Nothing more will be tried until something changes.
    Stopped {
        /// Why.
        stop: SyncStop,
    },
}

impl Shown<SyncPhase> for Status {
    fn shown(self) -> SyncPhase {
        match self {
            Self::Idle => SyncPhase::Idle,
            Self::Connecting => SyncPhase::Connecting,
            Self::Sending => SyncPhase::Sending,
            Self::Receiving { done, total } => SyncPhase::Receiving { done, total },
            Self::Uploading => SyncPhase::Uploading,
            Self::Waiting(stop) => SyncPhase::Waiting { stop: stop.shown() },
            Self::Stopped(stop) => SyncPhase::Stopped { stop: stop.shown() },
        }
    }
}

/// What the line that is always on screen says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SyncState {
    /// What is happening.
    pub phase: SyncPhase,
    /// Commands and files not yet on the server.
    pub unsent: u64,
}

impl Shown<SyncState> for SyncStatus {
    fn shown(self) -> SyncState {
        SyncState { phase: self.status.shown(), unsent: self.unsent }
    }
}

/// Is told what sync is doing.
#[uniffi::export(with_foreign)]
pub trait SyncObserver: Send + Sync {
    /// Called with the newest state whenever it has changed, never from two threads at once, and never from the main one. States
    /// that pass quickly may be left out. Should come back soon.
    fn on_status(&self, state: SyncState);
}

/// A running watch of [`Phone::watch_sync`].
#[derive(uniffi::Object)]
pub struct SyncWatch {
    task: AbortHandle,
}

#[uniffi::export]
impl SyncWatch {
    /// Ends it; a call that is under way may still come through.
    pub fn stop(&self) {
        self.task.abort();
    }
}

impl Drop for SyncWatch {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Ends what runs until it is told to stop.
#[derive(Default)]
pub(crate) struct Stopper(Notify);

/// Where observers are called: one thread for all phones of the process, which blocks nobody else.
pub(crate) fn observers() -> Result<&'static Runtime, CoreError> {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    let made =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).thread_name("haitang-observer").enable_time().build();
    let made = made.map_err(|error| haitang_app::AppError::Internal(error.to_string()))?;
    Ok(RUNTIME.get_or_init(|| made))
}

#[uniffi::export(async_runtime = "tokio")]
impl Phone {
    /// Syncs once: sends what waits, receives what is new, sends files. Fails with why it did not come through; nothing that
    /// was stored before is lost, and the next one goes on from there.
    pub async fn sync(&self) -> Result<(), CoreError> {
        let end = self.app.sync().await?;
        self.app.sync_error(end.status).map_or(Ok(()), |error| Err(error.into()))
    }

    /// Syncs until it is cancelled, or [`Phone::stop_sync`] is called: at once, whenever something is done here, whenever the
    /// server has news, and again after failures. For as long as the app is in the foreground.
    ///
    /// Cancelling a Kotlin coroutine ends it; cancelling a Swift task does not, call `stop_sync` there.
    pub async fn sync_forever(&self) -> Result<(), CoreError> {
        let stopped = self.stopper.0.notified();
        tokio::select! {
            () = stopped => Ok(()),
            ended = self.app.sync_forever() => Ok(ended?),
        }
    }

    /// When a sync was last whole; nothing where none ever was.
    pub fn last_sync(&self) -> Result<Option<i64>, CoreError> {
        answer(self.app.last_sync())
    }

    /// Ends every `sync_forever` of this phone that is running.
    pub fn stop_sync(&self) {
        self.stopper.0.notify_waiters();
    }

    /// What sync is doing now.
    pub fn sync_state(&self) -> SyncState {
        self.app.watch().borrow().shown()
    }

    /// Tells `observer` what sync is doing, now and whenever that changes, until the watch is stopped or dropped.
    pub fn watch_sync(&self, observer: Arc<dyn SyncObserver>) -> Result<SyncWatch, CoreError> {
        let mut states = self.app.watch();
        let task = observers()?.spawn(async move {
            loop {
                let state = states.borrow_and_update().shown();
                observer.on_status(state);
                // The phone is gone, and with it whatever there was to tell.
                if states.changed().await.is_err() {
                    return;
                }
            }
        });
        Ok(SyncWatch { task: task.abort_handle() })
    }
}
