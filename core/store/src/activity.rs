//! Activities, check-ins, templates and logs, as screens list them.

use std::cmp::Reverse;

use haitang_domain::activity::{Activity, CheckIn, Log, LogState, Template};
use haitang_domain::states::snake;
use haitang_domain::{Id, Timestamp};
use rusqlite::params;

use crate::error::{Error, StoreError};
use crate::paging::{FIRST, LAST, anchor, found, merged};
use crate::record::Found;
use crate::store::Store;

/// A check-in with the name of the one who was there.
#[derive(Clone, Debug, PartialEq)]
pub struct Attendee {
    /// The check-in.
    pub check_in: Found<CheckIn>,
    /// The member's name, where this phone knows it.
    pub name: Option<String>,
}

impl Store {
    /// Activities of some orgs, the latest first; from after the one that the page before ended with.
    pub fn activities(&self, orgs: &[Id], after: Option<Id>, limit: u32) -> Result<Vec<Found<Activity>>, StoreError> {
        self.read_with("activities", |db| {
            let last = anchor::<Activity>(db, after)?;
            let (starts, id) = last.map_or((i64::MAX, LAST), |(last, id)| (last.starts.millis(), *id.bytes()));
            let mut list: Vec<Found<Activity>> = vec![];
            for org in orgs {
                list.extend(found(db, include_str!("activity/activities.sql"), params![org.to_string(), starts, id, limit])?);
            }
            list.sort_by_key(|found| Reverse((found.body.starts, found.id)));
            list.dedup_by_key(|found| found.id);
            list.truncate(limit as usize);
            Ok(list)
        })
    }

    /// Activities of some orgs that start at `from` or later and before `to`, the next first.
    pub fn activities_between(
        &self,
        orgs: &[Id],
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Result<Vec<Found<Activity>>, StoreError> {
        self.read_with("activities_between", |db| {
            let mut list = vec![];
            for org in orgs {
                let params = params![org.to_string(), from.millis(), to.millis(), limit];
                list.extend(found(db, include_str!("activity/between.sql"), params)?);
            }
            Ok(merged(list, limit, |found: &Found<Activity>| found.body.starts))
        })
    }

    /// Who checked in at an activity, in the order in which it became known here.
    pub fn check_ins(&self, activity: Id) -> Result<Vec<Found<CheckIn>>, StoreError> {
        self.found("check_ins", include_str!("activity/check_ins.sql"), [activity.to_string()])
    }

    /// How many checked in at an activity.
    pub fn present(&self, activity: Id) -> Result<u32, StoreError> {
        self.read_with("present", |db| {
            let mut statement = db.prepare_cached(include_str!("activity/present.sql"))?;
            Ok(statement.query_row([activity.to_string()], |row| row.get(0))?)
        })
    }

    /// Who checked in at an activity, by name.
    pub fn attendance(&self, activity: Id) -> Result<Vec<Attendee>, StoreError> {
        self.read_with("attendance", |db| {
            let mut statement = db.prepare_cached(include_str!("activity/attendance.sql"))?;
            let read = |row: &rusqlite::Row<'_>| Ok::<_, Error>(Attendee { check_in: Found::read(row, 0)?, name: row.get(4)? });
            statement.query_and_then([activity.to_string()], read)?.collect()
        })
    }

    /// The forms that are offered, by name.
    pub fn templates(&self) -> Result<Vec<Found<Template>>, StoreError> {
        self.found("templates", include_str!("activity/templates.sql"), [])
    }

    /// A member's own logs in every state, the latest held first; from after the one that the page before ended with.
    pub fn my_logs(&self, author: Id, after: Option<Id>, limit: u32) -> Result<Vec<Found<Log>>, StoreError> {
        self.read_with("my_logs", |db| {
            let last = anchor::<Log>(db, after)?;
            let (held, id) = last.map_or((i64::MAX, LAST), |(last, id)| (last.content.held.millis(), *id.bytes()));
            found(db, include_str!("activity/my_logs.sql"), params![author.to_string(), held, id, limit])
        })
    }

    /// Logs of an org in one state, the latest held first.
    pub fn logs(&self, org: Id, state: LogState, limit: u32) -> Result<Vec<Found<Log>>, StoreError> {
        self.found("logs", include_str!("activity/logs.sql"), params![org.to_string(), snake(&state), limit])
    }

    /// Logs that record an activity, in the order in which they became known here.
    pub fn logs_of(&self, activity: Id, limit: u32) -> Result<Vec<Found<Log>>, StoreError> {
        self.found("logs_of", include_str!("activity/logs_of.sql"), params![activity.to_string(), limit])
    }

    /// Logs that wait for a decision by one of some orgs, the oldest first; from after the one that the page before ended with.
    pub fn waiting_logs(&self, orgs: &[Id], after: Option<Id>, limit: u32) -> Result<Vec<Found<Log>>, StoreError> {
        self.read_with("waiting_logs", |db| {
            let last = anchor::<Log>(db, after)?;
            let (held, id) = last.map_or((i64::MIN, FIRST), |(last, id)| (last.content.held.millis(), *id.bytes()));
            let mut list = vec![];
            for org in orgs {
                list.extend(found(db, include_str!("activity/waiting_logs.sql"), params![org.to_string(), held, id, limit])?);
            }
            Ok(merged(list, limit, |found: &Found<Log>| found.body.content.held))
        })
    }
}
