//! The electronic ledger: what an org did in a period, derived from its records. Nobody types it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::activity::{ActivityKind, CheckIn, Log, LogState};
use crate::attachment::Sha256;
use crate::evidence::Lateness;
use crate::id::Id;
use crate::time::Zone;

/// One approved activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The log it was made of.
    pub log: Id,
    /// The day it was held, in the org's zone.
    pub date: NaiveDate,
    /// Its sort.
    pub kind: ActivityKind,
    /// What it was about.
    pub title: String,
    /// How many were there: everyone checked in or named in the log, counted once.
    pub present: usize,
    /// How many checked in themselves by the host's code.
    pub by_code: usize,
    /// Who wrote the log.
    pub author: Id,
    /// Who approved it.
    pub approver: Option<Id>,
    /// How late it was recorded after it ended or was held.
    pub recorded: Option<Lateness>,
    /// Files it names.
    pub files: usize,
    /// Files that have not arrived. A log counts as delivered only at 0.
    pub files_missing: usize,
    /// How often it was returned before.
    pub returns: u16,
}

/// The ledger lines of approved logs held from `first` to `last`, both included, in order of day.
///
/// `check_ins` are those of the org's activities; `arrived` says whether a file's bytes are there.
pub fn lines(
    logs: &[(Id, Log)],
    check_ins: &[CheckIn],
    zone: Zone,
    first: NaiveDate,
    last: NaiveDate,
    arrived: impl Fn(&Sha256) -> bool,
) -> Vec<Line> {
    let mut lines: Vec<_> = logs
        .iter()
        .filter(|(_, log)| log.state == LogState::Approved)
        .map(|(id, log)| (zone.date(log.content.held), id, log))
        .filter(|(date, ..)| (first..=last).contains(date))
        .map(|(date, id, log)| line(*id, log, date, check_ins, &arrived))
        .collect();
    lines.sort_by_key(|line| (line.date, line.log));
    lines
}

fn line(id: Id, log: &Log, date: NaiveDate, check_ins: &[CheckIn], arrived: impl Fn(&Sha256) -> bool) -> Line {
    let content = &log.content;
    let at_door = || check_ins.iter().filter(|check_in| content.activity == Some(check_in.activity));
    let present: BTreeSet<Id> = at_door().map(|check_in| check_in.member).chain(content.attendance.iter().copied()).collect();
    Line {
        log: id,
        date,
        kind: content.kind,
        title: content.title.clone(),
        present: present.len(),
        by_code: at_door().filter(|check_in| check_in.means == crate::activity::Means::Code).count(),
        author: log.author,
        approver: log.decided_by,
        recorded: log.submitted.map(|made| made.lateness(content.held)),
        files: content.files.len(),
        files_missing: content.files.iter().filter(|file| !arrived(&file.sha256)).count(),
        returns: log.returns,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{LogContent, Means};
    use crate::decide::testing::id;
    use crate::evidence::Interval;
    use crate::time::{DAY_MS, Timestamp};

    fn log(held: i64, state: LogState, attendance: &[u8]) -> Log {
        let content = LogContent {
            activity: Some(id(60)),
            template: None,
            kind: ActivityKind::Lecture,
            title: "党课".into(),
            held: Timestamp::from_millis(held),
            attendance: attendance.iter().copied().map(id).collect(),
            fields: [].into(),
            files: vec![],
            late_reason: String::new(),
        };
        let submitted = Some(Interval::at(Timestamp::from_millis(held + 1_000)));
        Log {
            org: id(4),
            author: id(10),
            content,
            state,
            submitted,
            waits_for: None,
            decided_by: Some(id(11)),
            decided: None,
            reason: String::new(),
            returns: 0,
        }
    }

    #[test]
    fn only_approved_logs_of_the_period_count_and_each_person_once() {
        let check_in = CheckIn {
            activity: id(60),
            org: id(4),
            member: id(20),
            by: id(20),
            made: Interval::at(Timestamp::from_millis(0)),
            means: Means::Code,
            location: None,
            flags: [].into(),
        };
        let logs = [
            (id(1), log(40 * DAY_MS, LogState::Approved, &[])),
            (id(2), log(5 * DAY_MS, LogState::Approved, &[20, 21])),
            (id(3), log(5 * DAY_MS, LogState::Submitted, &[20])),
        ];
        let first = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a date");
        let last = NaiveDate::from_ymd_opt(1970, 1, 31).expect("a date");
        let lines = lines(&logs, &[check_in], Zone::CHINA, first, last, |_| true);
        assert_eq!(lines.len(), 1);
        assert_eq!((lines[0].log, lines[0].present, lines[0].by_code), (id(2), 2, 1));
        assert_eq!(lines[0].recorded, Some(Lateness::WithinMinutes(3)));
    }
}
