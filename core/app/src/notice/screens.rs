//! What the notice screens show.

use haitang_domain::notice::{Notice, NoticeState};
use haitang_domain::{Id, Timestamp};
use serde::Serialize;

use crate::directory::PAGE;
use crate::error::AppError;
use crate::phone::Phone;

/// A line of the list of notices.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NoticeItem {
    /// The notice.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// The name of the org that published it.
    pub org: String,
    /// In force from.
    pub effective: Timestamp,
    /// Whether this member has read it.
    pub read: bool,
    /// Whether it asks to be confirmed and has not been.
    pub wants_confirmation: bool,
    /// Where it stands.
    pub state: NoticeState,
}

impl Phone {
    /// Notices in force that are meant for this member, unread ones first.
    pub fn notices(&self) -> Result<Vec<NoticeItem>, AppError> {
        let (me, now) = (self.me()?, self.now());
        let held: Vec<_> = self.my_appointments()?.into_iter().map(|found| found.body).collect();
        let found = self.store().notices(me, now, PAGE)?;
        let meant = found.into_iter().filter(|line| line.notice.body.is_for(&held));
        let item = |line: haitang_store::notice::NoticeLine| {
            let (notice, receipt) = (line.notice.body, line.receipt);
            let confirmed = receipt.as_ref().is_some_and(|receipt| receipt.body.confirmed.is_some());
            Ok(NoticeItem {
                id: line.notice.id,
                title: notice.title,
                org: self.org_name(notice.org)?,
                effective: notice.effective,
                read: receipt.is_some(),
                wants_confirmation: notice.wants_receipt && !confirmed,
                state: notice.state,
            })
        };
        meant.map(item).collect()
    }

    /// One notice.
    pub fn notice(&self, notice: Id) -> Result<Notice, AppError> {
        self.read(notice)
    }
}
