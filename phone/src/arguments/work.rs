//! Grid work.

use std::path::PathBuf;

use clap::Subcommand;
use haitang_app::domain::Id;

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
