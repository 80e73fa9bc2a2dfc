//! What the screens of grid work show.

use haitang_domain::task::{Household, Routine, RoutineState, Shift, ShiftState, Task, TaskKind, TaskState};
use haitang_domain::time::DAY_MS;
use haitang_domain::{Id, Timestamp, Zone};
use haitang_store::Found;
use haitang_store::task::TaskOrder;
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
    /// Whether it is this member's.
    pub mine: bool,
    /// Whether it is offered to this member.
    pub offered_to_me: bool,
    /// Whether a step of it waits to be sent.
    pub pending: bool,
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
        let found = self.store().day_list(me, &self.grid_ids()?, end, PAGE)?;
        found.into_iter().map(|found| self.task_item(me, found)).collect()
    }

    pub(crate) fn task_item(&self, me: Id, found: Found<Task>) -> Result<TaskItem, AppError> {
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

    /// All open tasks of this holder: given to them, to whoever works in their grids, or offered to them. At most 50, from after the
    /// one that the page before ended with.
    pub fn tasks(&self, order: TaskOrder, after: Option<Id>) -> Result<Vec<TaskItem>, AppError> {
        self.carry_on_routines()?;
        let me = self.me()?;
        let found = self.store().open_tasks(me, &self.grid_ids()?, order, after, PAGE)?;
        found.into_iter().map(|found| self.task_item(me, found)).collect()
    }

    /// Households of this member's grids, by address: at most 50, from after the one that the page before ended with. With
    /// `search`, only those whose address or contact holds each of its words.
    pub fn households(&self, search: Option<&str>, after: Option<Id>) -> Result<Vec<HouseholdItem>, AppError> {
        let words: Vec<String> = search.unwrap_or_default().split_whitespace().map(str::to_lowercase).collect();
        let wanted = |household: &Household| {
            if words.is_empty() {
                return true;
            }
            let contact = household.contact.as_deref().unwrap_or_default();
            let text = format!("{}\n{contact}", household.line()).to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        let item = |found: Found<Household>| {
            let place = found.body.line();
            let Household { people, alone, last_contact, .. } = found.body;
            HouseholdItem { id: found.id, place, people, alone, last_contact }
        };
        Ok(self.store().households(&self.grid_ids()?, after, PAGE, wanted)?.into_iter().map(item).collect())
    }

    /// This member's shifts from today on, and those offered to them.
    pub fn shifts(&self) -> Result<Vec<ShiftItem>, AppError> {
        let (me, now) = (self.me()?, self.now());
        let found = self.store().shifts(me, now.plus_millis(-DAY_MS), PAGE)?;
        found.into_iter().map(|found| self.shift_item(me, found)).collect()
    }

    /// All shifts of this member's grids from today on, the next first: at most 50, from after the one that the page before ended
    /// with.
    pub fn roster(&self, after: Option<Id>) -> Result<Vec<ShiftItem>, AppError> {
        let (me, zone) = (self.me()?, Zone::CHINA);
        let today = zone.start_of(zone.date(self.now()));
        let found = self.store().roster(&self.grid_ids()?, today, after, PAGE)?;
        found.into_iter().map(|found| self.shift_item(me, found)).collect()
    }

    pub(crate) fn shift_item(&self, me: Id, found: Found<Shift>) -> Result<ShiftItem, AppError> {
        let member = self.name_of(found.body.worker)?;
        let (mine, offered_to_me) = (found.body.worker == me, found.body.handover_to == Some(me));
        let Shift { place, starts, ends, state, .. } = found.body;
        Ok(ShiftItem { id: found.id, place, member, starts, ends, state, mine, offered_to_me, pending: found.pending })
    }

    /// Tasks of this member's grids that repeat, by title: at most 50, from after the one that the page before ended with.
    pub fn routines(&self, after: Option<Id>) -> Result<Vec<RoutineItem>, AppError> {
        let found = self.store().routines(&self.grid_ids()?, after, PAGE)?;
        Ok(found.into_iter().map(routine_item).collect())
    }
}

pub(super) fn routine_item(found: Found<Routine>) -> RoutineItem {
    let Routine { title, place, state, .. } = found.body;
    RoutineItem { id: found.id, title, place, state }
}
