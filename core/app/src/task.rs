//! Grid work: the day's list, households, reports, routines and shifts.

use haitang_domain::task::{Action, HouseholdChange, NewHousehold, NewReport, NewRoutine, NewShift, NewTask, Report};
use haitang_domain::{Id, Kind};

use crate::error::AppError;
use crate::phone::Phone;

mod pages;
mod screens;

pub use haitang_store::task::TaskOrder;
pub use pages::{HouseholdPage, ReliefLine, ReportLine, RoutineMay, RoutinePage, ShiftMay, ShiftPage, TaskMay, TaskPage};
pub use screens::{HouseholdItem, RoutineItem, ShiftItem, TaskItem};

impl Phone {
    fn work(&self, kind: Kind, id: Id, action: Action) -> Result<Id, AppError> {
        self.perform(kind, id, haitang_domain::Action::Task(action))?;
        Ok(id)
    }

    /// Makes a grid in a community.
    pub fn add_grid(&self, org: Id, name: &str) -> Result<Id, AppError> {
        self.work(Kind::Grid, self.new_id(), Action::AddGrid { org, name: name.to_owned() })
    }

    /// Gives a grid another name.
    pub fn rename_grid(&self, grid: Id, name: &str) -> Result<Id, AppError> {
        self.work(Kind::Grid, grid, Action::RenameGrid { name: name.to_owned() })
    }

    /// Closes a grid.
    pub fn close_grid(&self, grid: Id) -> Result<Id, AppError> {
        self.work(Kind::Grid, grid, Action::CloseGrid)
    }

    /// Enters a household.
    pub fn add_household(&self, new: NewHousehold) -> Result<Id, AppError> {
        self.work(Kind::Household, self.new_id(), Action::AddHousehold(new))
    }

    /// Corrects a household.
    pub fn edit_household(&self, household: Id, change: HouseholdChange) -> Result<Id, AppError> {
        self.work(Kind::Household, household, Action::EditHousehold(change))
    }

    /// Gives a task.
    pub fn assign_task(&self, new: NewTask) -> Result<Id, AppError> {
        self.work(Kind::Task, self.new_id(), Action::Assign(new))
    }

    /// Takes a task on.
    pub fn accept_task(&self, task: Id) -> Result<Id, AppError> {
        self.work(Kind::Task, task, Action::Accept)
    }

    /// Offers a task to another.
    pub fn hand_over_task(&self, task: Id, to: Id, note: &str) -> Result<Id, AppError> {
        self.work(Kind::Task, task, Action::HandOver { to, note: note.to_owned() })
    }

    /// Takes over a task that was offered.
    pub fn take_over_task(&self, task: Id) -> Result<Id, AppError> {
        self.work(Kind::Task, task, Action::TakeOver)
    }

    /// Declines a task that was offered.
    pub fn decline_task(&self, task: Id, note: &str) -> Result<Id, AppError> {
        self.work(Kind::Task, task, Action::Decline { note: note.to_owned() })
    }

    /// Reports on a task, which is done with that. A visit without findings is this one call. Returns the report's id.
    pub fn report_task(&self, task: Id, report: NewReport) -> Result<Id, AppError> {
        let report_id = if report.report_id == Id::NIL { self.new_id() } else { report.report_id };
        self.work(Kind::Task, task, Action::Report(NewReport { report_id, ..report }))?;
        Ok(report_id)
    }

    /// Calls a task off.
    pub fn cancel_task(&self, task: Id, reason: &str) -> Result<Id, AppError> {
        self.work(Kind::Task, task, Action::Cancel { reason: reason.to_owned() })
    }

    /// Plans a task that repeats.
    pub fn plan_routine(&self, new: NewRoutine) -> Result<Id, AppError> {
        self.work(Kind::Routine, self.new_id(), Action::PlanRoutine(new))
    }

    /// Plans the occurrences of a routine through a day. Planning to the same day twice changes nothing.
    pub fn extend_routine(&self, routine: Id, through: chrono::NaiveDate) -> Result<Id, AppError> {
        self.work(Kind::Routine, routine, Action::ExtendRoutine { through })
    }

    /// Stops a task from repeating.
    pub fn stop_routine(&self, routine: Id, reason: &str) -> Result<Id, AppError> {
        self.work(Kind::Routine, routine, Action::StopRoutine { reason: reason.to_owned() })
    }

    /// Puts a worker on the roster.
    pub fn plan_shift(&self, new: NewShift) -> Result<Id, AppError> {
        self.work(Kind::Shift, self.new_id(), Action::PlanShift(new))
    }

    /// Begins a shift.
    pub fn start_shift(&self, shift: Id) -> Result<Id, AppError> {
        self.work(Kind::Shift, shift, Action::StartShift)
    }

    /// Offers a shift to another.
    pub fn hand_over_shift(&self, shift: Id, to: Id, note: &str) -> Result<Id, AppError> {
        self.work(Kind::Shift, shift, Action::HandOverShift { to, note: note.to_owned() })
    }

    /// Takes over a shift that was offered.
    pub fn take_over_shift(&self, shift: Id) -> Result<Id, AppError> {
        self.work(Kind::Shift, shift, Action::TakeOverShift)
    }

    /// Declines a shift that was offered.
    pub fn decline_shift(&self, shift: Id, note: &str) -> Result<Id, AppError> {
        self.work(Kind::Shift, shift, Action::DeclineShift { note: note.to_owned() })
    }

    /// Notes that nobody stood a shift.
    pub fn miss_shift(&self, shift: Id, note: &str) -> Result<Id, AppError> {
        self.work(Kind::Shift, shift, Action::MissShift { note: note.to_owned() })
    }

    /// Calls a shift off.
    pub fn cancel_shift(&self, shift: Id, reason: &str) -> Result<Id, AppError> {
        self.work(Kind::Shift, shift, Action::CancelShift { reason: reason.to_owned() })
    }

    /// Ends a shift.
    pub fn end_shift(&self, shift: Id, note: &str) -> Result<Id, AppError> {
        self.work(Kind::Shift, shift, Action::EndShift { note: note.to_owned() })
    }

    /// A report as it stands here.
    pub fn report(&self, report: Id) -> Result<Report, AppError> {
        self.read(report)
    }
}
