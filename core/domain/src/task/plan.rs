//! Routines planned, carried on and stopped: how occurrences become tasks.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::routine::{Every, OCCURRENCES_MAX, Routine, RoutineState};
use super::work::{Task, TaskKind, TaskState, check_work};
use super::{NOTE_CHARS_MAX, from_org, gives, out_of_range, place, sane_day, some, zone};
use crate::calendar::Calendar;
use crate::decide::{Context, World, Write, Writes, existing, fresh, read};
use crate::id::Id;
use crate::record::{Body, Key, Kind};
use crate::refusal::{Code, Refusal};
use crate::text;

/// The most occurrences a routine can be asked to keep planned ahead.
pub const AHEAD_MAX: u8 = 31;
/// The most occurrences one command makes into tasks.
pub const PLAN_MAX: usize = 62;

/// What is said when a routine is planned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewRoutine {
    /// The grid it lies in.
    pub grid: Id,
    /// What kind of work.
    pub kind: TaskKind,
    /// What is to be done, in one line.
    pub title: String,
    /// Where. May be empty where a household is named: its address stands in.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// A household of the grid that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<Id>,
    /// Who does it; any worker of the grid where nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Id>,
    /// What to know when doing it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// How often.
    pub every: Every,
    /// Moved to the next working day where it falls on another.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub working_days_only: bool,
    /// No occurrence falls before this day.
    pub first: NaiveDate,
    /// No occurrence falls after this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// When its window opens, in the org's zone.
    pub opens: NaiveTime,
    /// When its window closes; on the next day if that is not later than `opens`.
    pub closes: NaiveTime,
    /// How many occurrences to make into tasks at once, 1 to [`AHEAD_MAX`]. Each that is done brings the next.
    pub ahead: u8,
}

pub(super) fn plan(
    new: &NewRoutine,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    fresh(Kind::Routine, target, before)?;
    let org = place::open(world, new.grid)?.org;
    let from_org = from_org(new.grid, context);
    if !gives(org, new.grid, from_org, world, context) {
        return Err(Refusal::new(Code::NotAllowed).with("role", "secretary"));
    }
    let place = check_work(world, new.grid, (&new.title, &new.place, &new.note), new.household, new.assignee)?;
    new.every.check()?;
    sane_day("first", new.first)?;
    new.until.map_or(Ok(()), |until| sane_day("until", until))?;
    if !(1..=AHEAD_MAX).contains(&new.ahead) {
        return Err(out_of_range("ahead"));
    }
    let mut routine = Routine {
        org,
        grid: new.grid,
        kind: new.kind,
        title: new.title.trim().to_owned(),
        place,
        household: new.household,
        assignee: new.assignee,
        note: some(&new.note),
        every: new.every.clone(),
        working_days_only: new.working_days_only,
        first: new.first,
        until: new.until,
        opens: new.opens,
        closes: new.closes,
        planned: 0,
        state: RoutineState::Running,
        author: context.actor,
        from_org,
        reason: None,
    };
    let tasks = make(target.id, &mut routine, world, |made, _, _| made < usize::from(new.ahead));
    if routine.planned == 0 {
        return Err(out_of_range("until"));
    }
    Ok(std::iter::once(Write::new(target.id, routine)).chain(tasks).collect())
}

pub(super) fn extend(
    id: Id,
    through: NaiveDate,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let mut routine: Routine = running(existing(before)?, "extend_routine")?;
    // Its own worker may carry on a routine that the org planned; only stopping it is the org's.
    if !gives(routine.org, routine.grid, false, world, context) {
        return Err(Refusal::new(Code::NotAllowed).with("role", "grid_worker"));
    }
    sane_day("through", through)?;
    let tasks = make(id, &mut routine, world, |_, date, _| date <= through);
    Ok(std::iter::once(Write::new(id, routine)).chain(tasks).collect())
}

pub(super) fn stop(
    id: Id,
    reason: &str,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let routine: Routine = running(existing(before)?, "stop_routine")?;
    if !gives(routine.org, routine.grid, routine.from_org, world, context) {
        return Err(Refusal::new(Code::NotAllowed).with("role", "secretary"));
    }
    text::filled("reason", reason, NOTE_CHARS_MAX)?;
    let reason = some(reason);
    let to_come = (0..routine.planned).rev().take(PLAN_MAX).filter_map(|number| {
        let id = Routine::task_id(id, number);
        let task: Task = read(world, id).ok()?;
        let untouched = task.state == TaskState::Open && task.from > context.now();
        untouched.then(|| Write::new(id, Task { state: TaskState::Cancelled, reason: reason.clone(), ..task }))
    });
    let to_come: Writes = to_come.collect();
    let routine = Routine { state: RoutineState::Stopped, reason, ..routine };
    Ok(std::iter::once(Write::new(id, routine)).chain(to_come).collect())
}

/// What follows when an occurrence is done with: the next one is planned, and more until one is still to come.
///
/// None is ever left out for being past. A phone plans by its own clock and the server by what it knows of the time; leaving
/// some out, they would not have the same tasks, and a report of one the server never made would be refused.
pub(super) fn follow(task: &Task, world: &dyn World, context: &Context<'_>) -> Writes {
    let Some(id) = task.routine else { return Writes::new() };
    // A helper's phone does not hold the routine; the server does.
    let Ok(mut routine) = read::<Routine>(world, id).and_then(|routine| running(routine, "report")) else {
        return Writes::new();
    };
    let planned = routine.planned;
    let mut ahead = false;
    let tasks = make(id, &mut routine, world, |made, _, task| {
        let wanted = !ahead && made < usize::from(AHEAD_MAX);
        ahead |= task.due > context.now();
        wanted
    });
    if routine.planned == planned { tasks } else { std::iter::once(Write::new(id, routine)).chain(tasks).collect() }
}

fn running(routine: Routine, action: &str) -> Result<Routine, Refusal> {
    if routine.state == RoutineState::Running {
        return Ok(routine);
    }
    Err(Refusal::new(Code::WrongState).with("state", "stopped").with("action", action))
}

/// Makes occurrences into tasks, in order, for as long as they are `wanted` (how many were made, the day, the task), at most
/// [`PLAN_MAX`]. One that is there already is left as it is.
fn make(id: Id, routine: &mut Routine, world: &dyn World, mut wanted: impl FnMut(usize, NaiveDate, &Task) -> bool) -> Writes {
    let zone = zone(world, routine.org);
    let mut writes = Writes::new();
    for made in 0..PLAN_MAX {
        let Some(next) = routine.next(routine.planned, Calendar::china()) else {
            break;
        };
        let task = routine.task(id, next.date, zone);
        if !wanted(made, next.date, &task) {
            break;
        }
        routine.planned = (next.number + 1).min(OCCURRENCES_MAX);
        let task_id = Routine::task_id(id, next.number);
        if world.get(Key::new(Kind::Task, task_id)).is_none() {
            writes.push(Write::new(task_id, task));
        }
    }
    writes
}

#[cfg(test)]
mod tests;
