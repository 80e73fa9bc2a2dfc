//! The electronic ledger of an org: read from records through their indices, counted by the domain.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use haitang_domain::activity::{CheckIn, Log};
use haitang_domain::attachment::Sha256;
use haitang_domain::directory::Org;
use haitang_domain::ledger::{Line, lines};
use haitang_domain::record::Typed;
use haitang_domain::{Id, Key, Kind};

use crate::storage::{Result, Snapshot};

/// The ledger of `org` from `first` to `last`, both included; `None` where there is no such org.
pub fn of(snapshot: &dyn Snapshot, org: Id, first: NaiveDate, last: NaiveDate) -> Result<Option<(Org, Vec<Line>)>> {
    let Some(found) = snapshot.record(Key::new(Kind::Org, org))?.and_then(|stored| Org::of(stored.body)) else {
        return Ok(None);
    };
    let end = last.checked_add_days(Days::new(1)).unwrap_or(last);
    let (from, to) = (found.zone.start_of(first), found.zone.start_of(end).plus_millis(-1));
    let logs: Vec<(Id, Log)> =
        snapshot.logs_of(org, from, to)?.into_iter().filter_map(|(id, body)| Some((id, Log::of(body)?))).collect();
    let activities: BTreeSet<Id> = logs.iter().filter_map(|(_, log)| log.content.activity).collect();
    let mut check_ins: Vec<CheckIn> = vec![];
    for activity in activities {
        check_ins.extend(snapshot.check_ins_of(activity)?.into_iter().filter_map(CheckIn::of));
    }
    let mut arrived: BTreeSet<Sha256> = BTreeSet::new();
    for file in logs.iter().flat_map(|(_, log)| &log.content.files) {
        if snapshot.has_file(&file.sha256)? {
            arrived.insert(file.sha256);
        }
    }
    let lines = lines(&logs, &check_ins, found.zone, first, last, |sha256| arrived.contains(sha256));
    Ok(Some((found, lines)))
}
