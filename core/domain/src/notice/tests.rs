use insta::assert_json_snapshot;
use proptest::prelude::*;

use super::*;
use crate::attachment::Sha256;
use crate::decide::testing::{MemoryWorld, code, id};
use crate::directory::{Member, Org, OrgKind};
use crate::record::Kind;
use crate::refusal::Code;

const NOTICE: Key = Key { kind: Kind::Notice, id: Id::NIL };

fn notice(n: u8) -> Key {
    Key { id: id(n), ..NOTICE }
}

fn draft(org: u8) -> Draft {
    Draft {
        org: id(org),
        title: "台风来临前请收好阳台花盆".into(),
        text: "今晚八点前请把阳台上的花盆收进屋内。".into(),
        files: Vec::new(),
        effective: Timestamp::from_millis(1_000),
        until: None,
        audience: Vec::new(),
        wants_receipt: true,
        replaces: None,
    }
}

/// 10 is a member of the branch 4, 11 of its sister branch 5, 12 publishes for the street 2 and belongs to it.
fn world() -> MemoryWorld {
    let mut world = MemoryWorld::tree();
    world.put(id(5), Org { parent: Some(id(3)), kind: OrgKind::Branch, name: "org 5".into(), ..Org::default() });
    world.member(10, id(4));
    world.member(11, id(5));
    world.member(12, id(2));
    world
}

fn publish(world: &mut MemoryWorld, n: u8, draft: Draft) -> Result<Writes, Refusal> {
    world.act(id(12), &[(Role::Publisher, id(2))], 1_000, notice(n), crate::Action::Notice(Action::Publish(draft)))
}

fn withdraw(world: &mut MemoryWorld, actor: u8, roles: &[(Role, Id)], n: u8) -> Result<Writes, Refusal> {
    world.act(id(actor), roles, 2_000, notice(n), crate::Action::Notice(Action::Withdraw { reason: "台风改道".into() }))
}

fn receipt(world: &mut MemoryWorld, actor: u8, now: i64, action: Action) -> Result<Writes, Refusal> {
    let (Action::Read { notice } | Action::Confirm { notice }) = action else { panic!("not of a receipt") };
    let target = Key::new(Kind::Receipt, Receipt::id(notice, id(actor)));
    world.act(id(actor), &[], now, target, crate::Action::Notice(action))
}

#[test]
fn the_drawn_table_is_the_one_that_runs() {
    assert_eq!(include_str!("notice.states.md"), NOTICE_STATES.draw());
}

#[test]
fn a_notice_goes_down_and_stays_there_when_it_is_withdrawn() {
    let mut world = world();
    publish(&mut world, 50, draft(2)).expect("published");
    let feeds = world.read::<Notice>(id(50)).feeds();
    assert_eq!(feeds, [Feed::down(id(2)), Feed::org(id(2))]);
    withdraw(&mut world, 12, &[(Role::Publisher, id(2))], 50).expect("withdrawn");
    let withdrawn: Notice = world.read(id(50));
    assert_eq!((withdrawn.state, withdrawn.withdrawn_reason.as_str()), (NoticeState::Withdrawn, "台风改道"));
    assert_eq!(withdrawn.feeds(), feeds);
    assert_eq!(code(withdraw(&mut world, 12, &[(Role::Publisher, id(2))], 50)), Code::WrongState);
}

#[test]
fn who_publishes_holds_a_role_there_or_above() {
    let mut world = world();
    assert!(publish(&mut world, 50, draft(4)).is_ok(), "the street speaks for a branch below it");
    assert_eq!(code(publish(&mut world, 51, draft(1))), Code::NotAllowed, "but not for the city above it");
    let leader = world.act(id(10), &[(Role::Leader, id(4))], 1, notice(52), crate::Action::Notice(Action::Publish(draft(4))));
    assert_eq!(code(leader), Code::NotAllowed);
    assert_eq!(code(withdraw(&mut world, 11, &[(Role::Secretary, id(5))], 50)), Code::NotAllowed, "a sister has no say");
    assert!(withdraw(&mut world, 10, &[(Role::Secretary, id(4))], 50).is_ok(), "the branch takes back what was said in its name");
}

#[test]
fn a_draft_that_makes_no_sense_is_refused_by_field() {
    let mut world = world();
    let mut refused = |draft: Draft| publish(&mut world, 50, draft).expect_err("is refused");
    let empty = refused(Draft { title: "  ".into(), ..draft(2) });
    assert_eq!((empty.code, empty.values["field"].as_str()), (Code::Empty, "title"));
    let silent = refused(Draft { text: String::new(), ..draft(2) });
    assert_eq!((silent.code, silent.values["field"].as_str()), (Code::Empty, "text"));
    assert_eq!(refused(Draft { title: "长".repeat(121), ..draft(2) }).code, Code::TooLong);
    assert_eq!(refused(Draft { audience: vec![Role::Leader; 8], ..draft(2) }).code, Code::TooLong);
    assert_eq!(refused(Draft { until: Some(Timestamp::from_millis(1_000)), ..draft(2) }).values["field"], "until");
    assert_eq!(refused(draft(99)).code, Code::Missing);
    world.put(id(6), Org { parent: Some(id(2)), closed: Some(Timestamp::from_millis(1)), ..Org::default() });
    assert_eq!(code(publish(&mut world, 50, draft(6))), Code::Closed);
}

#[test]
fn a_replaced_notice_says_by_which() {
    let mut world = world();
    publish(&mut world, 50, draft(2)).expect("published");
    publish(&mut world, 51, Draft { replaces: Some(id(50)), ..draft(2) }).expect("replaces it");
    let old: Notice = world.read(id(50));
    assert_eq!((old.state, old.replaced_by), (NoticeState::Withdrawn, Some(id(51))));
    assert_eq!(code(publish(&mut world, 52, Draft { replaces: Some(id(50)), ..draft(2) })), Code::Conflict, "its place is taken");
    assert_eq!(code(publish(&mut world, 52, Draft { replaces: Some(id(51)), ..draft(4) })), Code::Conflict, "of another org");
    assert_eq!(code(publish(&mut world, 52, Draft { replaces: Some(id(77)), ..draft(2) })), Code::Missing);
}

#[test]
fn a_receipt_is_given_once_for_oneself_by_those_below() {
    let mut world = world();
    publish(&mut world, 50, draft(4)).expect("published for branch 4");
    receipt(&mut world, 10, 5_000, Action::Read { notice: id(50) }).expect("read");
    receipt(&mut world, 10, 6_000, Action::Confirm { notice: id(50) }).expect("confirmed");
    let given: Receipt = world.read(Receipt::id(id(50), id(10)));
    assert_eq!((given.read.millis(), given.confirmed.map(Timestamp::millis), given.org), (5_000, Some(6_000), id(4)));
    assert_eq!(given.feeds(), [Feed::member(id(10)), Feed::org(id(4))]);
    assert_eq!(code(receipt(&mut world, 11, 5_000, Action::Read { notice: id(50) })), Code::NotAMember);
    assert_eq!(code(receipt(&mut world, 10, 5_000, Action::Read { notice: id(51) })), Code::Missing);
    let anothers = Key::new(Kind::Receipt, Receipt::id(id(50), id(11)));
    let forged = world.act(id(10), &[], 1, anothers, crate::Action::Notice(Action::Read { notice: id(50) }));
    assert_eq!(code(forged), Code::WrongKind, "for another member");
    let elsewhere = world.act(id(10), &[], 1, notice(50), crate::Action::Notice(Action::Read { notice: id(50) }));
    assert_eq!(code(elsewhere), Code::WrongKind);
}

#[test]
fn an_appointment_below_makes_one_a_reader_too() {
    let mut world = world();
    publish(&mut world, 50, draft(4)).expect("published for branch 4");
    let target = Key::new(Kind::Receipt, Receipt::id(id(50), id(11)));
    let read = crate::Action::Notice(Action::Read { notice: id(50) });
    world.act(id(11), &[(Role::Leader, id(4))], 1, target, read).expect("who holds a role in branch 4 receives its notices");
    assert_eq!(world.read::<Receipt>(target.id).org, id(5), "and is counted where they belong");
}

#[test]
fn confirming_is_for_those_who_were_asked_and_reading_for_all() {
    let mut world = world();
    publish(&mut world, 50, Draft { audience: vec![Role::Secretary], ..draft(2) }).expect("published");
    receipt(&mut world, 10, 1, Action::Read { notice: id(50) }).expect("anyone below may read");
    let refused = receipt(&mut world, 10, 1, Action::Confirm { notice: id(50) }).expect_err("was not asked");
    assert_eq!((refused.code, refused.values["role"].as_str()), (Code::NotAllowed, "secretary"));
    let target = Key::new(Kind::Receipt, Receipt::id(id(50), id(10)));
    let confirm = crate::Action::Notice(Action::Confirm { notice: id(50) });
    world.act(id(10), &[(Role::Secretary, id(4))], 1, target, confirm).expect("a secretary was asked");
}

#[test]
fn a_phone_that_did_not_know_of_the_withdrawal_confirms_in_peace() {
    let mut world = world();
    publish(&mut world, 50, draft(2)).expect("published");
    withdraw(&mut world, 12, &[(Role::Publisher, id(2))], 50).expect("withdrawn");
    receipt(&mut world, 10, 3_000, Action::Confirm { notice: id(50) }).expect("counts as what it is");
}

#[test]
fn bodies_and_actions_keep_their_form() {
    let mut world = world();
    let files =
        vec![Attachment { sha256: Sha256([7; 32]), bytes: 9, media_type: "application/pdf".into(), name: "通知.pdf".into() }];
    let until = Some(Timestamp::from_millis(9_000));
    let full = Draft { files, until, audience: vec![Role::Leader], replaces: Some(id(50)), ..draft(2) };
    publish(&mut world, 50, Draft { wants_receipt: false, ..draft(2) }).expect("published");
    publish(&mut world, 51, full.clone()).expect("published");
    withdraw(&mut world, 12, &[(Role::Admin, id(2))], 51).expect("withdrawn");
    receipt(&mut world, 10, 5_000, Action::Read { notice: id(50) }).expect("read");
    let read: Receipt = world.read(Receipt::id(id(50), id(10)));
    receipt(&mut world, 10, 5_500, Action::Confirm { notice: id(50) }).expect("confirmed");
    assert_json_snapshot!("notices", [world.read::<Notice>(id(50)), world.read::<Notice>(id(51))]);
    assert_json_snapshot!("receipts", [read, world.read::<Receipt>(Receipt::id(id(50), id(10)))]);
    let withdraw = Action::Withdraw { reason: "台风改道".into() };
    let (read, confirm) = (Action::Read { notice: id(50) }, Action::Confirm { notice: id(50) });
    assert_json_snapshot!("actions", [Action::Publish(full), Action::Publish(draft(2)), withdraw, read, confirm]);
}

proptest! {
    /// In whatever order the commands of a member's phones arrive, the receipt tells the first reading and confirming.
    #[test]
    fn the_first_time_counts(mut given in proptest::collection::vec((0i64..100_000, any::<bool>()), 1..12)) {
        let mut world = world();
        publish(&mut world, 50, draft(2)).expect("published");
        for (at, confirm) in &given {
            let action = if *confirm { Action::Confirm { notice: id(50) } } else { Action::Read { notice: id(50) } };
            receipt(&mut world, 10, *at, action).expect("accepted");
        }
        given.sort_unstable();
        let told: Receipt = world.read(Receipt::id(id(50), id(10)));
        prop_assert_eq!(told.read.millis(), given[0].0);
        prop_assert_eq!(told.confirmed.map(Timestamp::millis), given.iter().find(|(_, confirm)| *confirm).map(|(at, _)| *at));
    }

    /// Whoever they are and whatever their roles: a receipt is accepted exactly from those below the org that speaks.
    #[test]
    fn only_those_below_give_receipts(from in 1u8..=4, home in 1u8..=5) {
        let mut world = world();
        world.put(id(20), Member { org: id(home), name: "someone".into(), ..Member::default() });
        world.act(id(12), &[(Role::Admin, id(1))], 1, notice(50), crate::Action::Notice(Action::Publish(draft(from)))).expect("published");
        // 1 ← 2 ← 3 ← 4, and 5 beside 4.
        let below = home >= from && !(from == 4 && home == 5);
        prop_assert_eq!(receipt(&mut world, 20, 2, Action::Read { notice: id(50) }).is_ok(), below);
    }
}
