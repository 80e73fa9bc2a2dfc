//! Marking: what answers are worth. Pure, and total on whatever answers arrive.
//!
//! Points are counted in thousandths, rounded down. Where a question gives partial credit:
//!
//! - multiple choice: (right options chosen − wrong options chosen) ÷ right options, never below 0;
//! - fill-in: right blanks ÷ blanks;
//! - ordering: with L things in the longest run that keeps the right order (not necessarily side by side), (L − 1) ÷
//!   (things − 1). One thing put in the wrong place costs one step wherever it went, which counting neighbours or places would
//!   punish two or many times; the exact reverse is worth nothing.
//!
//! A blank is compared without spaces, upper and lower case, and the difference of full-width and half-width forms.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::question::{Answer, Question, QuestionKind, Right, Solution};

/// What an attempt is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Thousandths of points earned.
    pub points_milli: u32,
    /// Thousandths of points there are.
    pub max_milli: u32,
    /// Whether it reaches the paper's `pass_percent`.
    pub passed: bool,
    /// Thousandths of points earned by each question; empty while the key of a contest is not released.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub per_question: Vec<u32>,
}

/// Marks `answers` to `questions` by the `rights`. What is missing in either is worth nothing.
pub fn mark(questions: &[Question], rights: &[Right], answers: &[Option<Answer>], pass_percent: u8) -> Score {
    let one = |(n, question): (usize, &Question)| match (rights.get(n), answers.get(n)) {
        (Some(right), Some(Some(answer))) => points_milli(question, &right.answer, answer),
        _ => 0,
    };
    let per_question: Vec<u32> = questions.iter().enumerate().map(one).collect();
    let points_milli = per_question.iter().fold(0, |sum: u32, points| sum.saturating_add(*points));
    let max_milli = questions.iter().fold(0, |sum: u32, question| sum.saturating_add(u32::from(question.points) * 1_000));
    let passed = u64::from(points_milli) * 100 >= u64::from(max_milli) * u64::from(pass_percent);
    Score { points_milli, max_milli, passed, per_question }
}

/// What `answer` to `question` is worth where `right` is right, in thousandths of points.
///
/// 0 where the shapes do not fit; see [`Question::fits`].
pub fn points_milli(question: &Question, right: &Solution, answer: &Answer) -> u32 {
    if !question.fits(answer) || !question.is_solved_by(right) {
        return 0;
    }
    let all = |is_right: bool| (u64::from(is_right), 1);
    let (earned, of) = match (&question.kind, right, answer) {
        (_, Solution::Choice(right), Answer::Choice(answer)) => all(right == answer),
        (_, Solution::Truth(right), Answer::Truth(answer)) => all(right == answer),
        (QuestionKind::Multiple { partial, .. }, Solution::Choices(right), Answer::Choices(answer)) => {
            if *partial {
                chosen(right, answer)
            } else {
                all(right == answer)
            }
        }
        (QuestionKind::FillIn { partial, .. }, Solution::Texts(right), Answer::Texts(answer)) => {
            let (earned, of) = filled(right, answer);
            if *partial { (earned, of) } else { all(earned == of) }
        }
        (QuestionKind::Ordering { partial, .. }, Solution::Order(right), Answer::Order(answer)) => {
            if *partial {
                ordered(right, answer)
            } else {
                all(right == answer)
            }
        }
        _ => (0, 1),
    };
    (u64::from(question.points) * 1_000 * earned.min(of) / of.max(1)) as u32
}

fn chosen(right: &BTreeSet<u8>, answer: &BTreeSet<u8>) -> (u64, u64) {
    let hits = answer.intersection(right).count();
    let misses = answer.len() - hits;
    (hits.saturating_sub(misses) as u64, right.len() as u64)
}

fn filled(right: &[Vec<String>], answer: &[String]) -> (u64, u64) {
    let accepted = |(accepted, text): &(&Vec<String>, &String)| {
        let text = normal(text);
        !text.is_empty() && accepted.iter().any(|right| normal(right) == text)
    };
    (right.iter().zip(answer).filter(accepted).count() as u64, right.len() as u64)
}

fn ordered(right: &[u8], answer: &[u8]) -> (u64, u64) {
    let place = |item: &u8| right.iter().position(|right| right == item);
    let places: Vec<usize> = answer.iter().filter_map(place).collect();
    // longest[i]: length of the longest rising run that ends at i. At most 20 things: the square does no harm.
    let mut longest: Vec<u64> = Vec::with_capacity(places.len());
    for (i, here) in places.iter().enumerate() {
        let before = places[..i].iter().zip(&longest).filter(|(place, _)| *place < here).map(|(_, length)| *length).max();
        longest.push(before.unwrap_or(0) + 1);
    }
    let best = longest.into_iter().max().unwrap_or(0);
    (best.saturating_sub(1), right.len().saturating_sub(1) as u64)
}

/// A filled-in text as it is compared: half-width, lower case, no spaces.
pub fn normal(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests;
