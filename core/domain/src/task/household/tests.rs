use super::super::Action;
use super::*;
use crate::Action as Any;
use crate::decide::testing::{MemoryWorld, code, id};
use crate::directory::Role;
use crate::task::Grid;

fn new() -> NewHousehold {
    NewHousehold {
        grid: id(50),
        address: "平江路12号".into(),
        building: "3".into(),
        unit: String::new(),
        door: "402".into(),
        contact: " 0512-0000 ".into(),
        people: 2,
        alone: false,
        care: String::new(),
        consent: None,
    }
}

fn consent() -> Consent {
    let day = |text: &str| text.parse().expect("a date");
    Consent { by: "吴奶奶".into(), purpose: "独居探访".into(), given: day("2026-11-01"), until: Some(day("2027-11-01")) }
}

/// A world with grid 50, its worker 20 and household 60, and the key of the latter.
fn world() -> (MemoryWorld, [(Role, Id); 1], Key) {
    let mut world = MemoryWorld::tree();
    world.member(20, id(3));
    world.put(id(50), Grid { org: id(3), name: "grid".into(), closed: None });
    let (worker, key) = ([(Role::GridWorker, id(50))], Key::new(Kind::Household, id(60)));
    world.act(id(20), &worker, 1, key, Any::Task(Action::AddHousehold(new()))).expect("is added");
    (world, worker, key)
}

#[test]
fn a_worker_adds_a_household_that_only_the_grid_sees() {
    let (world, _, _) = world();
    let household: Household = world.read(id(60));
    assert_eq!(household.feeds(), [Feed::grid(id(50))]);
    assert_eq!((household.line().as_str(), household.contact.as_deref()), ("平江路12号 3 402", Some("0512-0000")));
}

#[test]
fn living_alone_and_care_are_recorded_with_consent_and_go_with_it() {
    let (mut world, worker, key) = world();
    let mut edit = |change| world.act(id(20), &worker, 2, key, Any::Task(Action::EditHousehold(change)));
    let alone = HouseholdChange { alone: Some(true), care: Some("听力差".into()), ..HouseholdChange::default() };
    let refusal = edit(alone.clone()).expect_err("needs consent");
    assert_eq!((refusal.code, refusal.values["field"].as_str()), (Code::Empty, "consent"));
    edit(HouseholdChange { consent: Some(consent()), ..alone }).expect("is recorded");
    edit(HouseholdChange { withdraw_consent: true, ..HouseholdChange::default() }).expect("is withdrawn");
    let household: Household = world.read(id(60));
    assert_eq!((household.alone, household.care, household.consent), (false, None, None));
}

#[test]
fn two_people_who_mend_different_things_both_succeed() {
    let (mut world, worker, key) = world();
    world.member(21, id(3));
    let contact = HouseholdChange { contact: Some(String::new()), ..HouseholdChange::default() };
    let people = HouseholdChange { people: Some(3), ..HouseholdChange::default() };
    world.act(id(20), &worker, 2, key, Any::Task(Action::EditHousehold(contact))).expect("is mended");
    world.act(id(21), &[(Role::Secretary, id(3))], 2, key, Any::Task(Action::EditHousehold(people))).expect("is mended");
    let household: Household = world.read(id(60));
    assert_eq!((household.contact, household.people, household.door.as_str()), (None, 3, "402"));
}

#[test]
fn strangers_and_bad_values_are_refused() {
    let (mut world, worker, key) = world();
    let blank = HouseholdChange { address: Some(" ".into()), ..HouseholdChange::default() };
    let long = HouseholdChange { door: Some("4".repeat(61)), ..HouseholdChange::default() };
    let backwards = Consent { until: "2020-01-01".parse().ok(), ..consent() };
    let backwards = HouseholdChange { consent: Some(backwards), ..HouseholdChange::default() };
    for (change, want) in [(blank, Code::Empty), (long, Code::TooLong), (backwards, Code::OutOfRange)] {
        assert_eq!(code(world.act(id(20), &worker, 2, key, Any::Task(Action::EditHousehold(change)))), want);
    }
    let edit = || Any::Task(Action::EditHousehold(HouseholdChange::default()));
    for roles in [&[][..], &[(Role::GridWorker, id(51))], &[(Role::Leader, id(3))], &[(Role::Secretary, id(4))]] {
        assert_eq!(code(world.act(id(20), roles, 2, key, edit())), Code::NotAllowed, "{roles:?}");
    }
    world.put(id(50), Grid { org: id(3), name: "grid".into(), closed: Some(Timestamp::from_millis(1)) });
    let another = Key::new(Kind::Household, id(61));
    assert_eq!(code(world.act(id(20), &worker, 2, another, Any::Task(Action::AddHousehold(new())))), Code::Closed);
}
