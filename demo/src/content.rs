//! What the city publishes, read from `data/content.toml`.

use haitang_domain::activity::{ActivityKind, Field};
use haitang_domain::quiz::{Question, QuestionKind, Right, Solution};
use haitang_domain::study::{Item, Section};
use serde::Deserialize;

const TEXT: &str = include_str!("../data/content.toml");

/// All of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The document by which the city turns check-in on.
    pub check_in_basis: String,
    /// Forms for logs.
    #[serde(rename = "template")]
    pub templates: Vec<TemplateText>,
    /// A notice.
    pub notice: NoticeText,
    /// Studies.
    #[serde(rename = "study")]
    pub studies: Vec<StudyText>,
    /// A practice paper.
    pub paper: PaperText,
}

/// The form of a log.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateText {
    /// The sort of activity.
    pub kind: ActivityKind,
    /// What it is called.
    pub name: String,
    /// What is asked.
    pub fields: Vec<Field>,
}

/// A notice.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeText {
    /// One line.
    pub title: String,
    /// What is said.
    pub text: String,
}

/// A study.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudyText {
    /// What the cast calls it.
    pub name: String,
    /// One line.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// How long it takes.
    pub minutes: u16,
    /// What there is to read.
    pub sections: Vec<Section>,
    /// What there is to remember.
    pub items: Vec<Item>,
}

/// A practice paper with its key.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperText {
    /// One line.
    pub title: String,
    /// Percent of the points with which it is passed.
    pub pass_percent: u8,
    /// What is asked, and what is right.
    #[serde(rename = "question")]
    pub questions: Vec<QuestionText>,
}

/// A question and what is right.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionText {
    text: String,
    points: u16,
    kind: QuestionKind,
    answer: Solution,
    explanation: String,
}

impl PaperText {
    /// The questions, and the answers beside them.
    pub fn split(&self) -> (Vec<Question>, Vec<Right>) {
        let one = |text: &QuestionText| {
            let question = Question { text: text.text.clone(), points: text.points, kind: text.kind.clone() };
            (question, Right { answer: text.answer.clone(), explanation: text.explanation.clone() })
        };
        self.questions.iter().map(one).unzip()
    }
}

/// Reads it.
pub fn content() -> Result<Content, toml::de::Error> {
    toml::from_str(TEXT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_paper_has_all_five_kinds_of_question_and_the_forms_cover_the_usual_meetings() {
        use ActivityKind::{CommitteeMeeting, GeneralMeeting, GroupMeeting, Lecture, ThemedDay};

        let content = content().expect("the content reads");
        let (questions, _) = content.paper.split();
        let kinds: std::collections::HashSet<_> =
            questions.iter().map(|question| std::mem::discriminant(&question.kind)).collect();
        assert_eq!(kinds.len(), 5);
        let forms: Vec<ActivityKind> = content.templates.iter().map(|template| template.kind).collect();
        assert_eq!(forms, [CommitteeMeeting, GeneralMeeting, ThemedDay, Lecture, GroupMeeting]);
    }
}
