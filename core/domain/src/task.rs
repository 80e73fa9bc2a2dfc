//! Grid work: grids and households, tasks and the routines that repeat them, reports of what was found, and shifts.
//!
//! # A task
//!
//! Given to one worker, or to whoever works in the grid. *Assignee* is the one it was given to, or any worker of the grid
//! while it was given to nobody in particular; *giver* is whoever may give such a task: a worker of the grid, or for what
//! was given by the org a secretary, leader or administrator of it. Whoever hands a task over stays responsible for it until
//! it is taken, so they may still report it. A visit that found nothing is one command: report, with nothing else to fill in.
#![doc = include_str!("task/work.states.md")]
//! # A shift
//!
//! *On duty* is the worker whose shift it is. A shift that was called missed can still begin: the phone of the one who stood
//! there may have had no network.
#![doc = include_str!("task/shift.states.md")]
//! # Who has what
//!
//! Everything is in the feed of its grid. A task or shift is also with the one it is given or offered to, who may be a helper
//! from elsewhere; what the org itself gave is also in the org's feed, as is every report. Households are in the grid's feed
//! alone. So a helper's phone does not hold the household or the routine of a task: what reporting it does to those happens on
//! the server, where they are at hand.

use serde::{Deserialize, Serialize};

use crate::decide::{Context, World, Writes, read};
use crate::directory::{Member, Org, Role};
use crate::id::Id;
use crate::record::{Body, Key};
use crate::refusal::{Code, Refusal};
use crate::time::{Timestamp, Zone};

mod household;
mod place;
mod plan;
mod report;
mod routine;
mod shift;
mod work;

#[cfg(test)]
mod sequences;
#[cfg(test)]
mod snapshots;

pub use household::{Consent, Household, HouseholdChange, NewHousehold};
pub use place::Grid;
pub use plan::{AHEAD_MAX, NewRoutine, PLAN_MAX};
pub use report::{Finding, NewReport, Report, Severity};
pub use routine::{Every, OCCURRENCES_MAX, Occurrence, Routine, RoutineState};
pub use shift::{NewShift, Relief, Shift, ShiftAct, ShiftState, ShiftWho, TABLE as SHIFT_TABLE};
pub use work::{NewTask, TABLE as TASK_TABLE, Task, TaskAct, TaskKind, TaskState, TaskWho};

/// The longest note, reason or description in grid work, in characters.
pub const NOTE_CHARS_MAX: usize = 2_000;

/// What was meant, in the grid. Each is addressed to the record named first in its description.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// A new grid. Secretaries and administrators of the org or above.
    AddGrid {
        /// The community it lies in.
        org: Id,
        /// What it is called.
        name: String,
    },
    /// A grid: called otherwise from now on.
    RenameGrid {
        /// The new name.
        name: String,
    },
    /// A grid: nothing new is to be done in it. What is under way is finished.
    CloseGrid,
    /// A new household. Workers of its grid, secretaries and administrators of the org or above.
    AddHousehold(NewHousehold),
    /// A household: some of what is known changes, and only that.
    EditHousehold(HouseholdChange),
    /// A new task.
    Assign(NewTask),
    /// A task: its assignee will do it.
    Accept,
    /// A task: offered to another, who may take it over or decline.
    HandOver {
        /// The member it is offered to.
        to: Id,
        /// Why, and what to know.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// A task: the one it was offered to takes it over.
    TakeOver,
    /// A task: the one it was offered to does not take it, and it goes back to whom it was with.
    Decline {
        /// Why not.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// A task: done, and this is what was found. Plans the next occurrence where it is one of a routine.
    Report(NewReport),
    /// A task: not to be done.
    Cancel {
        /// Why.
        reason: String,
    },
    /// A new routine, with its first tasks.
    PlanRoutine(NewRoutine),
    /// A routine: all its occurrences up to a day are made into tasks, where they are not yet; at most [`PLAN_MAX`] at once.
    ExtendRoutine {
        /// The last day to plan.
        through: chrono::NaiveDate,
    },
    /// A routine: repeats no more. Tasks of it that are still to come and that nobody has accepted are cancelled.
    StopRoutine {
        /// Why.
        reason: String,
    },
    /// A new shift.
    PlanShift(NewShift),
    /// A shift: its worker is there.
    StartShift,
    /// A shift, planned or under way: offered to another.
    HandOverShift {
        /// The member it is offered to.
        to: Id,
        /// What to know.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// A shift: the one it was offered to takes it over.
    TakeOverShift,
    /// A shift: the one it was offered to does not take it.
    DeclineShift {
        /// Why not.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// A shift: over.
    EndShift {
        /// What happened.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// A shift: it is past and nobody came.
    MissShift {
        /// What is known of why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// A shift: not needed.
    CancelShift {
        /// Why.
        reason: String,
    },
}

/// Judges one action of this feature. See [`crate::decide()`].
pub fn decide(
    action: &Action,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let id = target.id;
    match action {
        Action::AddGrid { org, name } => place::add(*org, name, target, before, world, context),
        Action::RenameGrid { name } => place::rename(id, name, before, world, context),
        Action::CloseGrid => place::close(id, before, world, context),
        Action::AddHousehold(new) => household::add(new, target, before, world, context),
        Action::EditHousehold(change) => household::edit(id, change, before, world, context),
        Action::Assign(new) => work::assign(new, target, before, world, context),
        Action::Accept => work::accept(id, before, world, context),
        Action::HandOver { to, note } => work::hand_over(id, *to, note, before, world, context),
        Action::TakeOver => work::take_over(id, before, world, context),
        Action::Decline { note } => work::decline(id, note, before, world, context),
        Action::Report(new) => report::report(id, new, before, world, context),
        Action::Cancel { reason } => work::cancel(id, reason, before, world, context),
        Action::PlanRoutine(new) => plan::plan(new, target, before, world, context),
        Action::ExtendRoutine { through } => plan::extend(id, *through, before, world, context),
        Action::StopRoutine { reason } => plan::stop(id, reason, before, world, context),
        Action::PlanShift(new) => shift::plan(new, target, before, world, context),
        Action::StartShift => shift::start(id, before, world, context),
        Action::HandOverShift { to, note } => shift::hand_over(id, *to, note, before, world, context),
        Action::TakeOverShift => shift::take_over(id, before, world, context),
        Action::DeclineShift { note } => shift::decline(id, note, before, world, context),
        Action::EndShift { note } => shift::end(id, note, before, world, context),
        Action::MissShift { note } => shift::miss(id, note, before, world, context),
        Action::CancelShift { reason } => shift::cancel(id, reason, before, world, context),
    }
}

/// Who gives work in an org.
const LEADS: [Role; 3] = [Role::Secretary, Role::Leader, Role::Admin];
/// Who answers for what is known of grids and households.
const KEEPERS: [Role; 2] = [Role::Secretary, Role::Admin];

/// Whether the actor may give, change and withdraw work of `grid`: its workers may, except for what the org itself gave.
fn gives(org: Id, grid: Id, from_org: bool, world: &dyn World, context: &Context<'_>) -> bool {
    (!from_org && context.works_grid(grid)) || context.holds_over(&LEADS, org, world)
}

/// Whether new work by the actor counts as given by the org: from anyone who does not work in the grid.
fn from_org(grid: Id, context: &Context<'_>) -> bool {
    !context.works_grid(grid)
}

/// A member who must be there and belong to the organisation still.
fn open_member(world: &dyn World, id: Id) -> Result<Member, Refusal> {
    let member: Member = read(world, id)?;
    if member.closed.is_some() {
        return Err(Refusal::new(Code::Closed).with("kind", "member"));
    }
    Ok(member)
}

/// The zone an org's people live in; China where the org is not known here.
fn zone(world: &dyn World, org: Id) -> Zone {
    read::<Org>(world, org).map(|org| org.zone).unwrap_or_default()
}

fn out_of_range(field: &str) -> Refusal {
    Refusal::new(Code::OutOfRange).with("field", field)
}

/// Refuses moments that no plan speaks of: before the year 2000 or after 2099.
fn sane(field: &str, moment: Timestamp) -> Result<(), Refusal> {
    let (first, end) = (946_684_800_000, 4_102_444_800_000);
    if (first..end).contains(&moment.millis()) { Ok(()) } else { Err(out_of_range(field)) }
}

/// Refuses days that no plan speaks of, as [`sane`] does moments.
fn sane_day(field: &str, day: chrono::NaiveDate) -> Result<(), Refusal> {
    sane(field, Zone::CHINA.start_of(day))
}

/// The text, or `None` if it is blank.
fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A step refused for want of a role is told as `not_yours` where it is a person that is asked for, not a role.
fn personal(refusal: Refusal, kind: &str) -> Refusal {
    let asked = refusal.values.get("role").map(String::as_str);
    match asked {
        Some("assignee" | "offered_to" | "on_duty") if refusal.code == Code::NotAllowed => {
            Refusal::new(Code::NotYours).with("kind", kind)
        }
        Some("giver") if refusal.code == Code::NotAllowed => Refusal::new(Code::NotAllowed).with("role", "secretary"),
        _ => refusal,
    }
}
