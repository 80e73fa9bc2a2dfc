//! Setting, closing and taking back papers.

use super::*;

#[test]
fn the_drawn_tables_are_the_ones_that_run() {
    assert_eq!(include_str!("../paper.states.md"), PAPER_STATES.draw());
    assert_eq!(include_str!("../attempt.states.md"), ATTEMPT_STATES.draw());
}

#[test]
fn a_withdrawn_paper_is_taken_no_more() {
    let mut world = with_paper(draft(Mode::Practice));
    start(&mut world, 10, 1, OPENS).expect("started");
    on_paper(&mut world, OPENS, Action::Withdraw { reason: "第三题有误".into() }).expect("withdrawn");
    for refused in [start(&mut world, 11, 1, OPENS), act(&mut world, 10, 1, OPENS, finish())] {
        let refused = refused.expect_err("is refused");
        assert_eq!((refused.code, refused.values["state"].as_str()), (Code::WrongState, "withdrawn"));
    }
    assert_eq!(code(on_paper(&mut world, OPENS, Action::Close)), Code::WrongState);
}

#[test]
fn only_publishers_set_and_close() {
    let mut world = with_paper(draft(Mode::Practice));
    let target = Key::new(Kind::Paper, id(PAPER));
    let close = world.act(id(10), &[(Role::Secretary, id(4))], OPENS, target, crate::Action::Quiz(Action::Close));
    assert_eq!(code(close), Code::NotAllowed);
    let other = Key::new(Kind::Paper, id(51));
    let publish = crate::Action::Quiz(Action::Publish(draft(Mode::Practice)));
    assert_eq!(code(world.act(id(10), &[(Role::Leader, id(2))], OPENS, other, publish.clone())), Code::NotAllowed);
    assert!(world.act(id(13), &[(Role::Admin, id(1))], OPENS, other, publish).is_ok(), "from above");
}

#[test]
fn a_draft_that_makes_no_sense_is_refused_by_field() {
    let refused = |draft: Draft| on_paper(&mut world(), OPENS, Action::Publish(draft)).expect_err("is refused");
    let practice = || draft(Mode::Practice);
    let with = |n: usize, kind| {
        let mut questions = questions();
        questions[n].kind = kind;
        Draft { questions, ..practice() }
    };
    assert_eq!(refused(Draft { questions: Vec::new(), answers: Vec::new(), ..practice() }).values["field"], "questions");
    let many = Draft { questions: vec![questions()[2].clone(); QUESTIONS_MAX + 1], ..practice() };
    assert_eq!(refused(many).code, Code::TooLong);
    assert_eq!(refused(Draft { answers: rights()[1..].to_vec(), ..practice() }).values["field"], "answers");
    assert_eq!(refused(Draft { minutes: Some(0), ..practice() }).values["field"], "minutes");
    assert_eq!(refused(Draft { closes: Some(Timestamp::from_millis(OPENS)), ..practice() }).values["field"], "closes");
    assert_eq!(refused(Draft { pass_percent: 101, ..practice() }).values["field"], "pass_percent");
    let single = with(0, QuestionKind::Single { options: list(&["只有一个"]) });
    assert_eq!(refused(single).values["field"], "options");
    let crowd = with(0, QuestionKind::Single { options: list(&["一"; OPTIONS_MAX + 1]) });
    assert_eq!(refused(crowd).code, Code::TooLong);
    let blank = refused(with(1, QuestionKind::Multiple { options: list(&["一", " ", "三"]), partial: false }));
    assert_eq!((blank.code, blank.values["question"].as_str()), (Code::Empty, "1"));
    assert_eq!(refused(with(3, QuestionKind::FillIn { blanks: 0, partial: false })).values["field"], "blanks");
}

#[test]
fn a_key_that_does_not_solve_its_question_is_refused() {
    let refused = |draft: Draft| on_paper(&mut world(), OPENS, Action::Publish(draft)).expect_err("is refused");
    let practice = || draft(Mode::Practice);
    let mut unsolved = rights();
    for (n, wrong) in [
        (0, Solution::Choice(3)),
        (1, Solution::Choices([].into())),
        (2, Solution::Choice(0)),
        (3, Solution::Texts(vec![list(&["119"]), list(&["　"])])),
        (4, Solution::Order(vec![1, 0])),
    ] {
        let right = std::mem::replace(&mut unsolved[n].answer, wrong);
        let refused = refused(Draft { answers: unsolved.clone(), ..practice() });
        assert_eq!((refused.code, refused.values["question"].as_str()), (Code::BadAnswer, n.to_string().as_str()));
        unsolved[n].answer = right;
    }
}
