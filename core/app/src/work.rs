//! Work that may take its time, done where the phone's surroundings have threads for it.

use tokio::task::JoinHandle;

use crate::error::AppError;
use crate::phone::Phone;
use crate::surroundings::Threads;

/// Work that was begun.
pub(crate) enum Begun<T> {
    Done(Result<T, AppError>),
    Running(JoinHandle<Result<T, AppError>>),
}

impl<T> Begun<T> {
    /// Waits for its end.
    pub(crate) async fn done(self) -> Result<T, AppError> {
        match self {
            Self::Done(done) => done,
            Self::Running(task) => task.await.map_err(|error| AppError::Internal(error.to_string()))?,
        }
    }
}

/// Begins `work` on a thread where it may take its time.
pub(crate) fn begin<T: Send + 'static>(
    phone: &Phone,
    work: impl FnOnce(&Phone) -> Result<T, AppError> + Send + 'static,
) -> Begun<T> {
    if phone.inner.surroundings.threads == Threads::None {
        return Begun::Done(work(phone));
    }
    let phone = phone.clone();
    Begun::Running(tokio::task::spawn_blocking(move || work(&phone)))
}

/// Runs `work` on a thread where it may take its time.
pub(crate) async fn blocking<T: Send + 'static>(
    phone: &Phone,
    work: impl FnOnce(&Phone) -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    begin(phone, work).done().await
}
