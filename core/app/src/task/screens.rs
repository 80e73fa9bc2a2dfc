//! What the screens of grid work show.

use haitang_domain::task::{Household, Report, Routine, RoutineState, Shift, ShiftState, Task, TaskKind, TaskState};
use haitang_domain::time::DAY_MS;
use haitang_domain::{Id, Timestamp, Zone};
use haitang_store::Found;
use serde::Serialize;

use crate::directory::PAGE;
use crate::error::AppError;
use crate::phone::Phone;

/// A line of the day's list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TaskItem {
    /// The task.
    pub id: Id,
    /// What sort of work.
    pub kind: TaskKind,
    /// What is to be done.
    pub title: String,
    /// Where.
    pub place: String,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub due: Timestamp,
    /// Where it stands.
    pub state: TaskState,
    /// Who is to do it; nobody named means any worker of the grid.
    pub assignee: Option<String>,
    /// The household, for a visit.
    pub household: Option<Id>,
    /// Whether it is offered to this member to take over.
    pub offered_to_me: bool,
    /// Whether a step of it waits to be sent.
    pub pending: bool,
}

/// A task, opened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TaskPage {
    /// The task.
    pub id: Id,
    /// All about it.
    pub task: Task,
    /// The household, where this phone may know it.
    pub household: Option<Household>,
    /// What was found, once it is done.
    pub report: Option<Report>,
}

/// A household.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HouseholdItem {
    /// The household.
    pub id: Id,
    /// Its address in one line.
    pub place: String,
    /// How many people.
    pub people: u8,
    /// Whether someone lives there alone.
    pub alone: bool,
    /// When anyone was last in touch.
    pub last_contact: Option<Timestamp>,
}

/// A place on the roster.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShiftItem {
    /// The shift.
    pub id: Id,
    /// The checkpoint.
    pub place: String,
    /// Whose it is.
    pub member: String,
    /// It begins.
    pub starts: Timestamp,
    /// It ends.
    pub ends: Timestamp,
    /// Where it stands.
    pub state: ShiftState,
    /// Whether it is offered to this member.
    pub offered_to_me: bool,
}

/// A task that repeats.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoutineItem {
    /// The routine.
    pub id: Id,
    /// What is to be done.
    pub title: String,
    /// Where.
    pub place: String,
    /// Where it stands.
    pub state: RoutineState,
}

impl Phone {
    /// Today's list: everything open that is due by the end of the day here, what is late first. At most 50.
    ///
    /// What repeats is carried on before, so that a phone that has been offline for a week shows today's round all the same.
    pub fn today(&self) -> Result<Vec<TaskItem>, AppError> {
        self.carry_on_routines()?;
        let zone = Zone::CHINA;
        let end = zone.start_of(zone.date(self.now())).plus_millis(DAY_MS);
        let me = self.me()?;
        let found = self.store().day_list(me, &self.my_grids()?, end, PAGE)?;
        found.into_iter().map(|found| self.task_item(me, found)).collect()
    }

    fn task_item(&self, me: Id, found: Found<Task>) -> Result<TaskItem, AppError> {
        let task = found.body;
        let assignee = task.assignee.map(|assignee| self.name_of(assignee)).transpose()?;
        Ok(TaskItem {
            id: found.id,
            kind: task.kind,
            title: task.title,
            place: task.place,
            from: task.from,
            due: task.due,
            state: task.state,
            assignee,
            household: task.household,
            offered_to_me: task.offered_to == Some(me),
            pending: found.pending,
        })
    }

    /// One task with its household and report.
    pub fn task(&self, id: Id) -> Result<TaskPage, AppError> {
        let task: Task = self.read(id)?;
        let household = task.household.map(|id| self.store().read(id)).transpose()?.flatten();
        let report = task.report.map(|id| self.store().read(id)).transpose()?.flatten();
        Ok(TaskPage { id, task, household, report })
    }

    /// Households of this member's grids.
    pub fn households(&self) -> Result<Vec<HouseholdItem>, AppError> {
        let mut items = vec![];
        for grid in self.my_grids()? {
            for found in self.store().households(grid, PAGE)? {
                let place = found.body.line();
                let Household { people, alone, last_contact, .. } = found.body;
                items.push(HouseholdItem { id: found.id, place, people, alone, last_contact });
            }
        }
        Ok(items)
    }

    /// This member's shifts from today on, and those offered to them.
    pub fn shifts(&self) -> Result<Vec<ShiftItem>, AppError> {
        let (me, now) = (self.me()?, self.now());
        let item = |found: Found<Shift>| {
            let member = self.name_of(found.body.worker)?;
            let offered_to_me = found.body.handover_to == Some(me);
            let Shift { place, starts, ends, state, .. } = found.body;
            Ok(ShiftItem { id: found.id, place, member, starts, ends, state, offered_to_me })
        };
        self.store().shifts(me, now.plus_millis(-DAY_MS), PAGE)?.into_iter().map(item).collect()
    }

    /// Tasks of this member's grids that repeat.
    pub fn routines(&self) -> Result<Vec<RoutineItem>, AppError> {
        let mut items = vec![];
        for grid in self.my_grids()? {
            for found in self.store().routines(grid, PAGE)? {
                let Routine { title, place, state, .. } = found.body;
                items.push(RoutineItem { id: found.id, title, place, state });
            }
        }
        Ok(items)
    }
}
