//! Questions of five kinds, answers to them, and what the right ones are.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::marking::normal;
use crate::refusal::{Code, Refusal};
use crate::text;

/// The longest question or explanation, in characters.
const QUESTION_CHARS_MAX: usize = 2_000;
/// The longest option or thing to order, in characters.
pub const OPTION_CHARS_MAX: usize = 500;
/// The longest text filled into a blank, in characters.
pub const ANSWER_CHARS_MAX: usize = 200;
/// The most options, or things to order, of one question; the fewest is 2.
pub const OPTIONS_MAX: usize = 20;
/// The most blanks of one question.
pub const BLANKS_MAX: u8 = 20;
/// The most texts accepted for one blank.
pub const ACCEPTED_MAX: usize = 20;
/// The most points for one question; the fewest is 1.
pub const POINTS_MAX: u16 = 1_000;

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What is asked.
    pub text: String,
    /// What it is worth.
    pub points: u16,
    /// How it is to be answered.
    pub kind: QuestionKind,
}

/// How a question is to be answered. `partial`: part of the answer earns part of the points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// By one option.
    Single {
        /// The options.
        options: Vec<String>,
    },
    /// By one or more options.
    Multiple {
        /// The options.
        options: Vec<String>,
        /// Whether part of the answer counts.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        partial: bool,
    },
    /// By yes or no.
    TrueFalse,
    /// By texts.
    FillIn {
        /// How many.
        blanks: u8,
        /// Whether part of the answer counts.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        partial: bool,
    },
    /// By putting things in order.
    Ordering {
        /// The things, in the order in which they are shown.
        items: Vec<String>,
        /// Whether part of the answer counts.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        partial: bool,
    },
}

/// What a member answered. Options and things to order are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// To a single choice.
    Choice(u8),
    /// To a multiple choice; none chosen is no answer.
    Choices(BTreeSet<u8>),
    /// To true or false.
    Truth(bool),
    /// To a fill-in, blank by blank; what is missing at the end is empty.
    Texts(Vec<String>),
    /// To an ordering, first thing first; things may be left out.
    Order(Vec<u8>),
}

/// What is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Solution {
    /// The right option.
    Choice(u8),
    /// All the right options, at least one.
    Choices(BTreeSet<u8>),
    /// Whether it is true.
    Truth(bool),
    /// For each blank every accepted text, at least one.
    Texts(Vec<Vec<String>>),
    /// The things in the right order, each once.
    Order(Vec<u8>),
}

/// The right answer to one question, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Right {
    /// What is right.
    pub answer: Solution,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub explanation: String,
}

impl Question {
    pub(super) fn check(&self) -> Result<(), Refusal> {
        text::filled("question", &self.text, QUESTION_CHARS_MAX)?;
        let refuse = |field| Err(Refusal::new(Code::OutOfRange).with("field", field));
        if !(1..=POINTS_MAX).contains(&self.points) {
            return refuse("points");
        }
        match &self.kind {
            QuestionKind::Single { options } | QuestionKind::Multiple { options, .. } => check_options(options),
            QuestionKind::Ordering { items, .. } => check_options(items),
            QuestionKind::TrueFalse => Ok(()),
            QuestionKind::FillIn { blanks, .. } if (1..=BLANKS_MAX).contains(blanks) => Ok(()),
            QuestionKind::FillIn { .. } => refuse("blanks"),
        }
    }

    /// Whether `answer` has the shape of this question.
    pub fn fits(&self, answer: &Answer) -> bool {
        match (&self.kind, answer) {
            (QuestionKind::Single { options }, Answer::Choice(choice)) => usize::from(*choice) < options.len(),
            (QuestionKind::Multiple { options, .. }, Answer::Choices(choices)) => {
                choices.iter().all(|choice| usize::from(*choice) < options.len())
            }
            (QuestionKind::TrueFalse, Answer::Truth(_)) => true,
            (QuestionKind::FillIn { blanks, .. }, Answer::Texts(texts)) => {
                texts.len() <= usize::from(*blanks) && texts.iter().all(|text| text.chars().nth(ANSWER_CHARS_MAX).is_none())
            }
            (QuestionKind::Ordering { items, .. }, Answer::Order(order)) => once_each(order, items.len()),
            _ => false,
        }
    }

    /// Whether `right` is a whole and sensible answer to this question.
    pub fn is_solved_by(&self, right: &Solution) -> bool {
        match (&self.kind, right) {
            (QuestionKind::Single { .. }, Solution::Choice(choice)) => self.fits(&Answer::Choice(*choice)),
            (QuestionKind::Multiple { .. }, Solution::Choices(choices)) => {
                !choices.is_empty() && self.fits(&Answer::Choices(choices.clone()))
            }
            (QuestionKind::TrueFalse, Solution::Truth(_)) => true,
            (QuestionKind::FillIn { blanks, .. }, Solution::Texts(texts)) => {
                let short = |text: &String| text.chars().nth(ANSWER_CHARS_MAX).is_none() && !normal(text).is_empty();
                let accepted = |texts: &Vec<String>| (1..=ACCEPTED_MAX).contains(&texts.len()) && texts.iter().all(short);
                texts.len() == usize::from(*blanks) && texts.iter().all(accepted)
            }
            (QuestionKind::Ordering { items, .. }, Solution::Order(order)) => {
                order.len() == items.len() && once_each(order, items.len())
            }
            _ => false,
        }
    }
}

impl Right {
    pub(super) fn check(&self) -> Result<(), Refusal> {
        text::within("explanation", &self.explanation, QUESTION_CHARS_MAX)
    }
}

fn check_options(options: &[String]) -> Result<(), Refusal> {
    if options.len() < 2 {
        return Err(Refusal::new(Code::OutOfRange).with("field", "options"));
    }
    text::list("options", options, OPTIONS_MAX)?;
    options.iter().try_for_each(|option| text::filled("option", option, OPTION_CHARS_MAX))
}

/// Whether `order` holds numbers below `count`, none twice.
fn once_each(order: &[u8], count: usize) -> bool {
    let mut seen = BTreeSet::new();
    order.iter().all(|item| usize::from(*item) < count && seen.insert(item))
}
