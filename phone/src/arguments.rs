//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use haitang_app::domain::Id;
use haitang_app::domain::activity::ActivityKind;
use haitang_app::domain::study::Rating;

use crate::words::Language;

/// A phone without a screen. Everything but `enrol`, `enrol-code` and `sync` works with no network.
#[derive(Debug, Parser)]
#[command(name = "phone", version)]
pub struct Arguments {
    /// The phone's folder; made when it is not there.
    #[arg(long, env = "HAITANG_PHONE", default_value = "phone")]
    pub dir: PathBuf,
    /// Print JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// The language of what is printed.
    #[arg(long, global = true, env = "HAITANG_LANG", default_value = "zh")]
    pub lang: Language,
    /// Pretend that this phone's wall clock is wrong by so many seconds.
    #[arg(long, global = true, default_value_t = 0, allow_negative_numbers = true)]
    pub wall_offset_s: i64,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What a person does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Enrol this phone with a one-time code.
    Enrol {
        /// The server's address.
        #[arg(long, required_unless_present = "qr")]
        server: Option<String>,
        /// The one-time code.
        #[arg(long, required_unless_present = "qr")]
        code: Option<String>,
        /// The text of the enrolment QR code, instead of the two.
        #[arg(long, conflicts_with_all = ["server", "code"])]
        qr: Option<String>,
        /// What to call this phone.
        #[arg(long, default_value = "phone")]
        name: String,
    },
    /// Make a one-time code for a member's phone.
    EnrolCode {
        /// Whose phone.
        member: Id,
    },
    /// Who I am, and what I am appointed as.
    Whoami,
    /// Send what waits and receive what is new.
    Sync {
        /// Go on for so many seconds, live.
        #[arg(long)]
        live_s: Option<u64>,
    },
    /// What is not yet on the server, and why.
    Status,
    /// Commands that wait to be sent.
    Waiting,
    /// Commands the server refused, each with its reason.
    Refused,
    /// Mend a refused command: a report of a task that was done already becomes an errand of its own.
    Mend {
        /// The command's number.
        seq: u64,
    },
    /// Let a refused command go.
    Discard {
        /// The command's number.
        seq: u64,
    },
    /// Write all that is not on the server into a file.
    Export {
        /// The file.
        file: PathBuf,
    },
    /// Activities, the next first.
    Activities,
    /// Plan an activity.
    Plan(Plan),
    /// Call an activity off.
    CancelActivity {
        /// The activity.
        id: Id,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Let people check in.
    OpenCheckIn {
        /// The activity.
        id: Id,
    },
    /// The changing code that the host's phone shows.
    HostCode {
        /// The activity.
        id: Id,
    },
    /// Check in by the host's code.
    CheckIn {
        /// The text of the code.
        #[arg(long)]
        code: String,
    },
    /// Enter the presence of someone without a phone.
    CheckInFor {
        /// The activity.
        id: Id,
        /// Who.
        member: Id,
    },
    /// Who is present at an activity.
    Attendees {
        /// The activity.
        id: Id,
    },
    /// Logs of activities.
    #[command(subcommand)]
    Log(Log),
    /// What waits for my decision.
    Approvals,
    /// Approve a log.
    Approve {
        /// The log.
        id: Id,
    },
    /// Return a log.
    Return {
        /// The log.
        id: Id,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Grid work; without more, my list.
    Tasks,
    /// One task.
    #[command(subcommand)]
    Task(Task),
    /// My shifts.
    Shifts,
    /// One shift.
    #[command(subcommand)]
    Shift(Shift),
    /// Households of my grids.
    Households,
    /// Study.
    #[command(subcommand)]
    Study(Study),
    /// Quizzes.
    #[command(subcommand)]
    Quiz(Quiz),
    /// Notices, unread ones first.
    Notices,
    /// One notice.
    #[command(subcommand)]
    Notice(Notice),
    /// Members of my orgs; or those whose name fits, by characters, pinyin or initials.
    Members {
        /// What to search for.
        #[arg(long)]
        search: Option<String>,
    },
    /// Search everything on this phone.
    Search {
        /// What to search for.
        text: String,
    },
    /// Transfers of members.
    #[command(subcommand)]
    Transfer(Transfer),
    /// Delete everything on this phone.
    Wipe,
}

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

/// One task.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// All about it.
    Show {
        /// The task.
        id: Id,
    },
    /// Take it on.
    Accept {
        /// The task.
        id: Id,
    },
    /// Report on it; it is done with that.
    Report {
        /// The task.
        id: Id,
        /// A finding, as `text:severity` (note, minor, major, urgent).
        #[arg(long = "finding")]
        findings: Vec<String>,
        /// Nobody was at home.
        #[arg(long)]
        nobody_home: bool,
        /// Anything else.
        #[arg(long, default_value = "")]
        note: String,
        /// A photo.
        #[arg(long)]
        file: Vec<PathBuf>,
    },
    /// Offer it to another.
    HandOver {
        /// The task.
        id: Id,
        /// To whom.
        to: Id,
        /// What they should know.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Take over what was offered.
    TakeOver {
        /// The task.
        id: Id,
    },
    /// Decline what was offered.
    Decline {
        /// The task.
        id: Id,
        /// Why.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Give a task in a grid.
    Assign {
        /// The grid.
        #[arg(long)]
        grid: Id,
        /// visit, patrol, checkpoint or errand.
        #[arg(long, default_value = "errand")]
        kind: String,
        /// What is to be done.
        #[arg(long)]
        title: String,
        /// The household.
        #[arg(long)]
        household: Option<Id>,
        /// Who is to do it.
        #[arg(long)]
        assignee: Option<Id>,
        /// Hours from now within which it is due.
        #[arg(long, default_value_t = 24)]
        hours: u16,
    },
}

/// One shift.
#[derive(Debug, Subcommand)]
pub enum Shift {
    /// Begin it.
    Start {
        /// The shift.
        id: Id,
    },
    /// Offer it to another.
    HandOver {
        /// The shift.
        id: Id,
        /// To whom.
        to: Id,
        /// What they should know.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Take over what was offered.
    TakeOver {
        /// The shift.
        id: Id,
    },
    /// End it.
    End {
        /// The shift.
        id: Id,
        /// Anything to note.
        #[arg(long, default_value = "")]
        note: String,
    },
}

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

/// Transfers.
#[derive(Debug, Subcommand)]
pub enum Transfer {
    /// Transfers under way that concern me.
    List,
    /// Send a member to another org.
    Request {
        /// Who.
        member: Id,
        /// Where to.
        org: Id,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Receive a member.
    Accept {
        /// The transfer.
        id: Id,
    },
    /// Say no.
    Decline {
        /// The transfer.
        id: Id,
        /// Why.
        #[arg(long)]
        reason: String,
    },
}

fn kind(text: &str) -> Result<ActivityKind, String> {
    serde_json::from_value(text.into()).map_err(|_| format!("no such sort of activity: {text}"))
}

fn rating(text: &str) -> Result<Rating, String> {
    serde_json::from_value(text.into()).map_err(|_| format!("again, hard, good or easy, not {text}"))
}

impl ValueEnum for Language {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Zh, Self::En]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(match self {
            Self::Zh => "zh",
            Self::En => "en",
        }))
    }
}
