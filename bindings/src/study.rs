//! Study: pushes, reading, spaced review.

use haitang_app::{domain::study as domain, study as app};

use crate::convert::{Given as _, answer, choice, id, record};
use crate::error::CoreError;
use crate::phone::Phone;

choice! {
    /// How well an item was remembered.
    Rating = domain::Rating {
        /// Not at all.
        Again,
        /// With effort.
        Hard,
        /// Well.
        Good,
        /// At once.
        Easy,
    }
}

record! {
    /// One part of a study, read in one go.
    both StudySection = domain::Section {
        /// One line.
        title: String,
        /// What there is to read.
        text: String,
    }
}

record! {
    /// Something to remember, asked again from time to time.
    both RecallItem = domain::Item {
        /// What is asked.
        prompt: String,
        /// What should come to mind.
        answer: String,
    }
}

record! {
    /// Study material as its author wrote it.
    given StudyDraft = domain::Draft {
        /// In whose name.
        org: String,
        /// One line.
        title: String,
        /// What it is about.
        summary: String,
        /// What there is to read, at least one.
        sections: Vec<StudySection>,
        /// What there is to remember.
        items: Vec<RecallItem>,
        /// How long it takes, in minutes.
        minutes: u16,
        /// From when it is offered.
        from: i64,
        /// Until when it should be done, where that matters.
        until: Option<i64>,
    }
}

record! {
    /// A line of the list of studies.
    shown StudyItem = app::StudyItem {
        /// The study.
        id: String,
        /// Its title.
        title: String,
        /// What it is about.
        summary: String,
        /// How long it takes, in minutes.
        minutes: u16,
        /// How many sections it has.
        sections: u32,
        /// How many of them this member has read.
        read: u32,
        /// Whether all are read.
        finished: bool,
    }
}

record! {
    /// A study, open for reading.
    shown StudyPage = app::StudyPage {
        /// The study.
        id: String,
        /// Its title.
        title: String,
        /// What it is about.
        summary: String,
        /// Its sections.
        sections: Vec<StudySection>,
        /// The numbers of those that are read, counted from 0.
        read: Vec<u16>,
        /// When all were read.
        finished: Option<i64>,
    }
}

record! {
    /// Something to be remembered now.
    shown ReviewItem = app::ReviewItem {
        /// The study.
        study: String,
        /// The item, counted from 0.
        item: u16,
        /// What is asked.
        prompt: String,
        /// What is to be remembered.
        answer: String,
        /// Since when it is due; nothing for one never reviewed.
        due: Option<i64>,
    }
}

record! {
    /// When an item should be reviewed next.
    shown Review = domain::Review {
        /// Of which study.
        study: String,
        /// The item, counted from 0.
        item: u16,
        /// When it was last reviewed.
        last: i64,
        /// When it comes next.
        due: i64,
        /// How often it was reviewed.
        reps: u32,
        /// How often it was forgotten.
        lapses: u32,
    }
}

/// Each returns the id of what it was done to, where nothing else is said.
#[uniffi::export]
impl Phone {
    /// Studies open now, with how far this member has come.
    pub fn studies(&self) -> Result<Vec<StudyItem>, CoreError> {
        answer(self.app.studies())
    }

    /// One study.
    pub fn study(&self, study: &str) -> Result<StudyPage, CoreError> {
        answer(self.app.study(id(study)?))
    }

    /// Publishes study material.
    pub fn publish_study(&self, draft: StudyDraft) -> Result<String, CoreError> {
        answer(self.app.publish_study(draft.given()?))
    }

    /// Withdraws study material.
    pub fn withdraw_study(&self, study: &str, reason: &str) -> Result<String, CoreError> {
        answer(self.app.withdraw_study(id(study)?, reason))
    }

    /// Notes that a section was read, counted from 0. Returns the record of the member's progress.
    pub fn read_section(&self, study: &str, section: u16) -> Result<String, CoreError> {
        answer(self.app.read_section(id(study)?, section))
    }

    /// Items due for review, and those of finished studies that were never reviewed.
    pub fn reviews_due(&self) -> Result<Vec<ReviewItem>, CoreError> {
        answer(self.app.reviews_due())
    }

    /// Rates how well an item was remembered, and says when it comes next.
    pub fn rate_item(&self, study: &str, item: u16, rating: Rating) -> Result<Review, CoreError> {
        answer(self.app.rate_item(id(study)?, item, rating.given()?))
    }
}
