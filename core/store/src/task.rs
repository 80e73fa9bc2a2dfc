//! Grid work, as screens list it.

use haitang_domain::task::{Household, Report, Routine, Shift, Task};
use haitang_domain::{Id, Timestamp};
use rusqlite::{Connection, Params, params};

use crate::error::{Error, StoreError};
use crate::record::{Found, Typed};
use crate::store::Store;

fn found<T: Typed>(db: &Connection, sql: &str, params: impl Params) -> Result<Vec<Found<T>>, Error> {
    db.prepare_cached(sql)?.query_and_then(params, |row| Found::read(row, 0))?.collect()
}

impl Store {
    /// The day's list: tasks still to be done and due at `end` or before, what is due longest first. Those given to `member`, those
    /// given to whoever works in one of `grids`, and those offered to `member`.
    pub fn day_list(&self, member: Id, grids: &[Id], end: Timestamp, limit: u32) -> Result<Vec<Found<Task>>, StoreError> {
        self.read_with("day_list", |db| {
            let (me, end) = (member.to_string(), end.millis());
            let mut list: Vec<Found<Task>> = found(db, include_str!("task/mine.sql"), params![me, end, limit])?;
            list.extend(found(db, include_str!("task/offered.sql"), params![me, end, limit])?);
            for grid in grids {
                list.extend(found(db, include_str!("task/of_grid.sql"), params![grid.to_string(), end, limit])?);
            }
            list.sort_by_key(|found| (found.body.due, found.id));
            list.dedup_by_key(|found| found.id);
            list.truncate(limit as usize);
            Ok(list)
        })
    }

    /// Households of a grid, by address.
    pub fn households(&self, grid: Id, limit: u32) -> Result<Vec<Found<Household>>, StoreError> {
        self.found("households", include_str!("task/households.sql"), params![grid.to_string(), limit])
    }

    /// Routines of a grid, by title.
    pub fn routines(&self, grid: Id, limit: u32) -> Result<Vec<Found<Routine>>, StoreError> {
        self.found("routines", include_str!("task/routines.sql"), params![grid.to_string(), limit])
    }

    /// Shifts of a member that start at `since` or later, and those offered to the member; the next first.
    pub fn shifts(&self, member: Id, since: Timestamp, limit: u32) -> Result<Vec<Found<Shift>>, StoreError> {
        self.read_with("shifts", |db| {
            let me = member.to_string();
            let mut list: Vec<Found<Shift>> = found(db, include_str!("task/shifts.sql"), params![me, since.millis(), limit])?;
            list.extend(found(db, include_str!("task/shifts_offered.sql"), params![me, limit])?);
            list.sort_by_key(|found| (found.body.starts, found.id));
            list.dedup_by_key(|found| found.id);
            list.truncate(limit as usize);
            Ok(list)
        })
    }

    /// Shifts of a grid that start at `since` or later, the next first.
    pub fn grid_shifts(&self, grid: Id, since: Timestamp, limit: u32) -> Result<Vec<Found<Shift>>, StoreError> {
        self.found("grid_shifts", include_str!("task/grid_shifts.sql"), params![grid.to_string(), since.millis(), limit])
    }

    /// Reports of a task, the oldest first.
    pub fn reports(&self, task: Id) -> Result<Vec<Found<Report>>, StoreError> {
        self.found("reports", include_str!("task/reports.sql"), [task.to_string()])
    }
}
