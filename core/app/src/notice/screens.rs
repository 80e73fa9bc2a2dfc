//! What the notice screens show.

use haitang_domain::notice::{Action, Notice, NoticeState, Receipt};
use haitang_domain::{Action as Any, Id, Kind, Timestamp};
use serde::Serialize;

use crate::directory::PAGE;
use crate::error::AppError;
use crate::may::SOME_TEXT;
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

/// A notice, opened.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "two marks and two buttons")]
pub struct NoticePage {
    /// The notice.
    pub id: Id,
    /// All about it.
    pub notice: Notice,
    /// The name of the org that says it.
    pub org_name: String,
    /// The name of who published it.
    pub author_name: String,
    /// Whether the holder has read it.
    pub read: bool,
    /// Whether the holder has confirmed it.
    pub confirmed: bool,
    /// Whether the holder is asked to confirm it, and has not.
    pub may_confirm: bool,
    /// Whether the holder may take it back.
    pub may_withdraw: bool,
}

impl Phone {
    /// Notices in force that are meant for this member, unread ones first: at most 50, from after the one that the page before
    /// ended with. One that was read since then stands among those that are read.
    pub fn notices(&self, after: Option<Id>) -> Result<Vec<NoticeItem>, AppError> {
        let (me, now) = (self.me()?, self.now());
        let held = self.my_bodies()?;
        let (mut meant, mut after) = (vec![], after);
        loop {
            let found = self.store().notices(me, now, after, PAGE)?;
            let (last, is_last) = (found.last().map(|line| line.notice.id), found.len() < PAGE as usize);
            // Those that are meant for others make no page shorter.
            meant.extend(found.into_iter().filter(|line| line.notice.body.is_for(&held)));
            if is_last || meant.len() >= PAGE as usize {
                break;
            }
            after = last;
        }
        meant.truncate(PAGE as usize);
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
        meant.into_iter().map(item).collect()
    }

    /// One notice with all that its screen shows.
    pub fn notice_page(&self, id: Id) -> Result<NoticePage, AppError> {
        let notice: Notice = self.read(id)?;
        let given = Receipt::id(id, self.me()?);
        let receipt = self.store().read::<Receipt>(given)?;
        let confirmed = receipt.as_ref().is_some_and(|receipt| receipt.confirmed.is_some());
        let asks = notice.wants_receipt && !confirmed && notice.state == NoticeState::Published;
        let withdraw = Action::Withdraw { reason: SOME_TEXT.to_owned() };
        Ok(NoticePage {
            id,
            org_name: self.org_name(notice.org)?,
            author_name: self.name_of(notice.author)?,
            read: receipt.is_some(),
            confirmed,
            may_confirm: asks && self.may(Kind::Receipt, given, Any::Notice(Action::Confirm { notice: id }))?,
            may_withdraw: self.may(Kind::Notice, id, Any::Notice(withdraw))?,
            notice,
        })
    }

    /// One notice.
    pub fn notice(&self, notice: Id) -> Result<Notice, AppError> {
        self.read(notice)
    }
}
