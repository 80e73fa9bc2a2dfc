//! Activities, check-ins, templates and logs, as screens list them.

use haitang_domain::activity::{Activity, CheckIn, Log, LogState, Template};
use haitang_domain::states::snake;
use haitang_domain::{Id, Timestamp};
use rusqlite::params;

use crate::error::{Error, StoreError};
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
    /// Activities of an org, the latest first.
    pub fn activities(&self, org: Id, limit: u32) -> Result<Vec<Found<Activity>>, StoreError> {
        self.found("activities", include_str!("activity/activities.sql"), params![org.to_string(), limit])
    }

    /// Activities of an org that start at `from` or later, the next first.
    pub fn upcoming_activities(&self, org: Id, from: Timestamp, limit: u32) -> Result<Vec<Found<Activity>>, StoreError> {
        self.found("upcoming", include_str!("activity/upcoming.sql"), params![org.to_string(), from.millis(), limit])
    }

    /// Activities of an org that started before `before`, the latest first; page on with the start of the last one shown.
    pub fn past_activities(&self, org: Id, before: Timestamp, limit: u32) -> Result<Vec<Found<Activity>>, StoreError> {
        self.found("past", include_str!("activity/past.sql"), params![org.to_string(), before.millis(), limit])
    }

    /// Who checked in at an activity, in the order in which it became known here.
    pub fn check_ins(&self, activity: Id) -> Result<Vec<Found<CheckIn>>, StoreError> {
        self.found("check_ins", include_str!("activity/check_ins.sql"), [activity.to_string()])
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

    /// A member's own logs in every state, the latest held first.
    pub fn my_logs(&self, author: Id, limit: u32) -> Result<Vec<Found<Log>>, StoreError> {
        self.found("my_logs", include_str!("activity/my_logs.sql"), params![author.to_string(), limit])
    }

    /// Logs of an org in one state, the latest held first.
    pub fn logs(&self, org: Id, state: LogState, limit: u32) -> Result<Vec<Found<Log>>, StoreError> {
        self.found("logs", include_str!("activity/logs.sql"), params![org.to_string(), snake(&state), limit])
    }

    /// Logs that wait for a decision by an org, the oldest first.
    pub fn waiting_logs(&self, org: Id, limit: u32) -> Result<Vec<Found<Log>>, StoreError> {
        self.found("waiting_logs", include_str!("activity/waiting_logs.sql"), params![org.to_string(), limit])
    }
}
