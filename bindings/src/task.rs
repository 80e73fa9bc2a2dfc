//! Grid work: the day's list, households, reports, routines and shifts.

mod pages;
mod records;

use crate::convert::{Given as _, answer, id, maybe_id};
use crate::error::CoreError;
use crate::phone::Phone;

pub use pages::{
    HouseholdPage, ReliefLine, ReportLine, Routine, RoutineMay, RoutinePage, ShiftMay, ShiftPage, TaskMay, TaskOrder, TaskPage,
};
pub use records::{
    Consent, Every, Finding, Household, HouseholdChange, HouseholdItem, NewHousehold, NewReport, NewRoutine, NewShift, NewTask,
    Report, RoutineItem, RoutineState, Severity, ShiftItem, ShiftState, Task, TaskItem, TaskKind, TaskState,
};

/// Each returns the id of what it was done to, where nothing else is said.
#[uniffi::export]
impl Phone {
    /// Today's list: everything open that is due by the end of the day, what is late first.
    pub fn today(&self) -> Result<Vec<TaskItem>, CoreError> {
        answer(self.app.today())
    }

    /// A report.
    pub fn report(&self, report: &str) -> Result<Report, CoreError> {
        answer(self.app.report(id(report)?))
    }

    /// Households of this member's grids, by address: at most 50, from after the one that the page before ended with. With
    /// `search`, only those whose address or contact holds each of its words.
    #[uniffi::method(default(search = None, after = None))]
    pub fn households(&self, search: Option<String>, after: Option<String>) -> Result<Vec<HouseholdItem>, CoreError> {
        answer(self.app.households(search.as_deref(), maybe_id(after)?))
    }

    /// Makes a grid in a community.
    pub fn add_grid(&self, org: &str, name: &str) -> Result<String, CoreError> {
        answer(self.app.add_grid(id(org)?, name))
    }

    /// Gives a grid another name.
    pub fn rename_grid(&self, grid: &str, name: &str) -> Result<String, CoreError> {
        answer(self.app.rename_grid(id(grid)?, name))
    }

    /// Closes a grid.
    pub fn close_grid(&self, grid: &str) -> Result<String, CoreError> {
        answer(self.app.close_grid(id(grid)?))
    }

    /// Enters a household.
    pub fn add_household(&self, new: NewHousehold) -> Result<String, CoreError> {
        answer(self.app.add_household(new.given()?))
    }

    /// Corrects a household.
    pub fn edit_household(&self, household: &str, change: HouseholdChange) -> Result<String, CoreError> {
        answer(self.app.edit_household(id(household)?, change.given()?))
    }

    /// Gives a task.
    pub fn assign_task(&self, new: NewTask) -> Result<String, CoreError> {
        answer(self.app.assign_task(new.given()?))
    }

    /// Takes a task on.
    pub fn accept_task(&self, task: &str) -> Result<String, CoreError> {
        answer(self.app.accept_task(id(task)?))
    }

    /// Offers a task to another.
    pub fn hand_over_task(&self, task: &str, to: &str, note: &str) -> Result<String, CoreError> {
        answer(self.app.hand_over_task(id(task)?, id(to)?, note))
    }

    /// Takes over a task that was offered.
    pub fn take_over_task(&self, task: &str) -> Result<String, CoreError> {
        answer(self.app.take_over_task(id(task)?))
    }

    /// Declines a task that was offered.
    pub fn decline_task(&self, task: &str, note: &str) -> Result<String, CoreError> {
        answer(self.app.decline_task(id(task)?, note))
    }

    /// Reports on a task, which is done with that. Returns the report.
    pub fn report_task(&self, task: &str, report: NewReport) -> Result<String, CoreError> {
        answer(self.app.report_task(id(task)?, report.given()?))
    }

    /// Calls a task off.
    pub fn cancel_task(&self, task: &str, reason: &str) -> Result<String, CoreError> {
        answer(self.app.cancel_task(id(task)?, reason))
    }

    /// Tasks of this member's grids that repeat, by title: at most 50, from after the one that the page before ended with.
    #[uniffi::method(default(after = None))]
    pub fn routines(&self, after: Option<String>) -> Result<Vec<RoutineItem>, CoreError> {
        answer(self.app.routines(maybe_id(after)?))
    }

    /// Plans a task that repeats.
    pub fn plan_routine(&self, new: NewRoutine) -> Result<String, CoreError> {
        answer(self.app.plan_routine(new.given()?))
    }

    /// Plans the occurrences of a routine through a day, such as `2026-12-31`. Planning to the same day twice changes nothing.
    pub fn extend_routine(&self, routine: &str, through: String) -> Result<String, CoreError> {
        answer(self.app.extend_routine(id(routine)?, through.given()?))
    }

    /// Stops a task from repeating.
    pub fn stop_routine(&self, routine: &str, reason: &str) -> Result<String, CoreError> {
        answer(self.app.stop_routine(id(routine)?, reason))
    }

    /// This member's shifts from today on, and those offered to them.
    pub fn shifts(&self) -> Result<Vec<ShiftItem>, CoreError> {
        answer(self.app.shifts())
    }

    /// Puts a worker on the roster.
    pub fn plan_shift(&self, new: NewShift) -> Result<String, CoreError> {
        answer(self.app.plan_shift(new.given()?))
    }

    /// Begins a shift.
    pub fn start_shift(&self, shift: &str) -> Result<String, CoreError> {
        answer(self.app.start_shift(id(shift)?))
    }

    /// Offers a shift to another.
    pub fn hand_over_shift(&self, shift: &str, to: &str, note: &str) -> Result<String, CoreError> {
        answer(self.app.hand_over_shift(id(shift)?, id(to)?, note))
    }

    /// Takes over a shift that was offered.
    pub fn take_over_shift(&self, shift: &str) -> Result<String, CoreError> {
        answer(self.app.take_over_shift(id(shift)?))
    }

    /// Declines a shift that was offered.
    pub fn decline_shift(&self, shift: &str, note: &str) -> Result<String, CoreError> {
        answer(self.app.decline_shift(id(shift)?, note))
    }

    /// Notes that nobody stood a shift.
    pub fn miss_shift(&self, shift: &str, note: &str) -> Result<String, CoreError> {
        answer(self.app.miss_shift(id(shift)?, note))
    }

    /// Calls a shift off.
    pub fn cancel_shift(&self, shift: &str, reason: &str) -> Result<String, CoreError> {
        answer(self.app.cancel_shift(id(shift)?, reason))
    }

    /// Ends a shift.
    pub fn end_shift(&self, shift: &str, note: &str) -> Result<String, CoreError> {
        answer(self.app.end_shift(id(shift)?, note))
    }
}
