//! What the holder is waited for, and when: what local alarms are set for.

use haitang_domain::activity::ActivityState;
use haitang_domain::quiz::Attempt;
use haitang_domain::task::ShiftState;
use haitang_domain::{Id, Timestamp};
use serde::Serialize;

use crate::directory::PAGE;
use crate::error::AppError;
use crate::phone::Phone;

/// As many of each sort as are looked through.
const MANY: u32 = 200;

/// A moment by which, or at which, something is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// What it is about.
    pub id: Id,
    /// `task`, `shift`, `activity`, `paper`, `notice` or `study`.
    pub kind: &'static str,
    /// What it is called; for a shift, its place.
    pub title: String,
    /// Where; empty where that does not matter.
    pub place: String,
    /// When: a task is due, a shift or an activity begins, a running attempt or its paper ends, a notice can no longer be confirmed, a
    /// study ends.
    pub at: Timestamp,
}

impl Phone {
    /// What is to be done between now and `until` (inclusive), the soonest first; at most 50. Of tasks those given to the holder, of
    /// activities those of their org, of papers those that can still be taken, of notices those that wait to be confirmed, of studies
    /// those that are not finished.
    pub fn deadlines(&self, until: Timestamp) -> Result<Vec<Deadline>, AppError> {
        let now = self.now();
        let mut all = self.work_deadlines(now, until)?;
        all.extend(self.reading_deadlines(now)?);
        all.extend(self.paper_deadlines(now)?);
        all.retain(|deadline| now < deadline.at && deadline.at <= until);
        all.sort_by_key(|deadline| (deadline.at, deadline.id));
        all.truncate(PAGE as usize);
        Ok(all)
    }

    fn work_deadlines(&self, now: Timestamp, until: Timestamp) -> Result<Vec<Deadline>, AppError> {
        let me = self.me()?;
        let mut all = vec![];
        for found in self.store().day_list(me, &[], until, MANY)? {
            let task = found.body;
            if task.assignee == Some(me) {
                all.push(Deadline { id: found.id, kind: "task", title: task.title, place: task.place, at: task.due });
            }
        }
        for found in self.store().shifts(me, now, MANY)? {
            let shift = found.body;
            let over = matches!(shift.state, ShiftState::Ended | ShiftState::Missed | ShiftState::Cancelled);
            if shift.worker == me && !over {
                let (title, place) = (shift.place.clone(), shift.place);
                all.push(Deadline { id: found.id, kind: "shift", title, place, at: shift.starts });
            }
        }
        for found in self.store().activities_between(&self.my_orgs()?, now, until, MANY)? {
            let activity = found.body;
            let expected = activity.expected.is_empty() || activity.expected.contains(&me) || activity.host == me;
            if activity.state == ActivityState::Planned && expected {
                let (title, place) = (activity.title, activity.place);
                all.push(Deadline { id: found.id, kind: "activity", title, place, at: activity.starts });
            }
        }
        Ok(all)
    }

    fn reading_deadlines(&self, now: Timestamp) -> Result<Vec<Deadline>, AppError> {
        let me = self.me()?;
        let held: Vec<_> = self.my_appointments()?.into_iter().map(|found| found.body).collect();
        let mut all = vec![];
        for line in self.store().notices(me, now, None, MANY)? {
            let notice = line.notice.body;
            let confirmed = line.receipt.is_some_and(|receipt| receipt.body.confirmed.is_some());
            if let Some(at) = notice.until
                && notice.wants_receipt
                && notice.is_for(&held)
                && !confirmed
            {
                all.push(Deadline { id: line.notice.id, kind: "notice", title: notice.title, place: String::new(), at });
            }
        }
        for line in self.store().studies(me, now, MANY)? {
            let finished = line.learning.is_some_and(|learning| learning.body.finished.is_some());
            if let Some(at) = line.study.body.until
                && !finished
            {
                all.push(Deadline { id: line.study.id, kind: "study", title: line.study.body.title, place: String::new(), at });
            }
        }
        Ok(all)
    }

    fn paper_deadlines(&self, now: Timestamp) -> Result<Vec<Deadline>, AppError> {
        let mut all = vec![];
        for line in self.store().papers(self.me()?, now, MANY)? {
            let stand = self.stand(&line, now)?;
            let running = stand.open.map(|open| self.read::<Attempt>(open)).transpose()?;
            let paper = line.paper.body;
            let at = match running {
                Some(attempt) => attempt.deadline(&paper),
                None => paper.closes.filter(|_| stand.may_start),
            };
            if let Some(at) = at {
                all.push(Deadline { id: line.paper.id, kind: "paper", title: paper.title, place: String::new(), at });
            }
        }
        Ok(all)
    }
}
