//! What can be said on the command line.

mod learn;
mod life;
mod work;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use haitang_app::domain::Id;

use crate::words::Language;

pub use learn::{Notice, Quiz, Study};
pub use life::{Log, LogText, Plan};
pub use work::{Shift, Task};

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
