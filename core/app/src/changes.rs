//! Telling screens that what they show may have changed.

use tokio::sync::watch;
use tokio::time::{Duration, Instant, sleep_until};

use crate::phone::Phone;

/// The least time from one telling to the next: faster than that nobody reads.
const PAUSE: Duration = Duration::from_millis(200);

/// Changes of what a phone holds, from when this was made on.
#[derive(Debug)]
pub struct Changes {
    counter: watch::Receiver<u64>,
    told: Option<Instant>,
}

impl Changes {
    /// Waits until something has changed since the last time; `false` once the phone is gone. The first change is told at once;
    /// of many that follow each other, one is told every 200 ms, and always the last.
    pub async fn next(&mut self) -> bool {
        if self.counter.changed().await.is_err() {
            return false;
        }
        if let Some(told) = self.told {
            sleep_until(told + PAUSE).await;
        }
        self.told = Some(Instant::now());
        self.counter.borrow_and_update();
        true
    }
}

impl Phone {
    /// Watches for changes of what screens show: whatever is done here, received, answered by the server, given up or mended,
    /// and files that were taken in or sent.
    pub fn changes(&self) -> Changes {
        Changes { counter: self.inner.changes.subscribe(), told: None }
    }

    /// Something has changed that a screen may show.
    pub(crate) fn changed(&self) {
        self.inner.changes.send_modify(|counter| *counter = counter.wrapping_add(1));
    }
}

#[cfg(test)]
mod tests;
