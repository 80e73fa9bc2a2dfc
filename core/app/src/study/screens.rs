//! What the study screens show.

use std::collections::BTreeSet;

use haitang_domain::study::{Learning, Section, Study};
use haitang_domain::{Id, Timestamp};
use serde::Serialize;

use crate::directory::PAGE;
use crate::error::AppError;
use crate::phone::Phone;

/// A line of the list of studies.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StudyItem {
    /// The study.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// How long it takes.
    pub minutes: u16,
    /// How many sections it has.
    pub sections: usize,
    /// How many of them this member has read.
    pub read: usize,
    /// Whether all are read.
    pub finished: bool,
}

/// A study, open for reading.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StudyPage {
    /// The study.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// Its sections.
    pub sections: Vec<Section>,
    /// The numbers of those that are read.
    pub read: BTreeSet<u16>,
    /// When all were read.
    pub finished: Option<Timestamp>,
}

/// Something to be remembered.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReviewItem {
    /// The study.
    pub study: Id,
    /// The item, counted from 0.
    pub item: u16,
    /// What is asked.
    pub prompt: String,
    /// What is to be remembered.
    pub answer: String,
    /// Since when it is due; `None` for one never reviewed.
    pub due: Option<Timestamp>,
}

impl Phone {
    /// Studies open now, with how far this member has come.
    pub fn studies(&self) -> Result<Vec<StudyItem>, AppError> {
        let found = self.store().studies(self.me()?, self.now(), PAGE)?;
        let item = |line: haitang_store::study::StudyLine| {
            let study = line.study.body;
            let learning = line.learning.map(|found| found.body);
            StudyItem {
                id: line.study.id,
                title: study.title,
                summary: study.summary,
                minutes: study.minutes,
                sections: study.sections.len(),
                read: learning.as_ref().map_or(0, |learning| learning.read.len()),
                finished: learning.is_some_and(|learning| learning.finished.is_some()),
            }
        };
        Ok(found.into_iter().map(item).collect())
    }

    /// One study.
    pub fn study(&self, id: Id) -> Result<StudyPage, AppError> {
        let study: Study = self.read(id)?;
        let learning = self.store().read::<Learning>(Learning::id(id, self.me()?))?;
        Ok(StudyPage {
            id,
            title: study.title,
            summary: study.summary,
            sections: study.sections,
            read: learning.as_ref().map(|learning| learning.read.clone()).unwrap_or_default(),
            finished: learning.and_then(|learning| learning.finished),
        })
    }

    /// Items due for review, and those of finished studies that were never reviewed; at most 50.
    pub fn reviews_due(&self) -> Result<Vec<ReviewItem>, AppError> {
        let (me, now) = (self.me()?, self.now());
        let mut items = vec![];
        for found in self.store().reviews_due(me, now, PAGE)? {
            let review = found.body;
            let Some(study) = self.store().read::<Study>(review.study)? else { continue };
            if let Some(item) = study.items.get(usize::from(review.item)) {
                let (prompt, answer) = (item.prompt.clone(), item.answer.clone());
                items.push(ReviewItem { study: review.study, item: review.item, prompt, answer, due: Some(review.due) });
            }
        }
        for line in self.store().studies(me, now, PAGE)? {
            let finished = line.learning.is_some_and(|learning| learning.body.finished.is_some());
            if !finished {
                continue;
            }
            for (number, item) in (0u16..).zip(&line.study.body.items) {
                let id = haitang_domain::study::Review::id(line.study.id, me, number);
                if items.len() < PAGE as usize && self.store().read::<haitang_domain::study::Review>(id)?.is_none() {
                    let (prompt, answer) = (item.prompt.clone(), item.answer.clone());
                    items.push(ReviewItem { study: line.study.id, item: number, prompt, answer, due: None });
                }
            }
        }
        Ok(items)
    }
}
