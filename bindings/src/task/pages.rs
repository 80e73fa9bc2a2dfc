//! A task, a shift, a household and a routine, opened.

use haitang_app::{domain::task as domain, task as app};

use super::records::{Every, Household, Report, RoutineItem, ShiftItem, Task, TaskItem, TaskKind};
use crate::convert::Given as _;
use crate::convert::{Interval, answer, choice, id, maybe_id, record};
use crate::error::CoreError;
use crate::phone::Phone;

choice! {
    /// In which order tasks are listed.
    TaskOrder = app::TaskOrder {
        /// What is due first, first.
        Due,
        /// By where they are done.
        Place,
    }
}

record! {
    /// What was found at a household before.
    shown ReportLine = app::ReportLine {
        /// The report.
        id: String,
        /// When it was made.
        made: i64,
        /// The name of who made it.
        author_name: String,
        /// How many things were found.
        findings: u32,
        /// Whether nobody was met.
        nobody_home: bool,
    }
}

record! {
    /// What the holder may do with a task now.
    shown TaskMay = app::TaskMay {
        /// Say that they will do it.
        accept: bool,
        /// Offer it to another: somebody that this phone knows.
        hand_over: bool,
        /// Take it over.
        take_over: bool,
        /// Say that they do not take it.
        decline: bool,
        /// Report on it.
        report: bool,
        /// Call it off.
        cancel: bool,
    }
}

record! {
    /// A task, opened.
    shown TaskPage = app::TaskPage {
        /// The task.
        id: String,
        /// All about it.
        task: Task,
        /// The name of its grid.
        grid_name: String,
        /// The name of who is to do it.
        assignee_name: Option<String>,
        /// The name of who is asked to take it over.
        offered_to_name: Option<String>,
        /// The household, where this phone may know it.
        household: Option<Household>,
        /// What was found, once it is done.
        report: Option<Report>,
        /// Earlier reports on the same household, the newest first; at most 10.
        history: Vec<ReportLine>,
        /// What the holder may do with it.
        may: TaskMay,
        /// Whether a step of it waits to be sent.
        pending: bool,
    }
}

record! {
    /// What the holder may do with a shift now.
    shown ShiftMay = app::ShiftMay {
        /// Begin it.
        start: bool,
        /// Offer it to another: somebody that this phone knows.
        hand_over: bool,
        /// Take it over.
        take_over: bool,
        /// Say that they do not take it.
        decline: bool,
        /// End it.
        end: bool,
        /// Note that nobody came.
        miss: bool,
        /// Take it off the roster.
        cancel: bool,
    }
}

record! {
    /// A shift that passed from one worker to another.
    shown ReliefLine = app::ReliefLine {
        /// The name of who had it.
        from_name: String,
        /// The name of who took it.
        to_name: String,
        /// When it was taken, at the latest.
        at: i64,
        /// What was said when it was offered.
        note: Option<String>,
    }
}

record! {
    /// A shift, opened.
    shown ShiftPage = app::ShiftPage {
        /// What the roster says of it.
        item: ShiftItem,
        /// Its grid.
        grid: String,
        /// The name of its grid.
        grid_name: String,
        /// Whose shift it is now.
        worker: String,
        /// What to do there.
        duties: Option<String>,
        /// What was said when it ended, was declined, missed or cancelled.
        note: Option<String>,
        /// The name of who is asked to take it over.
        offered_to_name: Option<String>,
        /// What was said when it was last offered.
        handover_note: Option<String>,
        /// Each time it passed to another, in order.
        reliefs: Vec<ReliefLine>,
        /// When it began.
        on_at: Option<Interval>,
        /// When it was over.
        off_at: Option<Interval>,
        /// What the holder may do with it.
        may: ShiftMay,
    }
}

record! {
    /// A household, opened.
    shown HouseholdPage = app::HouseholdPage {
        /// The household.
        id: String,
        /// All about it.
        household: Household,
        /// Its address in one line.
        place: String,
        /// The name of its grid.
        grid_name: String,
        /// Reports on it, the newest first; at most 10.
        history: Vec<ReportLine>,
        /// Tasks for it that are still to be done, what is due first, first; at most 50.
        open_tasks: Vec<TaskItem>,
        /// Whether the holder may correct it.
        may_edit: bool,
        /// Whether something in it waits to be sent.
        pending: bool,
    }
}

record! {
    /// What repeats a task.
    shown Routine = domain::Routine {
        /// The community its grid lies in.
        org: String,
        /// Its grid.
        grid: String,
        /// What kind of work.
        kind: TaskKind,
        /// What is to be done, in one line.
        title: String,
        /// Where.
        place: String,
        /// Whom it is about.
        household: Option<String>,
        /// Who does it; any worker of the grid where nobody is named.
        assignee: Option<String>,
        /// What to know when doing it.
        note: Option<String>,
        /// How often.
        every: Every,
        /// Moved to the next working day where it falls on another.
        working_days_only: bool,
        /// No occurrence falls before this day, such as `2026-11-24`.
        first: String,
        /// No occurrence falls after this day.
        until: Option<String>,
        /// When its window opens, such as `08:30`.
        opens: String,
        /// When its window closes; on the next day if that is not later than `opens`.
        closes: String,
        /// Who planned it.
        author: String,
        /// Why it was stopped.
        reason: Option<String>,
    }
}

record! {
    /// What the holder may do with a routine now.
    shown RoutineMay = app::RoutineMay {
        /// Plan further ahead.
        extend: bool,
        /// Stop it.
        stop: bool,
    }
}

record! {
    /// A routine, opened.
    shown RoutinePage = app::RoutinePage {
        /// What the list says of it.
        item: RoutineItem,
        /// All about it.
        routine: Routine,
        /// The name of its grid.
        grid_name: String,
        /// The name of who does it; nobody named means any worker of the grid.
        assignee_name: Option<String>,
        /// The next days on which it falls, today included, such as `2026-11-24`; at most 10. None where it is stopped.
        next: Vec<String>,
        /// What the holder may do with it.
        may: RoutineMay,
        /// Whether something in it waits to be sent.
        pending: bool,
    }
}

#[uniffi::export]
impl Phone {
    /// All open tasks of this holder: given to them, to whoever works in their grids, or offered to them. At most 50, from after the
    /// one that the page before ended with.
    #[uniffi::method(default(after = None))]
    pub fn tasks(&self, order: TaskOrder, after: Option<String>) -> Result<Vec<TaskItem>, CoreError> {
        answer(self.app.tasks(order.given()?, maybe_id(after)?))
    }

    /// One task, with all that its screen shows.
    pub fn task(&self, task: &str) -> Result<TaskPage, CoreError> {
        answer(self.app.task(id(task)?))
    }

    /// One shift, with all that its screen shows.
    pub fn shift(&self, shift: &str) -> Result<ShiftPage, CoreError> {
        answer(self.app.shift(id(shift)?))
    }

    /// All shifts of this holder's grids from today on, the next first: at most 50, from after the one that the page before ended
    /// with.
    #[uniffi::method(default(after = None))]
    pub fn roster(&self, after: Option<String>) -> Result<Vec<ShiftItem>, CoreError> {
        answer(self.app.roster(maybe_id(after)?))
    }

    /// One household, with all that its screen shows.
    pub fn household(&self, household: &str) -> Result<HouseholdPage, CoreError> {
        answer(self.app.household(id(household)?))
    }

    /// One routine, with all that its screen shows.
    pub fn routine(&self, routine: &str) -> Result<RoutinePage, CoreError> {
        answer(self.app.routine(id(routine)?))
    }
}
