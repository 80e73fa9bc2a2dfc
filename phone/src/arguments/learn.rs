//! Study, quizzes and notices.

use clap::Subcommand;
use haitang_app::domain::Id;
use haitang_app::domain::study::Rating;

/// Study.
#[derive(Debug, Subcommand)]
pub enum Study {
    /// What there is to study, and how far I have come.
    List,
    /// Read a section, or all.
    Read {
        /// The study.
        id: Id,
        /// The section, counted from 0.
        #[arg(long)]
        section: Option<u16>,
        /// All sections.
        #[arg(long, conflicts_with = "section")]
        all: bool,
    },
    /// Items due for review.
    Reviews,
    /// Rate how well an item was remembered.
    Rate {
        /// The study.
        study: Id,
        /// The item, counted from 0.
        item: u16,
        /// again, hard, good or easy.
        #[arg(value_parser = rating)]
        rating: Rating,
    },
}

/// Quizzes.
#[derive(Debug, Subcommand)]
pub enum Quiz {
    /// Papers, and my attempts.
    List,
    /// The questions of a paper.
    Show {
        /// The paper.
        id: Id,
    },
    /// Take a paper: all answers at once, as a JSON list such as `[{"choice":1},{"truth":true},null]`.
    Take {
        /// The paper.
        id: Id,
        /// The answers.
        #[arg(long)]
        answers: String,
    },
    /// What an attempt came to.
    Result {
        /// The attempt.
        id: Id,
    },
}

/// One notice.
#[derive(Debug, Subcommand)]
pub enum Notice {
    /// Read it.
    Read {
        /// The notice.
        id: Id,
    },
    /// Confirm it.
    Confirm {
        /// The notice.
        id: Id,
    },
}

fn rating(text: &str) -> Result<Rating, String> {
    serde_json::from_value(text.into()).map_err(|_| format!("again, hard, good or easy, not {text}"))
}
