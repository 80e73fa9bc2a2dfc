//! Watching for changes of what screens show.

use std::sync::Arc;

use tokio::task::AbortHandle;

use crate::error::CoreError;
use crate::phone::Phone;
use crate::sync::observers;

/// Is told that what screens show may have changed.
#[uniffi::export(with_foreign)]
pub trait ChangeObserver: Send + Sync {
    /// Called soon after a change, never from two threads at once, and never from the main one. While many come, at most every
    /// 200 milliseconds; always once after the last. Should come back soon.
    fn on_change(&self);
}

/// A running watch of [`Phone::watch_changes`].
#[derive(uniffi::Object)]
pub struct ChangeWatch {
    task: AbortHandle,
}

#[uniffi::export]
impl ChangeWatch {
    /// Ends it; a call that is under way may still come through.
    pub fn stop(&self) {
        self.task.abort();
    }
}

impl Drop for ChangeWatch {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[uniffi::export]
impl Phone {
    /// Tells `observer` of changes from now on, until the watch is stopped or dropped: whatever is done here, received, answered by
    /// the server, given up or mended, and files that were taken in or sent. What is on screen is then asked for again.
    pub fn watch_changes(&self, observer: Arc<dyn ChangeObserver>) -> Result<ChangeWatch, CoreError> {
        let mut changes = self.app.changes();
        let task = observers()?.spawn(async move {
            while changes.next().await {
                observer.on_change();
            }
        });
        Ok(ChangeWatch { task: task.abort_handle() })
    }
}
