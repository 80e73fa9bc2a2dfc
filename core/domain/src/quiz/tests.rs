//! A paper with a question of each kind, its world, and short ways to act in it.

mod contest;
mod forms;
mod setting;
mod taking;

use super::*;
use crate::decide::testing::{MemoryWorld, code, id};
use crate::directory::{Member, Org, OrgKind, Role};
use crate::evidence::Interval;
use crate::record::Kind;
use crate::refusal::Code;

const PAPER: u8 = 50;
const OPENS: i64 = 1_795_000_000_000;
const CLOSES: i64 = OPENS + 60 * MINUTE_MS;

fn list(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

fn question(text: &str, points: u16, kind: QuestionKind) -> Question {
    Question { text: text.into(), points, kind }
}

fn questions() -> Vec<Question> {
    let steps = list(&["拨打 120", "判断意识", "胸外按压"]);
    vec![
        question("油锅起火先做什么", 2, QuestionKind::Single { options: list(&["浇水", "盖锅盖", "开窗"]) }),
        question("哪些是可回收物", 4, QuestionKind::Multiple { options: list(&["报纸", "电池", "玻璃瓶"]), partial: true }),
        question("公安机关会电话要求转账", 1, QuestionKind::TrueFalse),
        question("火警电话____，急救电话____", 2, QuestionKind::FillIn { blanks: 2, partial: true }),
        question("心肺复苏的顺序", 1, QuestionKind::Ordering { items: steps, partial: false }),
    ]
}

fn rights() -> Vec<Right> {
    let right = |answer, explanation: &str| Right { answer, explanation: explanation.into() };
    vec![
        right(Solution::Choice(1), "盖住锅盖隔绝空气"),
        right(Solution::Choices([0, 2].into()), ""),
        right(Solution::Truth(false), ""),
        right(Solution::Texts(vec![list(&["119"]), list(&["120", "一二〇"])]), ""),
        right(Solution::Order(vec![1, 0, 2]), ""),
    ]
}

fn answers() -> Vec<Option<Answer>> {
    vec![
        Some(Answer::Choice(1)),
        Some(Answer::Choices([0].into())),
        Some(Answer::Truth(true)),
        Some(Answer::Texts(list(&["１１９", "一二〇"]))),
        Some(Answer::Order(vec![1, 0, 2])),
    ]
}

/// What [`answers`] earn question by question.
const EARNED: [u32; 5] = [2_000, 2_000, 0, 2_000, 1_000];

fn draft(mode: Mode) -> Draft {
    Draft {
        org: id(2),
        title: "安全知识".into(),
        questions: questions(),
        answers: rights(),
        minutes: Some(30),
        opens: Timestamp::from_millis(OPENS),
        closes: Some(Timestamp::from_millis(CLOSES)),
        attempts_max: 1,
        pass_percent: 60,
        mode,
    }
}

/// 10 is a member of branch 4, 11 of its sister 5, 12 publishes for the street 2 and belongs to it, 13 to the city.
fn world() -> MemoryWorld {
    let mut world = MemoryWorld::tree();
    world.put(id(5), Org { parent: Some(id(3)), kind: OrgKind::Branch, name: "org 5".into(), ..Org::default() });
    for (member, org) in [(10, 4), (11, 5), (12, 2), (13, 1)] {
        world.member(member, id(org));
    }
    world
}

fn on_paper(world: &mut MemoryWorld, now: i64, action: Action) -> Result<Writes, Refusal> {
    world.act(id(12), &[(Role::Publisher, id(2))], now, Key::new(Kind::Paper, id(PAPER)), crate::Action::Quiz(action))
}

fn with_paper(draft: Draft) -> MemoryWorld {
    let mut world = world();
    on_paper(&mut world, OPENS - 1, Action::Publish(draft)).expect("published");
    world
}

/// What a phone holds: the same without the keys that its feeds do not bring.
fn phone(world: &MemoryWorld) -> MemoryWorld {
    let mut phone = world.clone();
    phone.0.retain(|_, body| !matches!(body, Body::AnswerKey(key) if !key.released));
    phone
}

fn own(member: u8, number: u8) -> Key {
    Key::new(Kind::Attempt, Attempt::id(id(PAPER), id(member), number))
}

fn act(world: &mut MemoryWorld, member: u8, number: u8, now: i64, action: Action) -> Result<Writes, Refusal> {
    world.act(id(member), &[], now, own(member, number), crate::Action::Quiz(action))
}

fn start(world: &mut MemoryWorld, member: u8, number: u8, now: i64) -> Result<Writes, Refusal> {
    act(world, member, number, now, Action::Start { paper: id(PAPER), number })
}

/// Judges by a time that is only known to lie between two moments.
fn between(world: &MemoryWorld, earliest: i64, latest: i64, action: Action) -> Result<Writes, Refusal> {
    let member: Member = world.read(id(10));
    let made = Interval { earliest: Timestamp::from_millis(earliest), latest: Timestamp::from_millis(latest) };
    let context = Context { actor: id(10), member: &member, appointments: &[], device: id(200), made, authority: None };
    let target = own(10, 1);
    let command = crate::Command { target, action: crate::Action::Quiz(action) };
    crate::decide(&command, world.0.get(&target), world, &context)
}

fn attempt(world: &MemoryWorld) -> Attempt {
    world.read(own(10, 1).id)
}

fn finish() -> Action {
    Action::Finish { answers: answers() }
}
