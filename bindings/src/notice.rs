//! Notices: reading, confirming, publishing.

use haitang_app::{domain::notice as domain, notice as app};

use crate::convert::{Given as _, answer, choice, id, maybe_id, record};
use crate::directory::Role;
use crate::error::CoreError;
use crate::file::Attachment;
use crate::phone::Phone;

choice! {
    /// Whether a notice holds.
    NoticeState = domain::NoticeState {
        /// It holds.
        Published,
        /// It no longer holds: taken back, or replaced by another.
        Withdrawn,
    }
}

record! {
    /// A notice as its author wrote it.
    given NoticeDraft = domain::Draft {
        /// In whose name.
        org: String,
        /// One line.
        title: String,
        /// May be empty where there are files.
        text: String,
        /// Documents and pictures.
        files: Vec<Attachment>,
        /// From when it holds.
        effective: i64,
        /// Until when.
        until: Option<i64>,
        /// The roles it is meant for; empty means everyone below.
        audience: Vec<Role>,
        /// Whether those it is meant for are asked to confirm it.
        wants_receipt: bool,
        /// An earlier notice of the same org whose place it takes.
        replaces: Option<String>,
    }
}

record! {
    /// What an org says to everyone below it.
    shown Notice = domain::Notice {
        /// Who says it.
        org: String,
        /// One line.
        title: String,
        /// What is said.
        text: String,
        /// Documents and pictures.
        files: Vec<Attachment>,
        /// From when it holds.
        effective: i64,
        /// Until when it holds, where it has an end.
        until: Option<i64>,
        /// The roles it is meant for; empty means everyone below.
        audience: Vec<Role>,
        /// Whether those it is meant for are asked to confirm it.
        wants_receipt: bool,
        /// The earlier notice whose place it takes.
        replaces: Option<String>,
        /// The later notice that took its place.
        replaced_by: Option<String>,
        /// When it was published.
        published: i64,
        /// Who published it.
        author: String,
        /// Whether it holds.
        state: NoticeState,
        /// Why it was taken back.
        withdrawn_reason: String,
    }
}

record! {
    /// A line of the list of notices.
    shown NoticeItem = app::NoticeItem {
        /// The notice.
        id: String,
        /// Its title.
        title: String,
        /// The name of the org that published it.
        org: String,
        /// In force from.
        effective: i64,
        /// Whether this member has read it.
        read: bool,
        /// Whether it asks to be confirmed and has not been.
        wants_confirmation: bool,
        /// Where it stands.
        state: NoticeState,
    }
}

record! {
    /// A notice, opened.
    shown NoticePage = app::NoticePage {
        /// The notice.
        id: String,
        /// All about it.
        notice: Notice,
        /// The name of the org that says it.
        org_name: String,
        /// The name of who published it.
        author_name: String,
        /// Whether the holder has read it.
        read: bool,
        /// Whether the holder has confirmed it.
        confirmed: bool,
        /// Whether the holder is asked to confirm it, and has not.
        may_confirm: bool,
        /// Whether the holder may take it back.
        may_withdraw: bool,
    }
}

/// Each returns the id of what it was done to, where nothing else is said.
#[uniffi::export]
impl Phone {
    /// Notices in force that are meant for this member, unread ones first: at most 50, from after the one that the page before ended
    /// with. One that was read since then stands among those that are read.
    #[uniffi::method(default(after = None))]
    pub fn notices(&self, after: Option<String>) -> Result<Vec<NoticeItem>, CoreError> {
        answer(self.app.notices(maybe_id(after)?))
    }

    /// One notice, with all that its screen shows.
    pub fn notice_page(&self, notice: &str) -> Result<NoticePage, CoreError> {
        answer(self.app.notice_page(id(notice)?))
    }

    /// One notice.
    pub fn notice(&self, notice: &str) -> Result<Notice, CoreError> {
        answer(self.app.notice(id(notice)?))
    }

    /// Publishes a notice.
    pub fn publish_notice(&self, draft: NoticeDraft) -> Result<String, CoreError> {
        answer(self.app.publish_notice(draft.given()?))
    }

    /// Withdraws a notice.
    pub fn withdraw_notice(&self, notice: &str, reason: &str) -> Result<String, CoreError> {
        answer(self.app.withdraw_notice(id(notice)?, reason))
    }

    /// Notes that a notice was read. Returns the receipt.
    pub fn read_notice(&self, notice: &str) -> Result<String, CoreError> {
        answer(self.app.read_notice(id(notice)?))
    }

    /// Confirms a notice that asks for it. Returns the receipt.
    pub fn confirm_notice(&self, notice: &str) -> Result<String, CoreError> {
        answer(self.app.confirm_notice(id(notice)?))
    }
}
