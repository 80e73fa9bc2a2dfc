use super::super::{Action, Grid, NewReport};
use super::*;
use crate::Action as Any;
use crate::decide::testing::{MemoryWorld, code, id};
use crate::directory::Role;

const WORKER: u8 = 20;
const SECRETARY: u8 = 23;

/// Tuesday 3 March 2026, 8:00 in China.
const TUESDAY: &str = "2026-03-03";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn at(date: &str, hour: u32) -> i64 {
    crate::Zone::CHINA.moment(day(date), NaiveTime::from_hms_opt(hour, 0, 0).expect("a time")).millis()
}

fn world() -> MemoryWorld {
    let mut world = MemoryWorld::tree();
    for member in [WORKER, SECRETARY, 22] {
        world.member(member, id(3));
    }
    world.put(id(50), Grid { org: id(3), name: "grid".into(), closed: None });
    world
}

fn act(world: &mut MemoryWorld, actor: u8, now: i64, key: Key, action: Action) -> Result<Writes, Refusal> {
    let roles: &[(Role, Id)] = match actor {
        WORKER => &[(Role::GridWorker, id(50))],
        SECRETARY => &[(Role::Leader, id(2))],
        _ => &[],
    };
    world.act(id(actor), roles, now, key, Any::Task(action))
}

fn new() -> NewRoutine {
    NewRoutine {
        grid: id(50),
        kind: TaskKind::Patrol,
        title: "每日巡查".into(),
        place: "东门".into(),
        household: None,
        assignee: Some(id(WORKER)),
        note: String::new(),
        every: Every::Days(1),
        working_days_only: true,
        first: day(TUESDAY),
        until: None,
        opens: NaiveTime::from_hms_opt(9, 0, 0).expect("a time"),
        closes: NaiveTime::from_hms_opt(11, 0, 0).expect("a time"),
        ahead: 1,
    }
}

fn routine() -> Key {
    Key::new(Kind::Routine, id(90))
}

fn occurrence(number: u32) -> Key {
    Key::new(Kind::Task, Routine::task_id(id(90), number))
}

/// The days on which tasks of the routine open, with their states.
fn days(world: &MemoryWorld) -> Vec<(String, TaskState)> {
    let tasks = (0..100).filter_map(|number| read::<Task>(world, occurrence(number).id).ok());
    tasks.map(|task| (crate::Zone::CHINA.date(task.from).to_string(), task.state)).collect()
}

fn open_days(world: &MemoryWorld) -> Vec<String> {
    days(world).into_iter().filter(|(_, state)| *state == TaskState::Open).map(|(day, _)| day).collect()
}

#[test]
fn a_worker_who_is_offline_sees_tomorrows_task_when_todays_is_done() {
    let mut world = world();
    act(&mut world, WORKER, at(TUESDAY, 8), routine(), Action::PlanRoutine(new())).expect("is planned");
    assert_eq!(open_days(&world), [TUESDAY]);
    let report = Action::Report(NewReport::empty(id(80)));
    act(&mut world, WORKER, at(TUESDAY, 10), occurrence(0), report).expect("is done");
    assert_eq!(open_days(&world), ["2026-03-04"]);
    let task: Task = world.read(occurrence(1).id);
    assert_eq!((task.assignee, task.routine, task.place.as_str()), (Some(id(WORKER)), Some(id(90)), "东门"));
    assert_eq!(crate::Zone::CHINA.format(task.due), "2026-03-04 11:00");
}

#[test]
fn a_week_away_leaves_a_gap_to_be_seen_and_not_a_routine_that_lags_behind() {
    let mut world = world();
    act(&mut world, WORKER, at(TUESDAY, 8), routine(), Action::PlanRoutine(new())).expect("is planned");
    let report = Action::Report(NewReport::empty(id(80)));
    act(&mut world, WORKER, at("2026-03-06", 10), occurrence(0), report).expect("is done late");
    assert_eq!(open_days(&world), ["2026-03-04", "2026-03-05", "2026-03-06"]);
}

#[test]
fn two_phones_that_plan_the_same_occurrence_agree() {
    let mut world = world();
    act(&mut world, WORKER, at(TUESDAY, 8), routine(), Action::PlanRoutine(NewRoutine { ahead: 2, ..new() }))
        .expect("is planned");
    let (mut phone, mut other) = (world.clone(), world.clone());
    let done = |world: &mut MemoryWorld, number, report| {
        act(world, WORKER, at(TUESDAY, 10), occurrence(number), Action::Report(NewReport::empty(id(report)))).expect("is done");
    };
    done(&mut phone, 0, 80);
    done(&mut other, 1, 81);
    assert_eq!(phone.0.get(&occurrence(2)), other.0.get(&occurrence(2)), "each made the third");
    // Where both arrive, the second makes the fourth and leaves the third as it is.
    done(&mut phone, 1, 81);
    assert_eq!(open_days(&phone), ["2026-03-05", "2026-03-06"]);
}

#[test]
fn one_that_is_cancelled_does_not_end_the_routine() {
    let mut world = world();
    act(&mut world, WORKER, at(TUESDAY, 8), routine(), Action::PlanRoutine(new())).expect("is planned");
    act(&mut world, WORKER, at(TUESDAY, 8), occurrence(0), Action::Cancel { reason: "台风".into() }).expect("is cancelled");
    assert_eq!(open_days(&world), ["2026-03-04"]);
}

#[test]
fn extending_twice_to_one_day_is_as_good_as_once() {
    let mut world = world();
    act(&mut world, WORKER, at(TUESDAY, 8), routine(), Action::PlanRoutine(new())).expect("is planned");
    let extend = || Action::ExtendRoutine { through: day("2026-03-10") };
    act(&mut world, WORKER, at(TUESDAY, 8), routine(), extend()).expect("is extended");
    let once = world.clone();
    act(&mut world, SECRETARY, at(TUESDAY, 9), routine(), extend()).expect("is extended");
    assert_eq!(once.0, world.0);
    assert_eq!(open_days(&world), ["2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06", "2026-03-09", "2026-03-10"]);
    let far = Action::ExtendRoutine { through: day("2030-01-01") };
    assert_eq!(act(&mut world, WORKER, at(TUESDAY, 9), routine(), far).expect("is extended").len(), 1 + PLAN_MAX);
}

#[test]
fn stopping_withdraws_what_is_to_come_and_nobody_accepted() {
    let mut world = world();
    act(&mut world, WORKER, at(TUESDAY, 8), routine(), Action::PlanRoutine(NewRoutine { ahead: 3, ..new() }))
        .expect("is planned");
    act(&mut world, WORKER, at(TUESDAY, 8), occurrence(1), Action::Accept).expect("is accepted");
    let stop = || Action::StopRoutine { reason: "改为夜间".into() };
    act(&mut world, WORKER, at(TUESDAY, 10), routine(), stop()).expect("is stopped");
    let states: Vec<_> = days(&world).into_iter().map(|(_, state)| state).collect();
    assert_eq!(states, [TaskState::Open, TaskState::Accepted, TaskState::Cancelled]);
    // What was accepted can still be done, and brings nothing new.
    act(&mut world, WORKER, at(TUESDAY, 11), occurrence(1), Action::Report(NewReport::empty(id(80)))).expect("is done");
    assert_eq!(days(&world).len(), 3);
    assert_eq!(code(act(&mut world, WORKER, at(TUESDAY, 12), routine(), stop())), Code::WrongState);
    let extend = Action::ExtendRoutine { through: day("2026-03-10") };
    assert_eq!(code(act(&mut world, WORKER, at(TUESDAY, 12), routine(), extend)), Code::WrongState);
}

#[test]
fn what_the_org_planned_only_the_org_stops() {
    let mut world = world();
    act(&mut world, SECRETARY, at(TUESDAY, 8), routine(), Action::PlanRoutine(new())).expect("is planned");
    assert_eq!(world.read::<Routine>(id(90)).feeds(), [crate::Feed::grid(id(50)), crate::Feed::org(id(3))]);
    let stop = || Action::StopRoutine { reason: "不再需要".into() };
    assert_eq!(code(act(&mut world, WORKER, at(TUESDAY, 9), routine(), stop())), Code::NotAllowed);
    let extend = Action::ExtendRoutine { through: day("2026-03-10") };
    act(&mut world, WORKER, at(TUESDAY, 9), routine(), extend).expect("but its worker carries it on");
    act(&mut world, SECRETARY, at(TUESDAY, 9), routine(), stop()).expect("is stopped");
}

#[test]
fn a_routine_that_cannot_be_is_refused() {
    let bad = [
        (NewRoutine { title: String::new(), ..new() }, Code::Empty),
        (NewRoutine { note: "长".repeat(2_001), ..new() }, Code::TooLong),
        (NewRoutine { every: Every::Days(0), ..new() }, Code::OutOfRange),
        (NewRoutine { first: NaiveDate::MIN, ..new() }, Code::OutOfRange),
        (NewRoutine { until: Some(NaiveDate::MAX), ..new() }, Code::OutOfRange),
        (NewRoutine { until: Some(day("2026-03-02")), ..new() }, Code::OutOfRange),
        (NewRoutine { ahead: 0, ..new() }, Code::OutOfRange),
        (NewRoutine { ahead: 32, ..new() }, Code::OutOfRange),
        (NewRoutine { household: Some(id(60)), ..new() }, Code::Missing),
    ];
    for (new, want) in bad {
        let result = act(&mut world(), WORKER, at(TUESDAY, 8), routine(), Action::PlanRoutine(new.clone()));
        assert_eq!(code(result), want, "{new:?}");
    }
    assert_eq!(code(act(&mut world(), 22, at(TUESDAY, 8), routine(), Action::PlanRoutine(new()))), Code::NotAllowed);
}
