//! What the first screen counts, in one look.

use std::collections::{BTreeMap, HashMap};

use haitang_domain::directory::Appointment;
use haitang_domain::notice::Notice;
use haitang_domain::time::DAY_MS;
use haitang_domain::{Id, Timestamp};
use rusqlite::{Connection, Params, params};

use crate::error::{Error, StoreError};
use crate::store::Store;

/// What there is more of is not counted on: 100 stands for "more than 99".
pub const COUNT_MAX: u32 = 100;
/// Notices, studies and papers that are older than this are not counted, so that counting does not take longer each year.
const RECENT_MS: i64 = 400 * DAY_MS;

/// Whose first screen it is, and when.
#[derive(Clone, Debug)]
pub struct Holder<'a> {
    /// The member.
    pub member: Id,
    /// Their appointments in force.
    pub held: &'a [Appointment],
    /// The orgs they belong to or hold an appointment in.
    pub orgs: &'a [Id],
    /// The orgs they decide for.
    pub deciding: &'a [Id],
    /// The grids they work.
    pub grids: &'a [Id],
    /// Now.
    pub now: Timestamp,
    /// The end of today.
    pub day_end: Timestamp,
}

/// What waits for somebody. Each at most [`COUNT_MAX`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tasks due by the end of today, what is late included.
    pub tasks_due: u32,
    /// Tasks that should be done already.
    pub tasks_late: u32,
    /// Tasks and shifts offered to the member, and transfers offered to their orgs.
    pub offers: u32,
    /// Logs that wait for the member's decision.
    pub approvals: u32,
    /// The member's logs that were sent back.
    pub returned_logs: u32,
    /// Notices not read.
    pub notices_unread: u32,
    /// Notices that ask to be confirmed and are not.
    pub notices_to_confirm: u32,
    /// Studies not finished.
    pub studies_open: u32,
    /// Items to be remembered again, or for the first time.
    pub reviews_due: u32,
    /// Papers that can be answered and are not.
    pub papers_open: u32,
}

impl Store {
    /// What waits for somebody.
    pub fn counts(&self, of: &Holder<'_>) -> Result<Counts, StoreError> {
        self.read_with("counts", |db| {
            let (me, now, recent) = (of.member.to_string(), of.now.millis(), of.now.plus_millis(-RECENT_MS).millis());
            let (tasks_due, tasks_late) = tasks(db, of)?;
            let mut offers: u32 = one(db, include_str!("home/offers.sql"), params![me, COUNT_MAX])?;
            let mut approvals = 0;
            for org in of.deciding {
                let mut statement = db.prepare_cached(include_str!("home/decisions.sql"))?;
                let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, u32>(0)?, row.get::<_, u32>(1)?));
                let (logs, transfers) = statement.query_row(params![org.to_string(), COUNT_MAX], read)?;
                approvals += logs;
                offers += transfers;
            }
            let mut returned_logs = 0;
            for org in of.orgs {
                returned_logs += one(db, include_str!("home/returned.sql"), params![org.to_string(), me, COUNT_MAX])?;
            }
            let (notices_unread, notices_to_confirm) = notices(db, of, recent)?;
            let recent = params![me, now, recent, COUNT_MAX];
            Ok(Counts {
                tasks_due,
                tasks_late,
                offers: offers.min(COUNT_MAX),
                approvals: approvals.min(COUNT_MAX),
                returned_logs: returned_logs.min(COUNT_MAX),
                notices_unread,
                notices_to_confirm,
                studies_open: one(db, include_str!("home/studies.sql"), recent)?,
                reviews_due: reviews(db, of)?,
                papers_open: one(db, include_str!("home/papers.sql"), recent)?,
            })
        })
    }
}

fn one(db: &Connection, sql: &str, params: impl Params) -> Result<u32, Error> {
    Ok(db.prepare_cached(sql)?.query_row(params, |row| row.get(0))?)
}

/// A task may be in more than one of the three lists: each is counted once.
fn tasks(db: &Connection, of: &Holder<'_>) -> Result<(u32, u32), Error> {
    let mut due: BTreeMap<i64, i64> = BTreeMap::new();
    let mut add = |sql, whose: Id| {
        let mut statement = db.prepare_cached(sql)?;
        let params = params![whose.to_string(), of.day_end.millis(), COUNT_MAX];
        for row in statement.query_map(params, |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (no, moment) = row?;
            due.insert(no, moment);
        }
        Ok::<_, Error>(())
    };
    add(include_str!("home/mine.sql"), of.member)?;
    add(include_str!("home/offered.sql"), of.member)?;
    for grid in of.grids {
        add(include_str!("home/of_grid.sql"), *grid)?;
    }
    let late = due.values().filter(|due| **due < of.now.millis()).count();
    Ok((capped(due.len()), capped(late)))
}

fn notices(db: &Connection, of: &Holder<'_>, recent: i64) -> Result<(u32, u32), Error> {
    let mut statement = db.prepare_cached(include_str!("home/notices.sql"))?;
    // Some of them may be meant for others.
    let mut rows = statement.query(params![of.member.to_string(), of.now.millis(), recent, 4 * COUNT_MAX])?;
    let (mut unread, mut to_confirm) = (0, 0);
    while let Some(row) = rows.next()? {
        let notice: Notice = serde_json::from_slice(row.get_ref(0)?.as_bytes().map_err(rusqlite::Error::from)?)?;
        if notice.is_for(of.held) {
            unread += usize::from(!row.get::<_, bool>(1)?);
            to_confirm += usize::from(notice.wants_receipt);
        }
    }
    Ok((capped(unread), capped(to_confirm)))
}

fn reviews(db: &Connection, of: &Holder<'_>) -> Result<u32, Error> {
    let (me, now) = (of.member.to_string(), of.now.millis());
    let due = one(db, include_str!("home/reviews.sql"), params![me, now, COUNT_MAX])?;
    let pair = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?));
    let mut statement = db.prepare_cached(include_str!("home/reviewed.sql"))?;
    let reviewed: HashMap<String, u32> = statement.query_map([&me], pair)?.collect::<Result<_, _>>()?;
    let mut statement = db.prepare_cached(include_str!("home/learned.sql"))?;
    let recent = of.now.plus_millis(-RECENT_MS).millis();
    let learned: Vec<(String, u32)> = statement.query_map(params![me, now, recent], pair)?.collect::<Result<_, _>>()?;
    let fresh = learned.iter().map(|(study, items)| items.saturating_sub(*reviewed.get(study).unwrap_or(&0))).sum::<u32>();
    Ok((due + fresh).min(COUNT_MAX))
}

fn capped(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(COUNT_MAX).min(COUNT_MAX)
}
