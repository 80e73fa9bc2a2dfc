//! What stays secret until a contest is over.

use proptest::prelude::*;

use super::*;
use crate::access;
use crate::directory::Appointment;

#[test]
fn the_key_of_a_contest_reaches_nobody_before_it_closes() {
    let mut world = with_paper(draft(Mode::Contest));
    let key: AnswerKey = world.read(AnswerKey::id(id(PAPER)));
    for (number, org) in [(10, 4), (12, 2), (13, 1)] {
        let member: Member = world.read(id(number));
        let held: Vec<_> =
            Role::ALL.iter().flat_map(|role| (1..=5).map(|n| Appointment::new(id(number), id(n), *role))).collect();
        let feeds = access::feeds(id(number), &member, &held, &world);
        assert!(key.feeds().iter().all(|feed| !feeds.contains(feed)), "not even with every role, in org {org}");
    }
    on_paper(&mut world, CLOSES, Action::Close).expect("closed");
    let key: AnswerKey = world.read(AnswerKey::id(id(PAPER)));
    assert_eq!((key.released, key.feeds()), (true, vec![Feed::down(id(2)), Feed::org(id(2))]));
}

#[test]
fn a_contest_waits_on_the_phone_is_summed_by_the_server_and_told_in_full_after_it_closes() {
    let mut server = with_paper(draft(Mode::Contest));
    let mut phone = phone(&server);
    for world in [&mut phone, &mut server] {
        start(world, 10, 1, OPENS).expect("started");
        act(world, 10, 1, OPENS + 1, finish()).expect("handed in");
        assert_eq!(code(act(world, 10, 1, OPENS + 2, Action::Mark)), Code::TooEarly);
        assert_eq!(attempt(world).feeds(), [Feed::member(id(10))], "a good attempt is a key: it stays private");
    }
    assert_eq!(attempt(&phone).score, None, "waits for marking");
    let score = attempt(&server).score.expect("marked");
    assert_eq!((score.points_milli, score.per_question), (7_000, Vec::new()), "the sum, and not which were right");
    on_paper(&mut server, CLOSES, Action::Close).expect("closed");
    act(&mut server, 10, 1, CLOSES + 1, Action::Mark).expect("marked in full");
    assert_eq!(attempt(&server).score.expect("marked").per_question, EARNED);
    assert_eq!(attempt(&server).feeds(), [Feed::member(id(10)), Feed::org(id(4))]);
}

#[test]
fn who_may_try_a_contest_twice_learns_nothing_between() {
    let mut world = with_paper(Draft { attempts_max: 2, ..draft(Mode::Contest) });
    start(&mut world, 10, 1, OPENS).expect("started");
    act(&mut world, 10, 1, OPENS + 1, finish()).expect("handed in");
    assert_eq!(attempt(&world).score, None);
}

#[test]
fn a_phone_that_closes_a_contest_needs_no_key() {
    let mut phone = phone(&with_paper(draft(Mode::Contest)));
    let writes = on_paper(&mut phone, OPENS + 5, Action::Close).expect("closed");
    assert_eq!(writes.len(), 1);
    let paper: Paper = phone.read(id(PAPER));
    assert_eq!((paper.state, paper.closes), (PaperState::Closed, Some(Timestamp::from_millis(OPENS + 5))), "closed early");
}

#[test]
fn what_was_done_offline_before_an_early_close_counts_and_what_came_after_does_not() {
    let mut world = with_paper(draft(Mode::Contest));
    start(&mut world, 10, 1, OPENS).expect("started");
    on_paper(&mut world, OPENS + 10 * MINUTE_MS, Action::Close).expect("closed early");
    assert_eq!(code(act(&mut world, 10, 1, OPENS + 20 * MINUTE_MS, finish())), Code::TooLate);
    act(&mut world, 10, 1, OPENS + 9 * MINUTE_MS, finish()).expect("was handed in before");
    assert_eq!(attempt(&world).score.expect("marked").per_question, EARNED, "the key is out: all is told at once");
}

fn any_step() -> impl Strategy<Value = (u8, Action)> {
    let answer = prop_oneof![
        any::<u8>().prop_map(Answer::Choice),
        any::<bool>().prop_map(Answer::Truth),
        proptest::collection::btree_set(0u8..4, 0..4).prop_map(Answer::Choices),
        proptest::collection::vec(0u8..4, 0..4).prop_map(Answer::Order),
        proptest::collection::vec("[0-9]{0,3}", 0..4).prop_map(Answer::Texts),
    ];
    let action = prop_oneof![
        (0u8..4).prop_map(|number| Action::Start { paper: id(PAPER), number }),
        (0u16..7, proptest::option::of(answer)).prop_map(|(question, answer)| Action::Answer { question, answer }),
        Just(finish()),
        Just(Action::Finish { answers: Vec::new() }),
        Just(Action::Mark),
        Just(Action::Close),
    ];
    (1u8..4, action)
}

proptest! {
    /// Whatever is done to a contest in whatever order: while its key is withheld, no record that reaches any phone tells
    /// which answers were right; and an attempt that was handed in never changes its answers.
    #[test]
    fn nothing_that_reaches_a_phone_tells_the_key(steps in proptest::collection::vec(any_step(), 1..20)) {
        let mut world = with_paper(Draft { attempts_max: 3, ..draft(Mode::Contest) });
        for (n, (number, action)) in (0i64..).zip(steps) {
            let before = world.clone();
            let _ = match &action {
                Action::Close => on_paper(&mut world, OPENS + n, action),
                Action::Start { number, .. } => act(&mut world, 10, *number, OPENS + n, action),
                _ => act(&mut world, 10, number, OPENS + n, action),
            };
            let released = world.read::<AnswerKey>(AnswerKey::id(id(PAPER))).released;
            for (key, body) in &world.0 {
                if let Body::Attempt(now) = body {
                    prop_assert!(released || (now.score.is_none() && now.feeds() == [Feed::member(id(10))]));
                    if let Some(Body::Attempt(then)) = before.0.get(key) && then.finished.is_some() {
                        prop_assert_eq!((&then.answers, then.finished), (&now.answers, now.finished));
                    }
                }
            }
        }
    }
}
