//! Notices, studies and quizzes.

use haitang_app::{AppError, Phone};
use haitang_disk::Chance;
use haitang_domain::quiz::{Answer, Mode, Question, QuestionKind, Right, Solution};
use haitang_domain::study::{Item, Rating, Section};
use haitang_domain::time::{DAY_MS, HOUR_MS};
use haitang_domain::{notice, quiz, study};

use super::{Around, an_org, one_of};

pub(super) fn notice(phone: &Phone, chance: &mut Chance, around: &mut Around) -> Result<&'static str, AppError> {
    let notices = phone.notices(None)?;
    let shown = one_of(chance, &notices, |item| item.id);
    Ok(match chance.below(6) {
        0 | 1 => {
            let files = if chance.one_in(4) {
                vec![phone.attach_bytes(around.text("a document ").into_bytes(), "application/pdf", "通知.pdf")?]
            } else {
                vec![]
            };
            phone.publish_notice(notice::Draft {
                org: an_org(phone, chance)?,
                title: around.text("通知"),
                text: "请知悉".into(),
                files,
                effective: phone.now(),
                until: chance.one_in(3).then(|| phone.now().plus_millis(DAY_MS)),
                audience: vec![],
                wants_receipt: chance.one_in(2),
                replaces: chance.one_in(4).then_some(shown),
            })?;
            "publish_notice"
        }
        2 => {
            phone.withdraw_notice(shown, "作废")?;
            "withdraw_notice"
        }
        3 | 4 => {
            phone.read_notice(shown)?;
            "read_notice"
        }
        _ => {
            phone.confirm_notice(shown)?;
            "confirm_notice"
        }
    })
}

pub(super) fn study(phone: &Phone, chance: &mut Chance, around: &mut Around) -> Result<&'static str, AppError> {
    let studies = phone.studies()?;
    let shown = one_of(chance, &studies, |item| item.id);
    Ok(match chance.below(8) {
        0 | 1 => {
            let section = |n: usize| Section { title: format!("第{n}节"), text: "灭火器每年检查一次".into() };
            let item = |n: usize| Item { prompt: format!("问{n}"), answer: "答".into() };
            phone.publish_study(study::Draft {
                org: an_org(phone, chance)?,
                title: around.text("消防安全"),
                summary: String::new(),
                sections: (0..=chance.below(3)).map(section).collect(),
                items: (0..chance.below(4)).map(item).collect(),
                minutes: 10,
                from: phone.now().plus_millis(-HOUR_MS),
                until: None,
            })?;
            "publish_study"
        }
        2 => {
            phone.withdraw_study(shown, "更新")?;
            "withdraw_study"
        }
        3..=5 => {
            phone.read_section(shown, chance.below(3) as u16)?;
            "read_section"
        }
        _ => {
            let due = phone.reviews_due()?;
            let Some(item) = chance.pick(&due) else { return Ok("nothing") };
            let rating = [Rating::Again, Rating::Hard, Rating::Good, Rating::Easy][chance.below(4)];
            phone.rate_item(item.study, item.item, rating)?;
            "rate_item"
        }
    })
}

pub(super) fn quiz(phone: &Phone, chance: &mut Chance, around: &mut Around) -> Result<&'static str, AppError> {
    let papers = phone.papers()?;
    let paper = one_of(chance, &papers, |item| item.id);
    Ok(match chance.below(8) {
        0 | 1 => {
            phone.publish_paper(draft(phone, chance, around)?)?;
            "publish_paper"
        }
        2 if chance.one_in(2) => {
            phone.withdraw_paper(paper, "有误")?;
            "withdraw_paper"
        }
        2 => {
            phone.close_paper(paper)?;
            "close_paper"
        }
        _ => {
            let attempt = phone.start_attempt(paper)?;
            for question in 0..chance.below(4) {
                phone.answer_question(attempt, question as u16, Some(answers()[question].clone()))?;
            }
            if chance.one_in(3) {
                return Ok("start_attempt");
            }
            let given = if chance.one_in(2) { answers().into_iter().map(Some).collect() } else { vec![] };
            phone.finish_attempt(attempt, given)?;
            "finish_attempt"
        }
    })
}

fn answers() -> [Answer; 5] {
    [
        Answer::Choice(1),
        Answer::Choices([0].into()),
        Answer::Truth(true),
        Answer::Texts(vec!["119".into()]),
        Answer::Order(vec![0, 1]),
    ]
}

fn draft(phone: &Phone, chance: &mut Chance, around: &mut Around) -> Result<quiz::Draft, AppError> {
    let two = || vec!["甲".to_owned(), "乙".to_owned()];
    let kinds = [
        QuestionKind::Single { options: two() },
        QuestionKind::Multiple { options: two(), partial: true },
        QuestionKind::TrueFalse,
        QuestionKind::FillIn { blanks: 1, partial: false },
        QuestionKind::Ordering { items: two(), partial: true },
    ];
    let solutions = [
        Solution::Choice(1),
        Solution::Choices([0, 1].into()),
        Solution::Truth(true),
        Solution::Texts(vec![vec!["119".into()]]),
        Solution::Order(vec![0, 1]),
    ];
    let opens = phone.now().plus_millis(-HOUR_MS);
    Ok(quiz::Draft {
        org: an_org(phone, chance)?,
        title: around.text("小测验"),
        questions: kinds.into_iter().map(|kind| Question { text: "问".into(), points: 20, kind }).collect(),
        answers: solutions.into_iter().map(|answer| Right { answer, explanation: "因为".into() }).collect(),
        minutes: chance.one_in(2).then_some(30),
        opens,
        closes: chance.one_in(2).then(|| opens.plus_millis((2 + chance.below(24) as i64) * HOUR_MS)),
        attempts_max: chance.below(4) as u8,
        pass_percent: 60,
        mode: if chance.one_in(2) { Mode::Contest } else { Mode::Practice },
    })
}
