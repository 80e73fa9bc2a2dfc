//! Whatever people do, in whatever order: no sequence of actions leads to a state outside the tables, changes what is done,
//! or panics.

use proptest::prelude::*;

use super::*;
use crate::Action as Any;
use crate::decide::testing::{MemoryWorld, id};
use crate::feed::Feed;
use crate::record::Kind;

const NOW: i64 = 1_795_000_000_000;
const PEOPLE: std::ops::Range<u8> = 20..25;

/// Two workers of grid 50, a helper without a role, a secretary and a worker of another grid.
fn roles(actor: u8) -> Vec<(Role, Id)> {
    match actor {
        20 | 21 => vec![(Role::GridWorker, id(50))],
        23 => vec![(Role::Secretary, id(3))],
        24 => vec![(Role::GridWorker, id(51))],
        _ => vec![],
    }
}

fn world() -> MemoryWorld {
    let mut world = MemoryWorld::tree();
    for member in PEOPLE {
        world.member(member, id(3));
    }
    for grid in [50, 51] {
        world.put(id(grid), Grid { org: id(3), name: format!("grid {grid}"), closed: None });
    }
    let household = serde_json::json!({"org": id(3), "grid": id(50), "address": "平江路12号", "people": 1});
    world.put(id(60), serde_json::from_value::<Household>(household).expect("reads"));
    world
}

fn member() -> impl Strategy<Value = Id> {
    PEOPLE.prop_map(id)
}

fn kind() -> impl Strategy<Value = TaskKind> {
    prop::sample::select(vec![TaskKind::Visit, TaskKind::Patrol, TaskKind::Checkpoint, TaskKind::Errand])
}

fn task() -> impl Strategy<Value = NewTask> {
    (kind(), prop::option::of(member()), prop::option::of(Just(id(60))), -1i64..100).prop_map(
        |(kind, assignee, household, length)| NewTask {
            grid: id(50),
            kind,
            title: "任务".into(),
            place: String::new(),
            household,
            assignee,
            from: Timestamp::from_millis(NOW),
            due: Timestamp::from_millis(NOW + length),
            note: String::new(),
        },
    )
}

fn routine() -> impl Strategy<Value = NewRoutine> {
    (kind(), prop::option::of(member()), super::routine::tests::every(), any::<bool>(), 0u8..4).prop_map(
        |(kind, assignee, every, working, ahead)| NewRoutine {
            grid: id(50),
            kind,
            title: "例行".into(),
            place: String::new(),
            household: Some(id(60)),
            assignee,
            note: String::new(),
            every,
            working_days_only: working,
            first: Zone::CHINA.date(Timestamp::from_millis(NOW)),
            until: None,
            opens: chrono::NaiveTime::MIN,
            closes: chrono::NaiveTime::MIN,
            ahead,
        },
    )
}

fn report() -> impl Strategy<Value = Action> {
    (80u8..90, any::<bool>())
        .prop_map(|(report, nobody_home)| Action::Report(NewReport { nobody_home, ..NewReport::empty(id(report)) }))
}

/// Something done to one of the tasks 70 and 71 or the first occurrences of routine 75, to that routine, or to shift 78.
fn step() -> impl Strategy<Value = (Key, Action)> {
    let of_task = prop_oneof![
        3 => task().prop_map(Action::Assign),
        2 => Just(Action::Accept),
        3 => member().prop_map(|to| Action::HandOver { to, note: String::new() }),
        3 => Just(Action::TakeOver),
        1 => Just(Action::Decline { note: "没空".into() }),
        2 => report(),
        1 => Just(Action::Cancel { reason: "取消".into() }),
    ];
    let of_routine = prop_oneof![
        3 => routine().prop_map(Action::PlanRoutine),
        1 => (0i64..40).prop_map(|days| Action::ExtendRoutine { through: Zone::CHINA.date(Timestamp::from_millis(NOW + days * crate::time::DAY_MS)) }),
        1 => Just(Action::StopRoutine { reason: "停止".into() }),
    ];
    let of_shift = prop_oneof![
        (member(), 0i64..9).prop_map(|(worker, length)| Action::PlanShift(NewShift {
            grid: id(50),
            place: "东门".into(),
            worker,
            starts: Timestamp::from_millis(NOW),
            ends: Timestamp::from_millis(NOW + length),
            duties: String::new(),
        })),
        Just(Action::StartShift),
        member().prop_map(|to| Action::HandOverShift { to, note: String::new() }),
        Just(Action::TakeOverShift),
        Just(Action::DeclineShift { note: String::new() }),
        Just(Action::EndShift { note: String::new() }),
        Just(Action::MissShift { note: String::new() }),
        Just(Action::CancelShift { reason: "取消".into() }),
    ];
    let task_id = prop_oneof![Just(id(70)), Just(id(71)), (0u32..4).prop_map(|number| Routine::task_id(id(75), number))];
    prop_oneof![
        4 => (task_id, of_task).prop_map(|(id, action)| (Key::new(Kind::Task, id), action)),
        1 => of_routine.prop_map(|action| (Key::new(Kind::Routine, id(75)), action)),
        3 => of_shift.prop_map(|action| (Key::new(Kind::Shift, id(78)), action)),
    ]
}

/// One change of one record is a step of its table, and keeps what must be kept.
fn holds(before: Option<&Body>, after: &Body) -> Result<(), TestCaseError> {
    match (before, after) {
        (before, Body::Task(after)) => {
            let before = before.and_then(|body| if let Body::Task(task) = body { Some(task) } else { None });
            let from = before.map(|task| task.state);
            prop_assert!(
                TASK_TABLE.0.iter().any(|step| step.from == from && step.to == after.state),
                "{from:?} to {:?}",
                after.state
            );
            prop_assert_eq!(after.state == TaskState::Done, after.report.is_some(), "done and reported are one");
            prop_assert_eq!(
                after.state == TaskState::HandedOver,
                after.offered_to.is_some(),
                "offered to somebody while it waits"
            );
            let feeds = after.feeds();
            prop_assert!(after.assignee.iter().chain(&after.offered_to).all(|member| feeds.contains(&Feed::member(*member))));
            if let Some(before) = before {
                prop_assert_eq!(
                    (&before.title, before.author, before.due, before.routine),
                    (&after.title, after.author, after.due, after.routine)
                );
            }
        }
        (before, Body::Shift(after)) => {
            let from = before.and_then(|body| if let Body::Shift(shift) = body { Some(shift.state) } else { None });
            prop_assert!(
                SHIFT_TABLE.0.iter().any(|step| step.from == from && step.to == after.state),
                "{from:?} to {:?}",
                after.state
            );
            let waits = matches!(after.state, ShiftState::Offered | ShiftState::HandedOver);
            prop_assert_eq!(waits, after.handover_to.is_some());
            prop_assert_eq!(after.state == ShiftState::Ended, after.off_at.is_some());
            let on = matches!(after.state, ShiftState::On | ShiftState::HandedOver | ShiftState::Ended);
            prop_assert_eq!(on, after.on_at.is_some());
        }
        (Some(Body::Routine(before)), Body::Routine(after)) => prop_assert!(before.planned <= after.planned),
        (Some(Body::Household(before)), Body::Household(after)) => prop_assert!(before.last_contact <= after.last_contact),
        (Some(Body::Report(_)), _) => prop_assert!(false, "a report never changes"),
        _ => {}
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_sequence_of_actions_leaves_the_tables(steps in prop::collection::vec((PEOPLE, -3i64..20, step()), 1..60)) {
        let mut world = world();
        for (actor, later, (key, action)) in steps {
            let before = world.clone();
            let Ok(writes) = world.act(id(actor), &roles(actor), NOW + later, key, Any::Task(action)) else {
                prop_assert_eq!(&before.0, &world.0, "a refused command changes nothing");
                continue;
            };
            for write in &writes {
                let old = before.0.get(&write.key);
                if let Some(Body::Task(task)) = old {
                    prop_assert!(!matches!(task.state, TaskState::Done | TaskState::Cancelled), "what is done never changes again");
                }
                holds(old, &write.body)?;
            }
            prop_assert!(writes.iter().any(|write| write.key == key), "the record it is addressed to changes");
        }
        // Every report belongs to the one task that names it.
        for (key, body) in &world.0 {
            if let Body::Report(report) = body {
                prop_assert_eq!(world.read::<Task>(report.task).report, Some(key.id));
            }
        }
    }

    /// Actions on records of any other kind are refused, whatever they are.
    #[test]
    fn an_action_on_the_wrong_kind_is_refused((key, action) in step(), actor in PEOPLE) {
        let mut world = world();
        let target = match key.kind {
            Kind::Household => Key::new(Kind::Grid, id(50)),
            _ => Key::new(Kind::Household, id(60)),
        };
        prop_assert!(world.act(id(actor), &roles(actor), NOW, target, Any::Task(action)).is_err());
    }

    /// Actions survive their own JSON.
    #[test]
    fn actions_read_back((_, action) in step()) {
        let any = Any::Task(action);
        prop_assert_eq!(Any::parse(&any.to_json()).expect("reads"), any);
    }
}
