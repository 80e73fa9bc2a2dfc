//! Activities and logs.

use std::path::PathBuf;

use clap::Subcommand;
use haitang_app::domain::Id;
use haitang_app::domain::activity::ActivityKind;

/// A planned activity.
#[derive(Debug, clap::Args)]
pub struct Plan {
    /// Its sort, such as `general_meeting`.
    #[arg(long, value_parser = kind)]
    pub kind: ActivityKind,
    /// What it is about.
    #[arg(long)]
    pub title: String,
    /// Where.
    #[arg(long, default_value = "")]
    pub place: String,
    /// When it begins: RFC 3339, or `now`.
    #[arg(long, default_value = "now")]
    pub starts: String,
    /// How long it lasts.
    #[arg(long, default_value_t = 60)]
    pub minutes: u16,
    /// The form of its log.
    #[arg(long)]
    pub template: Option<Id>,
    /// Who holds it; I, unless another is named.
    #[arg(long)]
    pub host: Option<Id>,
    /// Whose activity; my org's, unless another is named.
    #[arg(long)]
    pub org: Option<Id>,
}

/// Logs.
#[derive(Debug, Subcommand)]
pub enum Log {
    /// The forms there are.
    Templates,
    /// Submit a log, new or mended.
    Submit(LogText),
    /// Keep a log in the making.
    Draft(LogText),
    /// My logs and my org's.
    List,
    /// One log.
    Show {
        /// The log.
        id: Id,
    },
    /// Take a submitted log back.
    Recall {
        /// The log.
        id: Id,
    },
}

/// What is written into a log.
#[derive(Debug, clap::Args)]
pub struct LogText {
    /// A drafted or returned log to go on with.
    #[arg(long)]
    pub log: Option<Id>,
    /// A refused command that this mends.
    #[arg(long)]
    pub mend: Option<u64>,
    /// The form.
    #[arg(long)]
    pub template: Option<Id>,
    /// The activity it records.
    #[arg(long)]
    pub activity: Option<Id>,
    /// Whose life it records; my org's, unless another is named.
    #[arg(long)]
    pub org: Option<Id>,
    /// The sort of activity, where neither form nor activity says.
    #[arg(long, value_parser = kind)]
    pub kind: Option<ActivityKind>,
    /// What it was about.
    #[arg(long)]
    pub title: Option<String>,
    /// When it was held: RFC 3339, or `now`.
    #[arg(long)]
    pub held: Option<String>,
    /// A field, as `name=text`.
    #[arg(long = "field")]
    pub fields: Vec<String>,
    /// Someone who was there.
    #[arg(long)]
    pub attend: Vec<Id>,
    /// A photo or document.
    #[arg(long)]
    pub file: Vec<PathBuf>,
    /// Why it is recorded late.
    #[arg(long)]
    pub late_reason: Option<String>,
}

fn kind(text: &str) -> Result<ActivityKind, String> {
    serde_json::from_value(text.into()).map_err(|_| format!("no such sort of activity: {text}"))
}
