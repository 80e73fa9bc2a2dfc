//! An activity and a log, opened.

use haitang_app::activity as app;

use super::{ActivityItem, Attendee, Log, TemplateItem};
use crate::convert::{answer, id, record};
use crate::directory::MemberItem;
use crate::error::CoreError;
use crate::phone::Phone;

record! {
    /// What the holder may do with an activity now.
    shown ActivityMay = app::ActivityMay {
        /// Change it.
        replan: bool,
        /// Call it off.
        cancel: bool,
        /// Let people check in, where they cannot yet.
        open_check_in: bool,
        /// End checking in, where they can.
        close_check_in: bool,
        /// Show the code that people scan.
        show_code: bool,
        /// Enter somebody without a phone.
        check_in_for: bool,
        /// Record it, once it is held: false where this phone knows of a log already.
        log: bool,
    }
}

record! {
    /// An activity, opened.
    shown ActivityPage = app::ActivityPage {
        /// What the calendar says of it.
        item: ActivityItem,
        /// Whose it is.
        org: String,
        /// The name of that org.
        org_name: String,
        /// The form its log will have.
        template: Option<String>,
        /// The name of who holds it.
        host_name: String,
        /// Whether the whole org is expected.
        whole_org: bool,
        /// Who is expected, by name, as far as this phone knows them; at most 200. Where nobody is named, the org's members.
        expected: Vec<MemberItem>,
        /// Who is present.
        attendees: Vec<Attendee>,
        /// The log that records it, where this phone knows one.
        log: Option<String>,
        /// Why it was called off; empty where it was not.
        cancelled_reason: String,
        /// What the holder may do with it.
        may: ActivityMay,
    }
}

record! {
    /// What the holder may do with a log now.
    shown LogMay = app::LogMay {
        /// Write on.
        edit: bool,
        /// Hand it in, once all that is asked for is filled in.
        submit: bool,
        /// Take it back.
        recall: bool,
        /// Approve it.
        approve: bool,
        /// Send it back.
        return_it: bool,
    }
}

record! {
    /// A log, opened.
    shown LogPage = app::LogPage {
        /// The log.
        id: String,
        /// All about it.
        log: Log,
        /// The name of the org whose life it records.
        org_name: String,
        /// The name of who wrote it.
        author_name: String,
        /// The name of who decided last.
        decided_by_name: Option<String>,
        /// The names of those who were there, in order of names.
        attendance_names: Vec<String>,
        /// The form it follows.
        template: Option<TemplateItem>,
        /// What the holder may do with it.
        may: LogMay,
        /// Whether a step of it waits to be sent.
        pending: bool,
    }
}

#[uniffi::export]
impl Phone {
    /// One activity, with all that its screen shows.
    pub fn activity(&self, activity: &str) -> Result<ActivityPage, CoreError> {
        answer(self.app.activity(id(activity)?))
    }

    /// One log, with all that its screen shows.
    pub fn log_page(&self, log: &str) -> Result<LogPage, CoreError> {
        answer(self.app.log_page(id(log)?))
    }
}
