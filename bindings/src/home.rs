//! The first screen.

use haitang_app::home as app;

use crate::activity::ActivityItem;
use crate::convert::{answer, record};
use crate::directory::Role;
use crate::error::CoreError;
use crate::outbox::OutboxStatus;
use crate::phone::Phone;
use crate::task::{ShiftItem, TaskItem};

record! {
    /// What the first screen shows. Counts end at 100, which stands for more than 99.
    shown HomePage = app::HomePage {
        /// The holder's name.
        name: String,
        /// The name of their org; empty until the first sync has brought it.
        org: String,
        /// What is not yet on the server.
        outbox: OutboxStatus,
        /// The first of today's tasks, what is late first; at most 5.
        tasks: Vec<TaskItem>,
        /// Tasks due by the end of today, what is late included.
        tasks_due: u32,
        /// Tasks that should be done already.
        tasks_late: u32,
        /// Activities that are today, under way or open for checking in, and the next 3; the first to begin first.
        activities: Vec<ActivityItem>,
        /// The holder's shifts that touch today and are not over.
        shifts: Vec<ShiftItem>,
        /// Tasks and shifts offered to the holder, and transfers offered to the orgs they decide for.
        offers: u32,
        /// Logs that wait for the holder's decision.
        approvals: u32,
        /// The holder's logs that were sent back.
        returned_logs: u32,
        /// Notices not read.
        notices_unread: u32,
        /// Notices that ask to be confirmed and are not.
        notices_to_confirm: u32,
        /// Studies not finished.
        studies_open: u32,
        /// Items to be remembered again, or for the first time.
        reviews_due: u32,
        /// Papers that can be answered and are not.
        papers_open: u32,
        /// The phone's best guess at the time.
        now: i64,
        /// Whether the clock that the phone shows is minutes away from that.
        clock_wrong: bool,
        /// As what the holder is appointed, each role once.
        roles: Vec<Role>,
        /// Whether no sync was ever whole: what is missing may still come.
        first_sync: bool,
    }
}

#[uniffi::export]
impl Phone {
    /// The first screen, in one call. Works before the first sync too.
    pub fn home(&self) -> Result<HomePage, CoreError> {
        answer(self.app.home())
    }

    /// A new id for a record that is yet to be handed in, such as a log: see `submit_log`.
    pub fn new_id(&self) -> String {
        self.app.new_id().to_string()
    }
}
