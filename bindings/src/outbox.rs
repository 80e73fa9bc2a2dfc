//! What is not yet on the server and why, and mending it.

use std::collections::HashMap;

use crate::activity::LogContent;
use crate::convert::{Given as _, answer, record};
use crate::error::CoreError;
use crate::phone::Phone;

record! {
    /// How much is not yet on the server.
    shown OutboxStatus = haitang_app::outbox::OutboxStatus {
        /// Commands that wait to be sent.
        waiting: u64,
        /// Commands the server has accepted, whose effect is on its way back.
        accepted: u64,
        /// Commands the server refused.
        refused: u64,
        /// Commands of which the phone now expects a refusal.
        doubtful: u64,
        /// Files to send.
        files: u64,
        /// Files that records name and that cannot be sent: never handed over, or declined by the server.
        files_stuck: u64,
        /// Whether a sync was whole at least once.
        synced: bool,
    }
}

record! {
    /// A command that is not settled.
    shown UnsentItem = haitang_app::outbox::UnsentItem {
        /// The device's number for it.
        seq: u64,
        /// What was done, such as `activity.submit_log`.
        command: String,
        /// What it was done to, as far as this phone can say.
        title: String,
        /// The record.
        id: String,
        /// When it was made.
        made: i64,
        /// The code of the refusal that was given, or is expected; empty where there is none.
        code: String,
        /// What goes with the code.
        values: HashMap<String, String>,
        /// It was made where this phone no longer reads.
        feed_lost: bool,
    }
}

#[uniffi::export]
impl Phone {
    /// How much is not yet on the server.
    pub fn outbox_status(&self) -> Result<OutboxStatus, CoreError> {
        answer(self.app.outbox_status())
    }

    /// Commands that wait to be sent, the oldest first.
    pub fn waiting(&self) -> Result<Vec<UnsentItem>, CoreError> {
        answer(self.app.waiting())
    }

    /// Commands the server refused, the oldest first.
    pub fn refused(&self) -> Result<Vec<UnsentItem>, CoreError> {
        answer(self.app.refused())
    }

    /// Lets a refused command go, by its author's own decision.
    pub fn discard_refused(&self, seq: u64) -> Result<(), CoreError> {
        answer(self.app.discard_refused(seq))
    }

    /// Everything that is not on the server, as JSON to be kept elsewhere.
    pub fn export_unsent(&self) -> Result<String, CoreError> {
        answer(self.app.export_unsent())
    }

    /// Mends a refused command in the way that fits it, and hands it in again: a report of a task that another did becomes an
    /// errand of its own, anything else is handed in as it was. Returns the record it now speaks of.
    pub fn mend(&self, seq: u64) -> Result<String, CoreError> {
        answer(self.app.mend(seq))
    }

    /// What a refused log said, to be mended.
    pub fn refused_log(&self, seq: u64) -> Result<LogContent, CoreError> {
        answer(self.app.refused_log(seq))
    }

    /// Hands a refused log in again with other contents.
    pub fn mend_log(&self, seq: u64, content: LogContent) -> Result<String, CoreError> {
        answer(self.app.mend_log(seq, content.given()?))
    }
}
