//! Notices: reading, confirming, publishing.

use haitang_domain::notice::{Action, Draft, Receipt};
use haitang_domain::{Id, Kind};

use crate::error::AppError;
use crate::phone::Phone;

mod screens;

pub use screens::{NoticeItem, NoticePage};

impl Phone {
    fn notify(&self, kind: Kind, id: Id, action: Action) -> Result<Id, AppError> {
        self.perform(kind, id, haitang_domain::Action::Notice(action))?;
        Ok(id)
    }

    /// Publishes a notice.
    pub fn publish_notice(&self, draft: Draft) -> Result<Id, AppError> {
        self.notify(Kind::Notice, self.new_id(), Action::Publish(draft))
    }

    /// Withdraws a notice.
    pub fn withdraw_notice(&self, notice: Id, reason: &str) -> Result<Id, AppError> {
        self.notify(Kind::Notice, notice, Action::Withdraw { reason: reason.to_owned() })
    }

    /// Notes that a notice was read.
    pub fn read_notice(&self, notice: Id) -> Result<Id, AppError> {
        self.notify(Kind::Receipt, Receipt::id(notice, self.me()?), Action::Read { notice })
    }

    /// Confirms a notice that asks for it.
    pub fn confirm_notice(&self, notice: Id) -> Result<Id, AppError> {
        self.notify(Kind::Receipt, Receipt::id(notice, self.me()?), Action::Confirm { notice })
    }
}
