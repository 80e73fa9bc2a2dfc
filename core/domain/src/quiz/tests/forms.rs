//! How bodies and actions are written down.

use insta::assert_json_snapshot;

use super::*;

#[test]
fn bodies_and_actions_keep_their_form() {
    let mut world = with_paper(draft(Mode::Contest));
    start(&mut world, 10, 1, OPENS).expect("started");
    let begun = attempt(&world);
    act(&mut world, 10, 1, OPENS + 1, finish()).expect("handed in");
    let sealed = attempt(&world);
    assert_json_snapshot!("answer_key", world.read::<AnswerKey>(AnswerKey::id(id(PAPER))));
    on_paper(&mut world, CLOSES, Action::Close).expect("closed");
    act(&mut world, 10, 1, CLOSES, Action::Mark).expect("marked");
    assert_json_snapshot!("attempts", [begun, sealed, attempt(&world)]);
    on_paper(&mut world, CLOSES, Action::Withdraw { reason: "第三题有误".into() }).expect("withdrawn");
    assert_json_snapshot!("paper", world.read::<Paper>(id(PAPER)));
    let actions = [
        Action::Publish(Draft { minutes: None, closes: None, ..draft(Mode::Practice) }),
        Action::Withdraw { reason: "第三题有误".into() },
        Action::Close,
        Action::Start { paper: id(PAPER), number: 1 },
        Action::Answer { question: 1, answer: Some(Answer::Choices([0, 2].into())) },
        Action::Answer { question: 1, answer: None },
        finish(),
        Action::Finish { answers: Vec::new() },
        Action::Mark,
    ];
    assert_json_snapshot!("actions", actions);
}
