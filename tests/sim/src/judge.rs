//! What must be true.

use std::collections::BTreeMap;

use haitang_domain::activity::{CheckIn, Log};
use haitang_domain::directory::{Appointment, Member};
use haitang_domain::record::Typed as _;
use haitang_domain::time::DAY_MS;
use haitang_domain::{Body, Feed, Id, Key, Kind, Timestamp, World, access};
use haitang_server::admin::verify::verify_log;
use haitang_server::storage::{Snapshot, Storage};
use haitang_store::Store;

/// Every record with its body, in whatever shard.
pub fn everything(storage: &dyn Storage) -> Result<BTreeMap<Key, Body>, String> {
    let mut all = BTreeMap::new();
    let read = storage.read(&mut |snapshot: &dyn Snapshot| {
        let mut keys = vec![];
        for (shard, _) in snapshot.shards()? {
            snapshot.versions(shard, &mut |key, _| {
                keys.push(key);
                true
            })?;
        }
        for key in keys {
            if let Some(stored) = snapshot.record(key)? {
                all.insert(key, stored.body);
            }
        }
        Ok(())
    });
    read.map_err(|error| error.to_string())?;
    Ok(all)
}

/// All records, as the rules read them.
struct All<'a>(&'a BTreeMap<Key, Body>);

impl World for All<'_> {
    fn get(&self, key: Key) -> Option<Body> {
        self.0.get(&key).cloned()
    }
}

/// What a member may see at `now`, by the rules over all records: found without any of the server's indices.
pub fn visible(storage: &dyn Storage, member: Id, now: Timestamp) -> Result<BTreeMap<Key, String>, String> {
    let all = everything(storage)?;
    let record = all.get(&Key::new(Kind::Member, member)).and_then(Member::of_ref).ok_or("a member without a record")?;
    let held = all.values().filter_map(Appointment::of_ref).filter(|held| held.member == member && held.in_force(now));
    let held: Vec<Appointment> = held.cloned().collect();
    let feeds = access::feeds(member, record, &held, &All(&all));
    let reads = |key: &Key, body: &Body| body.feeds(key.id).iter().any(|feed: &Feed| feeds.contains(feed));
    let seen = all.iter().filter(|(key, body)| reads(key, body));
    Ok(seen.map(|(key, body)| (*key, String::from_utf8_lossy(&body.to_json()).into_owned())).collect())
}

/// That a phone holds exactly what its holder may see, word for word.
pub fn same(store: &Store, visible: &BTreeMap<Key, String>) -> Result<(), String> {
    let mut held = BTreeMap::new();
    store
        .every_record(|record| {
            if let (Some(key), Some(confirmed)) = (record.key, record.confirmed) {
                held.insert(key, confirmed);
            }
        })
        .map_err(|error| error.to_string())?;
    for (key, body) in visible {
        match held.remove(key) {
            None => return Err(format!("{key} is not on the phone")),
            Some(found) if found != *body => return Err(format!("{key} is {found} on the phone and {body} on the server")),
            Some(_) => {}
        }
    }
    held.keys().next().map_or(Ok(()), |key| Err(format!("{key} is on the phone, and its holder may not see it")))
}

/// That nothing is pending on a phone that has nothing unsent.
pub fn quiet(store: &Store) -> Result<(), String> {
    let mut odd = None;
    store
        .every_record(|record| {
            if record.pending.is_some() {
                odd = Some(format!("{:?} has something pending over it, and nothing is unsent", record.key));
            } else if record.feeds == 0 {
                odd = Some(format!("{:?} is in no feed", record.key));
            }
        })
        .map_err(|error| error.to_string())?;
    odd.map_or(Ok(()), Err)
}

/// That the log's chains are whole, and versions dense.
pub fn log_is_whole(storage: &dyn Storage) -> Result<(), String> {
    for report in verify_log(storage).map_err(|error| error.to_string())? {
        if let Some(fault) = report.fault {
            return Err(format!("the log of shard {}: {fault}", report.shard));
        }
    }
    Ok(())
}

/// That every ledger equals one counted from all records, without an index.
pub fn ledgers_are_true(storage: &dyn Storage, now: Timestamp) -> Result<(), String> {
    let all = everything(storage)?;
    let today = haitang_domain::Zone::CHINA.date(now);
    let (first, last) = (today - chrono::Days::new(60), today + chrono::Days::new(60));
    let logs = |org: Id| -> Vec<(Id, Log)> {
        let of = |(key, body): (&Key, &Body)| Some((key.id, Log::of_ref(body)?.clone())).filter(|(_, log)| log.org == org);
        all.iter().filter_map(of).collect()
    };
    let check_ins: Vec<CheckIn> = all.values().filter_map(|body| CheckIn::of_ref(body).cloned()).collect();
    let orgs: Vec<Id> = all.keys().filter(|key| key.kind == Kind::Org).map(|key| key.id).collect();
    for org in orgs {
        let mut found = None;
        let mut arrived = std::collections::BTreeSet::new();
        let read = storage.read(&mut |snapshot: &dyn Snapshot| {
            found = haitang_server::ledger::of(snapshot, org, first, last)?;
            for (_, log) in logs(org) {
                for file in log.content.files {
                    if snapshot.has_file(&file.sha256)? {
                        arrived.insert(file.sha256);
                    }
                }
            }
            Ok(())
        });
        read.map_err(|error| error.to_string())?;
        logs_are_found(storage, org, &logs(org), now)?;
        let Some((record, lines)) = found else { return Err(format!("org {org} has no ledger")) };
        let counted =
            haitang_domain::ledger::lines(&logs(org), &check_ins, record.zone, first, last, |sha256| arrived.contains(sha256));
        if lines != counted {
            return Err(format!("the ledger of {org} says {lines:?}, and its records {counted:?}"));
        }
    }
    Ok(())
}

/// That the logs of an org are found by the day on which they were held.
fn logs_are_found(storage: &dyn Storage, org: Id, logs: &[(Id, Log)], now: Timestamp) -> Result<(), String> {
    for days in -14..3 {
        let (first, last) = (now.plus_millis(days * DAY_MS), now.plus_millis((days + 1) * DAY_MS - 1));
        let mut found = vec![];
        let read = storage.read(&mut |snapshot: &dyn Snapshot| {
            found = snapshot.logs_of(org, first, last)?.into_iter().map(|(id, _)| id).collect();
            Ok(())
        });
        read.map_err(|error| error.to_string())?;
        let held = |(_, log): &&(Id, Log)| (first..=last).contains(&log.content.held);
        let mut there: Vec<Id> = logs.iter().filter(held).map(|(id, _)| *id).collect();
        found.sort_unstable();
        there.sort_unstable();
        if found != there {
            return Err(format!("of {org} the logs {found:?} are found, and there are {there:?}"));
        }
    }
    Ok(())
}

/// That the moments which the server derived hold the true one, for every check-in, report and submitted log of which it is known.
pub fn moments_are_true(storage: &dyn Storage, truth: &BTreeMap<Key, Vec<Option<Timestamp>>>) -> Result<(), String> {
    for (key, body) in everything(storage)? {
        let made = match &body {
            Body::CheckIn(check_in) => Some(check_in.made),
            Body::Report(report) => Some(report.made),
            Body::Log(log) => log.submitted,
            _ => None,
        };
        let (Some(made), Some(moments)) = (made, truth.get(&key)) else { continue };
        let holds = |moment: &Option<Timestamp>| moment.is_none_or(|moment| made.earliest <= moment && moment <= made.latest);
        if !moments.iter().any(holds) {
            return Err(format!("{key} was made at {moments:?}, and the server says {made:?}"));
        }
    }
    Ok(())
}
