//! A task, a shift, a household and a routine, opened, with what the holder may do with them.

use haitang_domain::calendar::Calendar;
use haitang_domain::evidence::Interval;
use haitang_domain::task::{Action, Household, HouseholdChange, NewReport, Relief, Report, Routine, RoutineState, Shift, Task};
use haitang_domain::{Action as Any, Id, Kind, Timestamp, Zone};
use haitang_store::Found;
use serde::Serialize;

use super::screens::routine_item;
use super::{RoutineItem, ShiftItem, TaskItem};
use crate::directory::PAGE;
use crate::error::AppError;
use crate::may::SOME_TEXT;
use crate::phone::Phone;

/// Earlier reports shown of a household.
const HISTORY: u32 = 10;
/// Occurrences shown of a routine.
const NEXT: usize = 10;

/// What was found at a household before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportLine {
    /// The report.
    pub id: Id,
    /// When it was made.
    pub made: Timestamp,
    /// The name of who made it.
    pub author_name: String,
    /// How many things were found.
    pub findings: usize,
    /// Whether nobody was met.
    pub nobody_home: bool,
}

/// What the holder may do with a task now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is one button")]
pub struct TaskMay {
    /// Say that they will do it.
    pub accept: bool,
    /// Offer it to another.
    pub hand_over: bool,
    /// Take it over.
    pub take_over: bool,
    /// Say that they do not take it.
    pub decline: bool,
    /// Report on it.
    pub report: bool,
    /// Call it off.
    pub cancel: bool,
}

/// A task, opened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TaskPage {
    /// The task.
    pub id: Id,
    /// All about it.
    pub task: Task,
    /// The name of its grid.
    pub grid_name: String,
    /// The name of who is to do it.
    pub assignee_name: Option<String>,
    /// The name of who is asked to take it over.
    pub offered_to_name: Option<String>,
    /// The household, where this phone may know it.
    pub household: Option<Household>,
    /// What was found, once it is done.
    pub report: Option<Report>,
    /// Earlier reports on the same household, the newest first; at most 10.
    pub history: Vec<ReportLine>,
    /// What the holder may do with it.
    pub may: TaskMay,
    /// Whether a step of it waits to be sent.
    pub pending: bool,
}

/// What the holder may do with a shift now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is one button")]
pub struct ShiftMay {
    /// Begin it.
    pub start: bool,
    /// Offer it to another.
    pub hand_over: bool,
    /// Take it over.
    pub take_over: bool,
    /// Say that they do not take it.
    pub decline: bool,
    /// End it.
    pub end: bool,
    /// Note that nobody came.
    pub miss: bool,
    /// Take it off the roster.
    pub cancel: bool,
}

/// A shift that passed from one worker to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReliefLine {
    /// The name of who had it.
    pub from_name: String,
    /// The name of who took it.
    pub to_name: String,
    /// When it was taken, at the latest.
    pub at: Timestamp,
    /// What was said when it was offered.
    pub note: Option<String>,
}

/// A shift, opened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShiftPage {
    /// What the roster says of it.
    pub item: ShiftItem,
    /// Its grid.
    pub grid: Id,
    /// The name of its grid.
    pub grid_name: String,
    /// Whose shift it is now.
    pub worker: Id,
    /// What to do there.
    pub duties: Option<String>,
    /// What was said when it ended, was declined, missed or cancelled.
    pub note: Option<String>,
    /// The name of who is asked to take it over.
    pub offered_to_name: Option<String>,
    /// What was said when it was last offered.
    pub handover_note: Option<String>,
    /// Each time it passed to another, in order.
    pub reliefs: Vec<ReliefLine>,
    /// When it began.
    pub on_at: Option<Interval>,
    /// When it was over.
    pub off_at: Option<Interval>,
    /// What the holder may do with it.
    pub may: ShiftMay,
}

/// A household, opened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HouseholdPage {
    /// The household.
    pub id: Id,
    /// All about it.
    pub household: Household,
    /// Its address in one line.
    pub place: String,
    /// The name of its grid.
    pub grid_name: String,
    /// Reports on it, the newest first; at most 10.
    pub history: Vec<ReportLine>,
    /// Tasks for it that are still to be done, what is due first, first; at most 50.
    pub open_tasks: Vec<TaskItem>,
    /// Whether the holder may correct it.
    pub may_edit: bool,
    /// Whether something in it waits to be sent.
    pub pending: bool,
}

/// What the holder may do with a routine now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RoutineMay {
    /// Plan further ahead.
    pub extend: bool,
    /// Stop it.
    pub stop: bool,
}

/// A routine, opened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoutinePage {
    /// What the list says of it.
    pub item: RoutineItem,
    /// All about it.
    pub routine: Routine,
    /// The name of its grid.
    pub grid_name: String,
    /// The name of who does it; nobody named means any worker of the grid.
    pub assignee_name: Option<String>,
    /// The next days on which it falls, today included; at most 10. None where it is stopped.
    pub next: Vec<chrono::NaiveDate>,
    /// What the holder may do with it.
    pub may: RoutineMay,
    /// Whether something in it waits to be sent.
    pub pending: bool,
}

fn some_text() -> String {
    SOME_TEXT.to_owned()
}

impl Phone {
    /// One task with its household and reports.
    pub fn task(&self, id: Id) -> Result<TaskPage, AppError> {
        let Found { body: task, pending, .. } = self.find::<Task>(id)?;
        let household = task.household.map(|id| self.store().read(id)).transpose()?.flatten();
        let report = task.report.map(|id| self.store().read(id)).transpose()?.flatten();
        // Its own report is shown as that, and is no earlier one.
        let history = task.household.map(|of| self.report_lines(of, task.report)).transpose()?.unwrap_or_default();
        Ok(TaskPage {
            id,
            grid_name: self.grid_name(task.grid)?,
            assignee_name: task.assignee.map(|member| self.name_of(member)).transpose()?,
            offered_to_name: task.offered_to.map(|member| self.name_of(member)).transpose()?,
            household,
            report,
            history,
            may: self.task_may(id, &task)?,
            pending,
            task,
        })
    }

    fn report_lines(&self, household: Id, but: Option<Id>) -> Result<Vec<ReportLine>, AppError> {
        let mut lines = vec![];
        let found = self.store().history(household, HISTORY + 1)?;
        for Found { id, body, .. } in found.into_iter().filter(|found| Some(found.id) != but).take(HISTORY as usize) {
            let Report { findings, nobody_home, made, author, .. } = body;
            let (findings, author_name) = (findings.len(), self.name_of(author)?);
            lines.push(ReportLine { id, made: made.latest, author_name, findings, nobody_home });
        }
        Ok(lines)
    }

    fn task_may(&self, id: Id, task: &Task) -> Result<TaskMay, AppError> {
        // To whom is still to be said; where this phone knows nobody, it cannot be.
        let somebody = self.somebody(task.grid, task.assignee)?;
        let actions = [
            Action::Accept,
            Action::HandOver { to: somebody.unwrap_or(Id::NIL), note: String::new() },
            Action::TakeOver,
            Action::Decline { note: String::new() },
            Action::Report(NewReport::empty(self.new_id())),
            Action::Cancel { reason: some_text() },
        ];
        let [accept, hand_over, take_over, decline, report, cancel] = self.may_each(Kind::Task, id, actions.map(Any::Task))?;
        Ok(TaskMay { accept, hand_over, take_over, decline, report, cancel })
    }

    /// One shift.
    pub fn shift(&self, id: Id) -> Result<ShiftPage, AppError> {
        let found: Found<Shift> = self.find(id)?;
        let shift = found.body.clone();
        let line = |relief: Relief| {
            let (from_name, to_name) = (self.name_of(relief.from)?, self.name_of(relief.to)?);
            Ok::<_, AppError>(ReliefLine { from_name, to_name, at: relief.at.latest, note: relief.note })
        };
        Ok(ShiftPage {
            item: self.shift_item(self.me()?, found)?,
            grid: shift.grid,
            grid_name: self.grid_name(shift.grid)?,
            worker: shift.worker,
            may: self.shift_may(id, &shift)?,
            duties: shift.duties,
            note: shift.note,
            offered_to_name: shift.handover_to.map(|member| self.name_of(member)).transpose()?,
            handover_note: shift.handover_note,
            reliefs: shift.reliefs.into_iter().map(line).collect::<Result<_, _>>()?,
            on_at: shift.on_at,
            off_at: shift.off_at,
        })
    }

    fn shift_may(&self, id: Id, shift: &Shift) -> Result<ShiftMay, AppError> {
        let somebody = self.somebody(shift.grid, Some(shift.worker))?;
        let actions = [
            Action::StartShift,
            Action::HandOverShift { to: somebody.unwrap_or(Id::NIL), note: String::new() },
            Action::TakeOverShift,
            Action::DeclineShift { note: String::new() },
            Action::EndShift { note: String::new() },
            Action::MissShift { note: String::new() },
            Action::CancelShift { reason: some_text() },
        ];
        let [start, hand_over, take_over, decline, end, miss, cancel] = self.may_each(Kind::Shift, id, actions.map(Any::Task))?;
        Ok(ShiftMay { start, hand_over, take_over, decline, end, miss, cancel })
    }

    /// One household.
    pub fn household(&self, id: Id) -> Result<HouseholdPage, AppError> {
        let (me, Found { body: household, pending, .. }) = (self.me()?, self.find::<Household>(id)?);
        let tasks = self.store().household_tasks(id, PAGE)?;
        Ok(HouseholdPage {
            id,
            place: household.line(),
            grid_name: self.grid_name(household.grid)?,
            history: self.report_lines(id, None)?,
            open_tasks: tasks.into_iter().map(|found| self.task_item(me, found)).collect::<Result<_, _>>()?,
            may_edit: self.may(Kind::Household, id, Any::Task(Action::EditHousehold(HouseholdChange::default())))?,
            pending,
            household,
        })
    }

    /// One routine.
    pub fn routine(&self, id: Id) -> Result<RoutinePage, AppError> {
        let found: Found<Routine> = self.find(id)?;
        let (routine, pending) = (found.body.clone(), found.pending);
        let today = Zone::CHINA.date(self.now());
        let actions = [Action::ExtendRoutine { through: today }, Action::StopRoutine { reason: some_text() }];
        let [extend, stop] = self.may_each(Kind::Routine, id, actions.map(Any::Task))?;
        let mut next = vec![];
        let mut number = 0;
        while routine.state == RoutineState::Running && next.len() < NEXT {
            let Some(occurrence) = routine.next(number, Calendar::china()) else { break };
            number = occurrence.number + 1;
            if occurrence.date >= today {
                next.push(occurrence.date);
            }
        }
        Ok(RoutinePage {
            item: routine_item(found),
            grid_name: self.grid_name(routine.grid)?,
            assignee_name: routine.assignee.map(|member| self.name_of(member)).transpose()?,
            next,
            may: RoutineMay { extend, stop },
            pending,
            routine,
        })
    }
}
