//! Study: pushes, reading, spaced review.

use haitang_domain::study::{Action, Draft, Learning, Rating, Review};
use haitang_domain::{Id, Kind};

use crate::error::AppError;
use crate::phone::Phone;

mod screens;

pub use screens::{ReviewItem, StudyItem, StudyPage};

impl Phone {
    fn learn(&self, kind: Kind, id: Id, action: Action) -> Result<Id, AppError> {
        self.perform(kind, id, haitang_domain::Action::Study(action))?;
        Ok(id)
    }

    /// Publishes study material.
    pub fn publish_study(&self, draft: Draft) -> Result<Id, AppError> {
        self.learn(Kind::Study, self.new_id(), Action::Publish(draft))
    }

    /// Withdraws study material.
    pub fn withdraw_study(&self, study: Id, reason: &str) -> Result<Id, AppError> {
        self.learn(Kind::Study, study, Action::Withdraw { reason: reason.to_owned() })
    }

    /// Notes that a section was read, counted from 0.
    pub fn read_section(&self, study: Id, section: u16) -> Result<Id, AppError> {
        self.learn(Kind::Learning, Learning::id(study, self.me()?), Action::ReadSection { study, section })
    }

    /// Rates how well an item was remembered; returns the review, which says when it comes next.
    pub fn rate_item(&self, study: Id, item: u16, rating: Rating) -> Result<Review, AppError> {
        let id = Review::id(study, self.me()?, item);
        self.learn(Kind::Review, id, Action::Rate { study, item, rating })?;
        self.read(id)
    }
}
