use super::super::{Action, Grid, NewReport, Report};
use super::*;
use crate::Action as Any;
use crate::decide::testing::{MemoryWorld, code, id};
use crate::directory::{Member, Role};
use crate::refusal::Code;
use crate::task::{Finding, NewHousehold, Severity};
use crate::time::HOUR_MS;

const NOW: i64 = 1_795_000_000_000;

/// The people of these tests: a worker and a colleague of grid 50, a helper from the branch, the community's secretary.
const WORKER: u8 = 20;
const COLLEAGUE: u8 = 21;
const HELPER: u8 = 22;
const SECRETARY: u8 = 23;

fn roles(actor: u8) -> Vec<(Role, Id)> {
    match actor {
        WORKER | COLLEAGUE => vec![(Role::GridWorker, id(50))],
        SECRETARY => vec![(Role::Secretary, id(3))],
        _ => vec![],
    }
}

struct Scene(MemoryWorld);

impl Scene {
    fn new() -> Self {
        let mut world = MemoryWorld::tree();
        for (member, org) in [(WORKER, 3), (COLLEAGUE, 3), (HELPER, 4), (SECRETARY, 3)] {
            world.member(member, id(org));
        }
        for grid in [50, 51] {
            world.put(id(grid), Grid { org: id(3), name: format!("grid {grid}"), closed: None });
        }
        let mut scene = Self(world);
        let household: NewHousehold =
            serde_json::from_value(serde_json::json!({"grid": id(50), "address": "平江路12号", "door": "402", "people": 2}))
                .expect("reads");
        scene.act(WORKER, Kind::Household, 60, Action::AddHousehold(household)).expect("is added");
        scene
    }

    fn act(&mut self, actor: u8, kind: Kind, target: u8, action: Action) -> Result<Writes, Refusal> {
        self.0.act(id(actor), &roles(actor), NOW, Key::new(kind, id(target)), Any::Task(action))
    }

    /// Something done to task 70.
    fn task(&mut self, actor: u8, action: Action) -> Result<Writes, Refusal> {
        self.act(actor, Kind::Task, 70, action)
    }

    fn read(&self) -> Task {
        self.0.read(id(70))
    }
}

fn new(assignee: Option<u8>) -> NewTask {
    NewTask {
        grid: id(50),
        kind: TaskKind::Visit,
        title: "上门探访".into(),
        place: String::new(),
        household: Some(id(60)),
        assignee: assignee.map(id),
        from: Timestamp::from_millis(NOW),
        due: Timestamp::from_millis(NOW + HOUR_MS),
        note: String::new(),
    }
}

fn to(member: u8) -> Action {
    Action::HandOver { to: id(member), note: "今天去不了".into() }
}

fn report(n: u8) -> Action {
    Action::Report(NewReport::empty(id(n)))
}

#[test]
fn the_table_is_drawn_as_it_runs() {
    assert_eq!(include_str!("../work.states.md"), TABLE.draw());
}

#[test]
fn a_visit_that_found_nothing_is_one_command_and_is_a_contact() {
    let mut scene = Scene::new();
    scene.task(WORKER, Action::Assign(new(Some(WORKER)))).expect("is given");
    assert_eq!(scene.read().place, "平江路12号 402", "the household's address stands in");
    scene.task(WORKER, report(80)).expect("is done");
    let task = scene.read();
    assert_eq!((task.state, task.report), (TaskState::Done, Some(id(80))));
    assert_eq!(scene.0.read::<Household>(id(60)).last_contact, Some(Timestamp::from_millis(NOW)));
    let report: Report = scene.0.read(id(80));
    assert_eq!(report.feeds(), [Feed::grid(id(50)), Feed::org(id(3))]);
}

#[test]
fn a_visit_with_nobody_at_home_is_done_but_is_no_contact() {
    let mut scene = Scene::new();
    scene.task(WORKER, Action::Assign(new(None))).expect("is given");
    scene.task(WORKER, Action::Report(NewReport { nobody_home: true, ..NewReport::empty(id(80)) })).expect("is done");
    assert_eq!(scene.0.read::<Household>(id(60)).last_contact, None);
}

#[test]
fn an_older_visit_that_arrives_later_does_not_move_the_last_contact_back() {
    let mut scene = Scene::new();
    scene.task(WORKER, Action::Assign(new(None))).expect("is given");
    let later = scene.0.read::<Household>(id(60)).met(Timestamp::from_millis(NOW + 5));
    scene.0.put(id(60), later);
    scene.task(WORKER, report(80)).expect("is done");
    assert_eq!(scene.0.read::<Household>(id(60)).last_contact, Some(Timestamp::from_millis(NOW + 5)));
}

#[test]
fn of_two_who_report_one_task_the_second_is_told_that_it_is_done() {
    let mut scene = Scene::new();
    scene.task(WORKER, Action::Assign(new(None))).expect("is given");
    scene.task(COLLEAGUE, report(80)).expect("is done");
    let refusal = scene.task(WORKER, report(81)).expect_err("is refused");
    assert_eq!((refusal.code, refusal.values["state"].as_str()), (Code::WrongState, "done"));
    assert_eq!(scene.read().assignee, Some(id(COLLEAGUE)));
}

#[test]
fn a_task_for_anyone_of_the_grid_belongs_to_whoever_accepts_it() {
    let mut scene = Scene::new();
    scene.task(SECRETARY, Action::Assign(new(None))).expect("is given");
    assert_eq!(code(scene.task(HELPER, Action::Accept)), Code::NotYours);
    scene.task(WORKER, Action::Accept).expect("is accepted");
    assert_eq!(code(scene.task(COLLEAGUE, Action::Accept)), Code::WrongState);
    assert_eq!(code(scene.task(COLLEAGUE, report(80))), Code::NotYours);
    assert_eq!(scene.read().feeds(), [Feed::grid(id(50)), Feed::member(id(WORKER)), Feed::org(id(3))]);
}

#[test]
fn what_is_handed_over_stays_with_the_sender_until_it_is_taken() {
    let mut scene = Scene::new();
    scene.task(WORKER, Action::Assign(new(Some(WORKER)))).expect("is given");
    scene.task(WORKER, to(HELPER)).expect("is offered");
    assert!(scene.read().feeds().contains(&Feed::member(id(HELPER))), "the helper has it");
    assert_eq!(code(scene.task(COLLEAGUE, Action::TakeOver)), Code::NotYours);
    scene.task(HELPER, Action::Decline { note: "没空".into() }).expect("is declined");
    let task = scene.read();
    assert_eq!(
        (task.state, task.assignee, task.offered_to, task.reason.as_deref()),
        (TaskState::Open, Some(id(WORKER)), None, Some("没空"))
    );
    assert!(!task.feeds().contains(&Feed::member(id(HELPER))), "and has it no more");

    scene.task(WORKER, to(HELPER)).expect("is offered again");
    scene.task(HELPER, Action::TakeOver).expect("is taken");
    assert_eq!(code(scene.task(WORKER, report(80))), Code::NotYours);
    scene.task(HELPER, report(80)).expect("is done");
    let report: Report = scene.0.read(id(80));
    assert!(report.feeds().contains(&Feed::member(id(HELPER))), "a helper sees what they reported");
}

#[test]
fn an_offer_that_nobody_answers_blocks_nothing() {
    let mut scene = Scene::new();
    scene.task(WORKER, Action::Assign(new(Some(WORKER)))).expect("is given");
    scene.task(WORKER, to(HELPER)).expect("is offered");
    scene.task(WORKER, to(COLLEAGUE)).expect("is offered to another");
    assert_eq!(code(scene.task(HELPER, Action::TakeOver)), Code::NotYours);
    scene.task(WORKER, report(80)).expect("is done by the sender after all");
    assert_eq!(scene.read().offered_to, None);
}

#[test]
fn a_helpers_phone_reports_without_the_household_at_hand() {
    let mut scene = Scene::new();
    scene.task(WORKER, Action::Assign(new(Some(HELPER)))).expect("is given");
    scene.0.0.remove(&Key::new(Kind::Household, id(60)));
    let writes = scene.task(HELPER, report(80)).expect("is done");
    assert_eq!(writes.iter().map(|write| write.key.kind).collect::<Vec<_>>(), [Kind::Task, Kind::Report]);
}

#[test]
fn what_the_org_gave_only_the_org_withdraws() {
    let mut scene = Scene::new();
    let cancel = || Action::Cancel { reason: "已搬走".into() };
    scene.task(SECRETARY, Action::Assign(new(Some(WORKER)))).expect("is given");
    assert_eq!(code(scene.task(WORKER, cancel())), Code::NotAllowed);
    assert_eq!(code(scene.task(SECRETARY, Action::Cancel { reason: " ".into() })), Code::Empty);
    scene.task(SECRETARY, cancel()).expect("is withdrawn");
    assert_eq!(code(scene.task(WORKER, report(80))), Code::WrongState);

    scene.act(WORKER, Kind::Task, 71, Action::Assign(new(None))).expect("is given");
    scene.act(COLLEAGUE, Kind::Task, 71, cancel()).expect("what one worker gave, another withdraws");
}

#[test]
fn work_is_given_by_those_who_may_to_those_who_are_there() {
    let mut scene = Scene::new();
    assert_eq!(code(scene.task(HELPER, Action::Assign(new(None)))), Code::NotAllowed);
    assert_eq!(
        code(scene.task(WORKER, Action::Assign(NewTask { grid: id(51), household: None, ..new(None) }))),
        Code::NotAllowed
    );
    assert_eq!(
        code(scene.task(SECRETARY, Action::Assign(NewTask { grid: id(51), ..new(None) }))),
        Code::OutOfRange,
        "a household elsewhere"
    );
    assert_eq!(code(scene.task(WORKER, Action::Assign(new(Some(99))))), Code::Missing);
    let gone = Member { closed: Some(Timestamp::from_millis(1)), ..scene.0.read(id(HELPER)) };
    scene.0.put(id(HELPER), gone);
    assert_eq!(code(scene.task(WORKER, Action::Assign(new(Some(HELPER))))), Code::Closed);
    scene.0.put(id(50), Grid { org: id(3), name: "grid".into(), closed: Some(Timestamp::from_millis(1)) });
    assert_eq!(code(scene.task(WORKER, Action::Assign(new(None)))), Code::Closed);
}

#[test]
fn a_task_has_limits() {
    let mut scene = Scene::new();
    let at = Timestamp::from_millis;
    let bad = [
        (NewTask { title: " ".into(), ..new(None) }, Code::Empty),
        (NewTask { title: "长".repeat(121), ..new(None) }, Code::TooLong),
        (NewTask { place: "长".repeat(121), ..new(None) }, Code::TooLong),
        (NewTask { note: "长".repeat(2_001), ..new(None) }, Code::TooLong),
        (NewTask { due: at(NOW), ..new(None) }, Code::OutOfRange),
        (NewTask { from: at(i64::MIN), ..new(None) }, Code::OutOfRange),
        (NewTask { due: at(i64::MAX), ..new(None) }, Code::OutOfRange),
        (NewTask { due: at(NOW + 400 * DAY_MS), ..new(None) }, Code::OutOfRange),
    ];
    for (task, want) in bad {
        assert_eq!(code(scene.task(WORKER, Action::Assign(task.clone()))), want, "{task:?}");
    }
    scene.task(WORKER, Action::Assign(new(Some(WORKER)))).expect("is given");
    assert_eq!(code(scene.task(WORKER, Action::Assign(new(None)))), Code::Exists);
    assert_eq!(code(scene.task(WORKER, to(WORKER))), Code::OutOfRange);
    assert_eq!(code(scene.task(WORKER, Action::HandOver { to: id(HELPER), note: "长".repeat(2_001) })), Code::TooLong);
}

#[test]
fn a_report_has_limits() {
    let mut scene = Scene::new();
    scene.task(WORKER, Action::Assign(new(Some(WORKER)))).expect("is given");
    let finding = |what: &str| Finding { what: what.into(), severity: Severity::Minor };
    let empty = || NewReport::empty(id(80));
    let bad = [
        (NewReport { report_id: Id::NIL, ..empty() }, Code::OutOfRange),
        (NewReport { findings: vec![finding("")], ..empty() }, Code::Empty),
        (NewReport { findings: vec![finding(&"长".repeat(501))], ..empty() }, Code::TooLong),
        (NewReport { findings: vec![finding("楼道堆物"); 51], ..empty() }, Code::TooLong),
        (NewReport { note: "长".repeat(2_001), ..empty() }, Code::TooLong),
    ];
    for (report, want) in bad {
        assert_eq!(code(scene.task(WORKER, Action::Report(report))), want);
    }
    scene.task(WORKER, report(80)).expect("is done");
    scene.act(WORKER, Kind::Task, 71, Action::Assign(new(None))).expect("is given");
    assert_eq!(code(scene.act(WORKER, Kind::Task, 71, report(80))), Code::Exists, "a report is of one task");
}

#[test]
fn the_worst_finding_is_what_a_report_is_known_by() {
    let mut scene = Scene::new();
    scene.task(WORKER, Action::Assign(new(None))).expect("is given");
    let findings = [Severity::Note, Severity::Urgent, Severity::Minor]
        .map(|severity| Finding { what: "消防通道".into(), severity })
        .to_vec();
    scene.task(WORKER, Action::Report(NewReport { findings, ..NewReport::empty(id(80)) })).expect("is done");
    assert_eq!(scene.0.read::<Report>(id(80)).severity(), Some(Severity::Urgent));
}
