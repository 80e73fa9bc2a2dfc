//! Routines: what repeats a task, and on which days that falls.

use chrono::{Datelike as _, Days, Months, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::out_of_range;
use super::work::{Task, TaskKind, TaskState};
use crate::calendar::Calendar;
use crate::feed::Feed;
use crate::id::Id;
use crate::refusal::Refusal;
use crate::time::Zone;

/// The most occurrences a routine can have.
pub const OCCURRENCES_MAX: u32 = 10_000;

/// How often something repeats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Every so many days, 1 to 366.
    Days(u16),
    /// On some weekdays of every so many weeks.
    Weeks {
        /// Every how many weeks, 1 to 53. The week of the first day counts as the first.
        n: u16,
        /// Which days, 1 (Monday) to 7 (Sunday).
        weekdays: Vec<u8>,
    },
    /// On one day of every so many months.
    Months {
        /// Every how many months, 1 to 24. The month of the first day counts as the first.
        n: u16,
        /// Which day, 1 to 31. In a month that has it not, the last one.
        day: u8,
    },
}

impl Every {
    /// Refuses what can never be, or would be nearly never.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        let good = match self {
            Self::Days(n) => (1..=366).contains(n),
            Self::Weeks { n, weekdays } => {
                (1..=53).contains(n) && (1..=7).contains(&weekdays.len()) && weekdays.iter().all(|day| (1..=7).contains(day))
            }
            Self::Months { n, day } => (1..=24).contains(n) && (1..=31).contains(day),
        };
        if good { Ok(()) } else { Err(out_of_range("every")) }
    }

    /// The day of occurrence `number` (from 0), none of which lies before `first`; `None` past the end of the calendar.
    pub fn date(&self, first: NaiveDate, number: u32) -> Option<NaiveDate> {
        match self {
            Self::Days(n) => first.checked_add_days(Days::new(u64::from(number) * u64::from(*n))),
            Self::Weeks { n, weekdays } => {
                let mut days: Vec<u32> = weekdays.iter().map(|day| u32::from(*day)).collect();
                days.sort_unstable();
                days.dedup();
                let per_week = days.len() as u32;
                let today = first.weekday().number_from_monday();
                let passed = days.iter().filter(|day| **day < today).count() as u32;
                let index = number.checked_add(passed)?;
                let weeks = u64::from(index.checked_div(per_week)?) * u64::from(*n);
                let day = *days.get((index % per_week) as usize)?;
                let monday = first.checked_sub_days(Days::new(u64::from(today - 1)))?;
                monday.checked_add_days(Days::new(weeks * 7 + u64::from(day.checked_sub(1)?)))
            }
            Self::Months { n, day } => {
                let start = first.with_day(1)?;
                let at = |months: u32| in_month(start.checked_add_months(Months::new(months))?, u32::from(*day));
                let passed = u32::from(at(0)? < first);
                at(number.checked_add(passed)?.checked_mul(u32::from(*n))?)
            }
        }
    }
}

/// The given day of the month that begins with `start`, or the last one if there is no such day.
fn in_month(start: NaiveDate, day: u32) -> Option<NaiveDate> {
    start.with_day(day).or_else(|| start.checked_add_months(Months::new(1))?.pred_opt())
}

/// What repeats a task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Routine {
    /// The community its grid lies in.
    pub org: Id,
    /// Its grid.
    pub grid: Id,
    /// What kind of work.
    pub kind: TaskKind,
    /// What is to be done, in one line.
    pub title: String,
    /// Where.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Whom it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<Id>,
    /// Who does it; any worker of the grid where nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Id>,
    /// What to know when doing it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// How often.
    pub every: Every,
    /// Moved to the next working day where it falls on another, and not done twice on one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub working_days_only: bool,
    /// No occurrence falls before this day.
    pub first: NaiveDate,
    /// No occurrence falls after this day, but it may be moved past it to a working day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// When its window opens, in the org's zone.
    pub opens: NaiveTime,
    /// When its window closes; on the next day if that is not later than `opens`.
    pub closes: NaiveTime,
    /// The number of the first occurrence that is not yet made into a task.
    pub planned: u32,
    /// Whether it goes on.
    pub state: RoutineState,
    /// Who planned it.
    pub author: Id,
    /// Whether the org planned it, and not a worker of the grid.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub from_org: bool,
    /// Why it was stopped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Whether a routine goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoutineState {
    /// It does.
    Running,
    /// It repeats no more.
    Stopped,
}

/// One occurrence of a routine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Which one, from 0. Those that fall on one day with the next are left out.
    pub number: u32,
    /// The day it falls on.
    pub date: NaiveDate,
}

impl Routine {
    /// The grid's feed, and the org's where the org planned it.
    pub fn feeds(&self) -> Vec<Feed> {
        std::iter::once(Feed::grid(self.grid)).chain(self.from_org.then(|| Feed::org(self.org))).collect()
    }

    /// The day of an occurrence as the rule says it, not yet moved to a working day; `None` past the end.
    fn nominal(&self, number: u32) -> Option<NaiveDate> {
        let date = self.every.date(self.first, number).filter(|_| number < OCCURRENCES_MAX)?;
        self.until.is_none_or(|until| date <= until).then_some(date)
    }

    /// The first occurrence numbered `number` or later.
    ///
    /// Where several fall on one working day (a daily routine over a holiday), only the last of them is one.
    pub fn next(&self, number: u32, calendar: &Calendar) -> Option<Occurrence> {
        let mut number = number;
        loop {
            let nominal = self.nominal(number)?;
            if !self.working_days_only {
                return Some(Occurrence { number, date: nominal });
            }
            let date = calendar.working_day_from(nominal);
            if self.nominal(number + 1).is_none_or(|next| date < next) {
                return Some(Occurrence { number, date });
            }
            number += 1;
        }
    }

    /// The id of the task of an occurrence: two phones that plan the same one agree.
    pub fn task_id(routine: Id, number: u32) -> Id {
        Id::derived("task", routine, &number.to_be_bytes())
    }

    /// The task of an occurrence.
    pub(super) fn task(&self, id: Id, date: NaiveDate, zone: Zone) -> Task {
        let overnight = self.closes <= self.opens;
        let last_day = if overnight { date.succ_opt().unwrap_or(date) } else { date };
        Task {
            org: self.org,
            grid: self.grid,
            kind: self.kind,
            title: self.title.clone(),
            place: self.place.clone(),
            household: self.household,
            assignee: self.assignee,
            from: zone.moment(date, self.opens),
            due: zone.moment(last_day, self.closes),
            routine: Some(id),
            author: self.author,
            from_org: self.from_org,
            state: TaskState::Open,
            offered_to: None,
            report: None,
            note: self.note.clone(),
            reason: None,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
