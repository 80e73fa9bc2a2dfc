//! Beginning, answering and handing in.

use super::*;

#[test]
fn practice_is_marked_on_the_phone_with_no_network() {
    let mut phone = phone(&with_paper(draft(Mode::Practice)));
    start(&mut phone, 10, 1, OPENS).expect("started");
    act(&mut phone, 10, 1, OPENS + 1, finish()).expect("handed in");
    let score = attempt(&phone).score.expect("marked");
    assert_eq!((score.points_milli, score.max_milli, score.passed), (7_000, 10_000, true));
    assert_eq!(score.per_question, EARNED);
    assert_eq!(attempt(&phone).feeds(), [Feed::member(id(10)), Feed::org(id(4))]);
}

#[test]
fn answers_are_kept_one_by_one_and_count_when_nothing_else_is_handed_in() {
    let mut world = with_paper(draft(Mode::Practice));
    start(&mut world, 10, 1, OPENS).expect("started");
    for (question, answer) in (0u16..).zip(answers()) {
        act(&mut world, 10, 1, OPENS + 1, Action::Answer { question, answer }).expect("kept");
    }
    act(&mut world, 10, 1, OPENS + 1, Action::Answer { question: 4, answer: None }).expect("taken back");
    act(&mut world, 10, 1, OPENS + 2, Action::Finish { answers: Vec::new() }).expect("handed in");
    assert_eq!(attempt(&world).score.expect("marked").points_milli, 6_000);
    assert_eq!(code(act(&mut world, 10, 1, OPENS + 3, Action::Answer { question: 0, answer: None })), Code::WrongState);
    assert_eq!(code(act(&mut world, 10, 1, OPENS + 3, finish())), Code::WrongState);
}

#[test]
fn an_answer_of_another_shape_is_refused_by_question() {
    let mut world = with_paper(draft(Mode::Practice));
    start(&mut world, 10, 1, OPENS).expect("started");
    let bad = [
        (0, Answer::Choice(3)),
        (0, Answer::Truth(true)),
        (1, Answer::Choices([0, 3].into())),
        (2, Answer::Choice(0)),
        (3, Answer::Texts(list(&["1", "2", "3"]))),
        (3, Answer::Texts(vec!["1".repeat(ANSWER_CHARS_MAX + 1)])),
        (4, Answer::Order(vec![0, 0, 1])),
        (4, Answer::Order(vec![0, 1, 3])),
    ];
    for (question, answer) in bad {
        let refused =
            act(&mut world, 10, 1, OPENS, Action::Answer { question, answer: Some(answer.clone()) }).expect_err("is refused");
        assert_eq!(
            (refused.code, refused.values["question"].as_str()),
            (Code::BadAnswer, question.to_string().as_str()),
            "{answer:?}"
        );
        let mut all = answers();
        all[usize::from(question)] = Some(answer);
        assert_eq!(code(act(&mut world, 10, 1, OPENS, Action::Finish { answers: all })), Code::BadAnswer);
    }
    assert_eq!(code(act(&mut world, 10, 1, OPENS, Action::Answer { question: 5, answer: None })), Code::OutOfRange);
    assert_eq!(code(act(&mut world, 10, 1, OPENS, Action::Finish { answers: vec![None] })), Code::OutOfRange);
}

#[test]
fn attempts_are_counted() {
    let mut world = with_paper(Draft { attempts_max: 2, ..draft(Mode::Practice) });
    assert_eq!(code(start(&mut world, 10, 0, OPENS)), Code::OutOfRange);
    assert_eq!(code(start(&mut world, 10, 2, OPENS)), Code::Missing, "the first comes first");
    start(&mut world, 10, 1, OPENS).expect("the first");
    assert_eq!(code(start(&mut world, 10, 1, OPENS)), Code::Exists);
    start(&mut world, 10, 2, OPENS).expect("the second");
    assert_eq!(code(start(&mut world, 10, 3, OPENS)), Code::NoAttemptsLeft);
    let mut world = with_paper(Draft { attempts_max: 0, ..draft(Mode::Practice) });
    for number in 1..=9 {
        start(&mut world, 10, number, OPENS).expect("as often as they like");
    }
}

#[test]
fn nobody_takes_a_paper_for_another_or_from_outside() {
    let mut world = with_paper(draft(Mode::Practice));
    assert_eq!(code(start(&mut world, 13, 1, OPENS)), Code::NotAMember, "the city is above, not below");
    start(&mut world, 10, 1, OPENS).expect("started");
    let meddle = world.act(id(11), &[(Role::Secretary, id(2))], OPENS, own(10, 1), crate::Action::Quiz(finish()));
    assert_eq!(code(meddle), Code::NotYours);
    let begin = crate::Action::Quiz(Action::Start { paper: id(PAPER), number: 1 });
    assert_eq!(code(world.act(id(10), &[], OPENS, own(11, 1), begin)), Code::WrongKind);
}

#[test]
fn doubt_about_the_time_is_for_the_taker() {
    let mut world = with_paper(draft(Mode::Contest));
    let begin = || Action::Start { paper: id(PAPER), number: 1 };
    assert_eq!(code(between(&world, 0, OPENS - 1, begin())), Code::TooEarly);
    assert!(between(&world, 0, OPENS, begin()).is_ok(), "it may have been open");
    assert!(between(&world, CLOSES, CLOSES + 999_999, begin()).is_ok(), "it may not have been over");
    assert_eq!(code(between(&world, CLOSES + 1, CLOSES + 2, begin())), Code::TooLate);

    start(&mut world, 10, 1, OPENS).expect("started");
    let late = OPENS + 30 * MINUTE_MS + GRACE_MS;
    assert!(between(&world, late, late + 999_999_999, finish()).is_ok(), "within the grace, at the earliest");
    assert_eq!(code(between(&world, late + 1, late + 1, finish())), Code::TooLate);
    assert_eq!(code(between(&world, late + 1, late + 1, Action::Answer { question: 0, answer: None })), Code::TooLate);
}

#[test]
fn a_paper_that_closes_ends_every_attempt_and_one_without_limits_none() {
    let mut world = with_paper(draft(Mode::Contest));
    start(&mut world, 10, 1, CLOSES - MINUTE_MS).expect("started in the last minute");
    assert_eq!(attempt(&world).deadline(&world.read(id(PAPER))), Some(Timestamp::from_millis(CLOSES)));
    assert_eq!(code(act(&mut world, 10, 1, CLOSES + GRACE_MS + 1, finish())), Code::TooLate);

    let mut world = with_paper(Draft { minutes: None, closes: None, ..draft(Mode::Practice) });
    start(&mut world, 10, 1, OPENS).expect("started");
    act(&mut world, 10, 1, OPENS * 2, finish()).expect("there is no hurry");
}
