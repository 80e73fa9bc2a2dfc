use insta::assert_json_snapshot;
use proptest::prelude::*;

use super::*;
use crate::decide::testing::{MemoryWorld, code, id};
use crate::directory::{Org, OrgKind, Role};
use crate::record::Kind;
use crate::refusal::Code;
use crate::time::DAY_MS;

const STUDY: u8 = 50;
const FROM: i64 = 1_795_000_000_000;

fn draft(org: u8) -> Draft {
    let section = |title: &str| Section { title: title.into(), text: "先切断电源，再用灭火毯。".into() };
    Draft {
        org: id(org),
        title: "家庭防火".into(),
        summary: "油锅、插座、充电".into(),
        sections: vec![section("油锅起火"), section("插座"), section("电动车充电")],
        items: vec![
            Item { prompt: "火警电话".into(), answer: "119".into() },
            Item { prompt: "急救电话".into(), answer: "120".into() },
        ],
        minutes: 15,
        from: Timestamp::from_millis(FROM),
        until: None,
    }
}

/// 10 is a member of branch 4, 11 of its sister 5, 12 publishes for the street 2.
fn world() -> MemoryWorld {
    let mut world = MemoryWorld::tree();
    world.put(id(5), Org { parent: Some(id(3)), kind: OrgKind::Branch, name: "org 5".into(), ..Org::default() });
    world.member(10, id(4));
    world.member(11, id(5));
    world.member(12, id(2));
    world
}

fn publish(world: &mut MemoryWorld, draft: Draft) -> Result<Writes, Refusal> {
    let target = Key::new(Kind::Study, id(STUDY));
    world.act(id(12), &[(Role::Publisher, id(2))], FROM - 1, target, crate::Action::Study(Action::Publish(draft)))
}

fn withdraw(world: &mut MemoryWorld, actor: u8, roles: &[(Role, Id)]) -> Result<Writes, Refusal> {
    let action = Action::Withdraw { reason: "内容过时".into() };
    world.act(id(actor), roles, FROM, Key::new(Kind::Study, id(STUDY)), crate::Action::Study(action))
}

fn read_section(world: &mut MemoryWorld, actor: u8, now: i64, section: u16) -> Result<Writes, Refusal> {
    let target = Key::new(Kind::Learning, Learning::id(id(STUDY), id(actor)));
    world.act(id(actor), &[], now, target, crate::Action::Study(Action::ReadSection { study: id(STUDY), section }))
}

fn rate(world: &mut MemoryWorld, actor: u8, now: i64, item: u16, rating: Rating) -> Result<Writes, Refusal> {
    let target = Key::new(Kind::Review, Review::id(id(STUDY), id(actor), item));
    world.act(id(actor), &[], now, target, crate::Action::Study(Action::Rate { study: id(STUDY), item, rating }))
}

fn learning(world: &MemoryWorld) -> Learning {
    world.read(Learning::id(id(STUDY), id(10)))
}

fn review(world: &MemoryWorld, item: u16) -> Review {
    world.read(Review::id(id(STUDY), id(10), item))
}

#[test]
fn the_drawn_table_is_the_one_that_runs() {
    assert_eq!(include_str!("study.states.md"), STUDY_STATES.draw());
}

#[test]
fn reading_every_section_finishes_the_study_and_only_then_the_branch_sees_it() {
    let mut world = world();
    publish(&mut world, draft(2)).expect("published");
    for (at, section) in [(1, 2), (2, 0), (3, 0)] {
        read_section(&mut world, 10, FROM + at, section).expect("read");
        assert_eq!(learning(&world).feeds(), [Feed::member(id(10))]);
        assert_eq!(learning(&world).finished, None);
    }
    read_section(&mut world, 10, FROM + 9, 1).expect("read");
    assert_eq!(learning(&world).finished, Some(Timestamp::from_millis(FROM + 9)));
    assert_eq!(learning(&world).feeds(), [Feed::member(id(10)), Feed::org(id(4))]);
    read_section(&mut world, 10, FROM + 20, 1).expect("reading again does no harm");
    assert_eq!(learning(&world).finished, Some(Timestamp::from_millis(FROM + 9)), "and does not finish it later");
}

#[test]
fn what_is_not_there_cannot_be_read_or_rated() {
    let mut world = world();
    assert_eq!(code(read_section(&mut world, 10, FROM, 0)), Code::Missing);
    publish(&mut world, draft(4)).expect("published");
    assert_eq!(code(read_section(&mut world, 10, FROM, 3)), Code::OutOfRange);
    assert_eq!(code(rate(&mut world, 10, FROM, 2, Rating::Good)), Code::OutOfRange);
    assert_eq!(code(read_section(&mut world, 10, FROM - 1, 0)), Code::TooEarly);
    assert_eq!(code(read_section(&mut world, 11, FROM, 0)), Code::NotAMember);
    assert_eq!(code(rate(&mut world, 11, FROM, 0, Rating::Good)), Code::NotAMember);
}

#[test]
fn nobody_learns_for_another() {
    let mut world = world();
    publish(&mut world, draft(2)).expect("published");
    let anothers = Key::new(Kind::Learning, Learning::id(id(STUDY), id(11)));
    let read = crate::Action::Study(Action::ReadSection { study: id(STUDY), section: 0 });
    assert_eq!(code(world.act(id(10), &[], FROM, anothers, read)), Code::WrongKind);
    let other_item = Key::new(Kind::Review, Review::id(id(STUDY), id(10), 1));
    let rate = crate::Action::Study(Action::Rate { study: id(STUDY), item: 0, rating: Rating::Good });
    assert_eq!(code(world.act(id(10), &[], FROM, other_item, rate)), Code::WrongKind);
}

#[test]
fn a_withdrawn_study_stays_visible_and_what_was_read_offline_still_counts() {
    let mut world = world();
    publish(&mut world, draft(2)).expect("published");
    assert_eq!(code(withdraw(&mut world, 10, &[(Role::Secretary, id(4))])), Code::NotAllowed);
    withdraw(&mut world, 12, &[(Role::Secretary, id(1))]).expect("withdrawn from above");
    let study: Study = world.read(id(STUDY));
    assert_eq!((study.state, study.feeds()), (StudyState::Withdrawn, vec![Feed::down(id(2)), Feed::org(id(2))]));
    read_section(&mut world, 10, FROM, 0).expect("the phone did not know");
    assert_eq!(code(withdraw(&mut world, 12, &[(Role::Secretary, id(1))])), Code::WrongState);
}

#[test]
fn a_draft_that_makes_no_sense_is_refused_by_field() {
    let mut world = world();
    let mut field = |draft: Draft| publish(&mut world, draft).expect_err("is refused").values["field"].clone();
    assert_eq!(field(Draft { title: " ".into(), ..draft(2) }), "title");
    assert_eq!(field(Draft { sections: Vec::new(), ..draft(2) }), "sections");
    let section = Section { title: "一".into(), text: "二".into() };
    assert_eq!(field(Draft { sections: vec![section; SECTIONS_MAX + 1], ..draft(2) }), "sections");
    let item = Item { prompt: "一".into(), answer: " ".into() };
    assert_eq!(field(Draft { items: vec![item.clone()], ..draft(2) }), "answer");
    assert_eq!(field(Draft { items: vec![item; ITEMS_MAX + 1], ..draft(2) }), "items");
    assert_eq!(field(Draft { minutes: 0, ..draft(2) }), "minutes");
    assert_eq!(field(Draft { minutes: MINUTES_MAX + 1, ..draft(2) }), "minutes");
    assert_eq!(field(Draft { until: Some(Timestamp::from_millis(FROM)), ..draft(2) }), "until");
}

#[test]
fn reviews_move_apart_as_an_item_is_remembered_and_stay_private() {
    let mut world = world();
    publish(&mut world, draft(2)).expect("published");
    let mut now = FROM;
    let mut pauses = Vec::new();
    for _ in 0..4 {
        rate(&mut world, 10, now, 0, Rating::Good).expect("rated");
        let review = review(&world, 0);
        pauses.push(review.due.since(review.last) / DAY_MS);
        now = review.due.millis();
    }
    assert!(pauses.is_sorted_by(|a, b| a < b), "{pauses:?}");
    rate(&mut world, 10, now, 0, Rating::Again).expect("rated");
    let review = review(&world, 0);
    assert_eq!((review.reps, review.lapses), (5, 1));
    assert!(review.due.since(review.last) < pauses[3] * DAY_MS);
    assert_eq!(review.feeds(), [Feed::member(id(10))]);
}

#[test]
fn a_review_that_arrives_late_does_not_pull_the_due_date_into_the_past() {
    let mut world = world();
    publish(&mut world, draft(2)).expect("published");
    rate(&mut world, 10, FROM + 30 * DAY_MS, 1, Rating::Good).expect("rated");
    rate(&mut world, 10, FROM, 1, Rating::Again).expect("made earlier on another phone");
    let review = review(&world, 1);
    assert_eq!(review.last.millis(), FROM + 30 * DAY_MS);
    assert!(review.due > review.last);
}

#[test]
fn bodies_and_actions_keep_their_form() {
    let mut world = world();
    let full = Draft { until: Some(Timestamp::from_millis(FROM + DAY_MS)), ..draft(2) };
    publish(&mut world, full.clone()).expect("published");
    read_section(&mut world, 10, FROM, 1).expect("read");
    let begun = learning(&world);
    read_section(&mut world, 10, FROM, 0).expect("read");
    read_section(&mut world, 10, FROM + 1, 2).expect("read");
    rate(&mut world, 10, FROM, 0, Rating::Good).expect("rated");
    rate(&mut world, 10, FROM, 1, Rating::Hard).expect("rated");
    rate(&mut world, 10, FROM + DAY_MS, 1, Rating::Again).expect("rated");
    let plain = Draft { summary: String::new(), items: Vec::new(), ..draft(4) };
    assert_json_snapshot!("learnings", [begun, learning(&world)]);
    assert_json_snapshot!("reviews", [review(&world, 0), review(&world, 1)]);
    withdraw(&mut world, 12, &[(Role::Publisher, id(2))]).expect("withdrawn");
    assert_json_snapshot!("study", world.read::<Study>(id(STUDY)));
    let actions = [
        Action::Publish(plain),
        Action::Withdraw { reason: "内容过时".into() },
        Action::ReadSection { study: id(STUDY), section: 2 },
        Action::Rate { study: id(STUDY), item: 1, rating: Rating::Easy },
    ];
    assert_json_snapshot!("actions", actions);
}

proptest! {
    /// A study is finished exactly when every section was read, in whatever order and however often.
    #[test]
    fn finished_means_all_read(sections in proptest::collection::vec(0u16..4, 1..12)) {
        let mut world = world();
        publish(&mut world, draft(2)).expect("published");
        let mut read = BTreeSet::new();
        for (n, section) in (0i64..).zip(&sections) {
            let accepted = read_section(&mut world, 10, FROM + n, *section).is_ok();
            prop_assert_eq!(accepted, *section < 3);
            if accepted {
                read.insert(*section);
                prop_assert_eq!(learning(&world).finished.is_some(), read.len() == 3);
                prop_assert_eq!(&learning(&world).read, &read);
            }
        }
    }

    /// However a member rates and however the times jump: nothing is ever due at or before the moment it was rated.
    #[test]
    fn nothing_is_due_in_the_past(ratings in proptest::collection::vec((0usize..4, 0i64..400), 1..10)) {
        let mut world = world();
        publish(&mut world, draft(2)).expect("published");
        for (n, (rating, day)) in (1u32..).zip(ratings) {
            let now = FROM + day * DAY_MS;
            rate(&mut world, 10, now, 0, Rating::ALL[rating]).expect("rated");
            let review = review(&world, 0);
            prop_assert!(review.due.millis() > now && review.due > review.last);
            prop_assert_eq!(review.reps, n);
            prop_assert!(review.lapses < n);
        }
    }
}
