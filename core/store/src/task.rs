//! Grid work, as screens list it.

use std::collections::{BTreeMap, BTreeSet};

use haitang_domain::record::Typed as _;
use haitang_domain::task::{Household, Report, Routine, Shift, Task};
use haitang_domain::{Id, Timestamp};
use rusqlite::{Connection, params};

use crate::error::{Error, StoreError};
use crate::paging::{FIRST, anchor, found, merged, natural};
use crate::record::Found;
use crate::store::Store;

/// In which order tasks are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskOrder {
    /// What is due first, first.
    Due,
    /// By where they are done, numbers in it as numbers.
    Place,
}

fn one(db: &Connection, id: Id) -> Result<Found<Task>, Error> {
    let mut statement = db.prepare_cached(include_str!("task/one.sql"))?;
    statement.query_one(params![id.bytes(), Task::KIND as u8], |row| Ok(Found::read(row, 0)))?
}

impl Store {
    /// The day's list: tasks still to be done and due at `end` or before, what is due longest first. Those given to `member`, those
    /// given to whoever works in one of `grids`, and those offered to `member`.
    pub fn day_list(&self, member: Id, grids: &[Id], end: Timestamp, limit: u32) -> Result<Vec<Found<Task>>, StoreError> {
        self.by_due(member, grids, end.millis(), None, limit)
    }

    /// Every task still to be done of those that the day's list is made of, in an order; from after the one that the page before
    /// ended with.
    pub fn open_tasks(
        &self,
        member: Id,
        grids: &[Id],
        order: TaskOrder,
        after: Option<Id>,
        limit: u32,
    ) -> Result<Vec<Found<Task>>, StoreError> {
        if order == TaskOrder::Due {
            return self.by_due(member, grids, i64::MAX, after, limit);
        }
        self.read_with("open_tasks", |db| {
            let key = |place: &str, due: i64, id: [u8; 16]| (natural(place), due, id);
            let last = anchor::<Task>(db, after)?.map(|(last, id)| key(&last.place, last.due.millis(), *id.bytes()));
            let mut places = BTreeSet::new();
            let mut add = |sql, whose: Id| {
                let mut statement = db.prepare_cached(sql)?;
                let mut rows = statement.query([whose.to_string()])?;
                while let Some(row) = rows.next()? {
                    let place = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
                    places.insert(key(place, row.get(2)?, row.get(0)?));
                }
                Ok::<_, Error>(())
            };
            add(include_str!("task/mine_by_place.sql"), member)?;
            add(include_str!("task/offered_by_place.sql"), member)?;
            for grid in grids {
                add(include_str!("task/of_grid_by_place.sql"), *grid)?;
            }
            let page = places.into_iter().filter(|key| last.as_ref().is_none_or(|last| key > last)).take(limit as usize);
            page.map(|(_, _, id)| one(db, Id::from_bytes(id))).collect()
        })
    }

    fn by_due(&self, member: Id, grids: &[Id], end: i64, after: Option<Id>, limit: u32) -> Result<Vec<Found<Task>>, StoreError> {
        self.read_with("by_due", |db| {
            let last = anchor::<Task>(db, after)?;
            let (due, id) = last.map_or((i64::MIN, FIRST), |(last, id)| (last.due.millis(), *id.bytes()));
            let of = |sql, whose: Id| found(db, sql, params![whose.to_string(), end, due, id, limit]);
            let mut list: Vec<Found<Task>> = of(include_str!("task/mine.sql"), member)?;
            list.extend(of(include_str!("task/offered.sql"), member)?);
            for grid in grids {
                list.extend(of(include_str!("task/of_grid.sql"), *grid)?);
            }
            Ok(merged(list, limit, |found: &Found<Task>| found.body.due))
        })
    }

    /// Households of some grids, by address, numbers in it as numbers; from after the one that the page before ended with. Only those that are `wanted`.
    pub fn households(
        &self,
        grids: &[Id],
        after: Option<Id>,
        limit: u32,
        wanted: impl Fn(&Household) -> bool,
    ) -> Result<Vec<Found<Household>>, StoreError> {
        let key = |of: &Household, id: Id| ([&of.address, &of.building, &of.unit, &of.door].map(|part| natural(part)), id);
        self.read_with("households", |db| {
            let last = anchor::<Household>(db, after)?.map(|(last, id)| key(&last, id));
            let mut list = BTreeMap::new();
            for grid in grids {
                let all: Vec<Found<Household>> = found(db, include_str!("task/households.sql"), [grid.to_string()])?;
                let wanted = all.into_iter().filter(|found| wanted(&found.body));
                list.extend(wanted.map(|found| (key(&found.body, found.id), found)));
            }
            let page = list.into_iter().filter(|(key, _)| last.as_ref().is_none_or(|last| key > last));
            Ok(page.map(|(_, found)| found).take(limit as usize).collect())
        })
    }

    /// Tasks for a household that are still to be done, what is due first, first.
    pub fn household_tasks(&self, household: Id, limit: u32) -> Result<Vec<Found<Task>>, StoreError> {
        self.found("household_tasks", include_str!("task/of_household.sql"), params![household.to_string(), limit])
    }

    /// What was found at a household, the newest first.
    pub fn history(&self, household: Id, limit: u32) -> Result<Vec<Found<Report>>, StoreError> {
        self.found("history", include_str!("task/history.sql"), params![household.to_string(), limit])
    }

    /// Routines of some grids, by title; from after the one that the page before ended with.
    pub fn routines(&self, grids: &[Id], after: Option<Id>, limit: u32) -> Result<Vec<Found<Routine>>, StoreError> {
        self.read_with("routines", |db| {
            let (title, id) =
                anchor::<Routine>(db, after)?.map_or((String::new(), FIRST), |(last, id)| (last.title, *id.bytes()));
            let mut list = vec![];
            for grid in grids {
                list.extend(found(db, include_str!("task/routines.sql"), params![grid.to_string(), title, id, limit])?);
            }
            Ok(merged(list, limit, |found: &Found<Routine>| found.body.title.clone()))
        })
    }

    /// Shifts of a member that start at `since` or later, and those offered to the member; the next first.
    pub fn shifts(&self, member: Id, since: Timestamp, limit: u32) -> Result<Vec<Found<Shift>>, StoreError> {
        self.read_with("shifts", |db| {
            let me = member.to_string();
            let mut list: Vec<Found<Shift>> = found(db, include_str!("task/shifts.sql"), params![me, since.millis(), limit])?;
            list.extend(found(db, include_str!("task/shifts_offered.sql"), params![me, limit])?);
            Ok(merged(list, limit, |found| found.body.starts))
        })
    }

    /// Shifts of some grids that start at `since` or later, the next first; from after the one that the page before ended with.
    pub fn roster(&self, grids: &[Id], since: Timestamp, after: Option<Id>, limit: u32) -> Result<Vec<Found<Shift>>, StoreError> {
        self.read_with("roster", |db| {
            let last = anchor::<Shift>(db, after)?;
            let (starts, id) = last.map_or((i64::MIN, FIRST), |(last, id)| (last.starts.millis(), *id.bytes()));
            let mut list = vec![];
            for grid in grids {
                let params = params![grid.to_string(), since.millis(), starts, id, limit];
                list.extend(found(db, include_str!("task/grid_shifts.sql"), params)?);
            }
            Ok(merged(list, limit, |found: &Found<Shift>| found.body.starts))
        })
    }

    /// Reports of a task, the oldest first.
    pub fn reports(&self, task: Id) -> Result<Vec<Found<Report>>, StoreError> {
        self.found("reports", include_str!("task/reports.sql"), [task.to_string()])
    }
}
