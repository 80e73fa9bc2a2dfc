//! The demo city as its readers need it: the same every time, whole, and of the size asked for.

use std::collections::{BTreeMap, HashMap, HashSet};

use haitang_demo::{Cast, City, Options};
use haitang_domain::activity::LogState;
use haitang_domain::directory::{OrgKind, Role, Switch};
use haitang_domain::{Body, Id, Key, Kind, Write};
use sha2::{Digest, Sha256};

fn city(seed: u64, members: usize) -> City {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).expect("a date");
    City::new(Options { seed, members, today }).expect("a city")
}

fn parts(city: &City) -> impl Iterator<Item = Vec<Write>> {
    city.parts().map(|part| part.expect("the rules accept what the city does"))
}

fn hash(city: &City) -> [u8; 32] {
    let mut hash = Sha256::new();
    for write in parts(city).flatten() {
        hash.update([write.key.kind as u8]);
        hash.update(write.key.id.bytes());
        hash.update(write.body.to_json());
    }
    hash.finalize().into()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    assert_eq!(hash(&city(1, 400)), hash(&city(1, 400)));
    assert_ne!(hash(&city(1, 400)), hash(&city(2, 400)));
}

/// Every id named anywhere in a JSON body.
fn ids(json: &serde_json::Value, found: &mut Vec<Id>) {
    match json {
        serde_json::Value::String(text) if text.len() == 36 => found.extend(text.parse::<Id>().ok()),
        serde_json::Value::Array(list) => list.iter().for_each(|value| ids(value, found)),
        serde_json::Value::Object(map) => map.values().for_each(|value| ids(value, found)),
        _ => {}
    }
}

#[test]
fn whatever_a_record_names_was_told_before_it_or_with_it() {
    let city = city(1, 5_000);
    let mut known = HashSet::new();
    let mut orgs: HashMap<Id, OrgKind> = HashMap::new();
    for part in parts(&city) {
        for write in &part {
            assert!(known.insert(write.key.id), "{} is told once", write.key);
            if let Body::Org(org) = &write.body {
                orgs.insert(write.key.id, org.kind);
            }
        }
        for write in &part {
            assert!(orgs.contains_key(&write.body.home(write.key.id)), "{} has a home", write.key);
            assert!(!write.feeds().is_empty());
            let json = write.body.to_json();
            assert_eq!(Body::parse(write.key.kind, &json).expect("reads back"), write.body);
            let mut named = Vec::new();
            ids(&serde_json::from_slice(&json).expect("is JSON"), &mut named);
            for id in named {
                assert!(known.contains(&id), "{} names {id}, which is not there", write.key);
            }
        }
    }
    let count = |kind| orgs.values().filter(|org| **org == kind).count();
    let tree = [OrgKind::City, OrgKind::County, OrgKind::Street, OrgKind::Community, OrgKind::Branch].map(count);
    assert_eq!(tree, [1, 10, 118, 2_248, 125], "the statistics' tree, and branches of about 40");
}

#[test]
fn there_are_as_many_members_as_asked_for_in_branches_of_about_forty_in_every_county() {
    for members in [40, 61, 5_000, 30_000] {
        let city = city(3, members);
        let mut parents = HashMap::new();
        let mut sizes: BTreeMap<Id, usize> = BTreeMap::new();
        for write in parts(&city).flatten() {
            match &write.body {
                Body::Org(org) => drop(parents.insert(write.key.id, (org.parent, org.kind))),
                Body::Member(member) => *sizes.entry(member.org).or_default() += 1,
                _ => {}
            }
        }
        let total: usize = sizes.values().sum();
        assert_eq!(total, members);
        let branches: Vec<(&Id, &usize)> = sizes.iter().filter(|(org, _)| parents[*org].1 == OrgKind::Branch).collect();
        assert!(branches.iter().all(|(_, size)| (12..=70).contains(*size)), "sizes of {members}");
        let county = |org: Id| {
            let mut at = org;
            while parents[&at].1 != OrgKind::County {
                at = parents[&at].0.expect("a county above");
            }
            at
        };
        let counties: HashSet<Id> = branches.iter().map(|(org, _)| county(**org)).collect();
        assert!(members < 5_000 || counties.len() == 10);
    }
}

#[test]
fn every_branch_has_a_secretary_and_a_ledger_and_the_city_has_turned_check_in_on() {
    let city = city(1, 2_000);
    let all: HashMap<Key, Body> = parts(&city).flatten().map(|write| (write.key, write.body)).collect();
    let mut secretaries: HashMap<Id, usize> = HashMap::new();
    let mut approved: HashMap<Id, usize> = HashMap::new();
    let mut staff = HashSet::new();
    let mut switched = false;
    for body in all.values() {
        match body {
            Body::Appointment(held) if held.role == Role::Secretary => *secretaries.entry(held.org).or_default() += 1,
            Body::Appointment(held) if held.role == Role::Publisher => drop(staff.insert(held.org)),
            Body::Log(log) if log.state == LogState::Approved => *approved.entry(log.org).or_default() += 1,
            Body::Org(org) => switched |= org.switches.contains_key(&Switch::CheckIn),
            _ => {}
        }
    }
    let branches = all.values().filter(|body| matches!(body, Body::Org(org) if org.kind == OrgKind::Branch)).count();
    assert_eq!((secretaries.len(), approved.len()), (branches, branches));
    assert!(secretaries.values().all(|count| *count == 1) && approved.values().all(|count| *count >= 2));
    assert!(switched);
    let counties = all.values().filter(|body| matches!(body, Body::Org(org) if org.kind == OrgKind::County)).count();
    assert!(staff.len() > counties, "the city, the counties and most streets have someone who publishes");
}

#[test]
fn the_cast_is_the_same_people_at_every_scale_and_is_in_the_city() {
    for members in [40, 2_000] {
        let city = city(1, members);
        let cast = Cast::of(&city).expect("a cast");
        let all: HashSet<Key> = parts(&city).flatten().map(|write| write.key).collect();
        assert_eq!(cast.branch.name, "定慧寺巷社区海棠支部");
        assert_eq!((cast.secretary.name.as_str(), cast.worker_a.name.as_str()), ("沈静怡", "单国强"));
        let people = [&cast.secretary, &cast.leader, &cast.worker_a, &cast.worker_b, &cast.member, &cast.late_member];
        assert!(people.iter().all(|person| all.contains(&Key::new(Kind::Member, person.id))));
        assert_eq!((cast.visits.len(), cast.activities.len(), cast.templates.len()), (8, 3, 5));
        assert!(cast.visits.iter().all(|task| all.contains(&Key::new(Kind::Task, task.id)) && task.name.contains('幢')));
        assert!(cast.studies.values().all(|study| all.contains(&Key::new(Kind::Study, study.id))));
        assert!(all.contains(&Key::new(Kind::Paper, cast.paper.id)) && all.contains(&Key::new(Kind::Notice, cast.notice.id)));
    }
}
