//! Tasks: given, accepted, handed over, withdrawn. How one is reported is in `report`.

use serde::{Deserialize, Serialize};

use super::household::Household;
use super::{NOTE_CHARS_MAX, from_org, gives, open_member, out_of_range, personal, place, plan, sane, some};
use crate::decide::{Context, World, Write, Writes, existing, fresh, read};
use crate::feed::Feed;
use crate::id::Id;
use crate::record::{Body, Key, Kind};
use crate::refusal::Refusal;
use crate::states::{Step, Table};
use crate::text::{self, TITLE_CHARS_MAX};
use crate::time::{DAY_MS, Timestamp};

/// The longest a task may stay open from its first moment to its last, in milliseconds: a year and a day.
const WINDOW_MS_MAX: i64 = 367 * DAY_MS;

/// What kind of work a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// A household is called on.
    Visit,
    /// A walk through the grid.
    Patrol,
    /// A place is looked at or kept.
    Checkpoint,
    /// Anything else that is to be done.
    Errand,
}

/// One piece of grid work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// The community its grid lies in.
    pub org: Id,
    /// Its grid.
    pub grid: Id,
    /// What kind of work.
    pub kind: TaskKind,
    /// What is to be done, in one line.
    pub title: String,
    /// Where. The household's address, where nothing else was said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Whom it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<Id>,
    /// Who does it; any worker of the grid where nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Id>,
    /// The first moment at which it makes sense.
    pub from: Timestamp,
    /// When it should be done.
    pub due: Timestamp,
    /// The routine it is an occurrence of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routine: Option<Id>,
    /// Who gave it.
    pub author: Id,
    /// Whether the org gave it, and not a worker of the grid.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub from_org: bool,
    /// Where it stands.
    pub state: TaskState,
    /// Who is asked to take it over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered_to: Option<Id>,
    /// The report that says what was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Id>,
    /// What to know when doing it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What was said when it was last handed over, declined or cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Where a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// Given, and not yet accepted.
    Open,
    /// Someone said they will do it.
    Accepted,
    /// Offered to another, who has not answered.
    HandedOver,
    /// Done and reported. Never changes again.
    Done,
    /// Not to be done. Never changes again.
    Cancelled,
}

/// What is done with a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskAct {
    /// It is given.
    Assign,
    /// Its assignee says they will do it.
    Accept,
    /// It is offered to another.
    HandOver,
    /// The other takes it.
    TakeOver,
    /// The other does not take it.
    Decline,
    /// It is done, and reported.
    Report,
    /// It is withdrawn.
    Cancel,
}

/// Who does something with a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskWho {
    /// The member it was given to, or any worker of the grid where it was given to nobody in particular.
    Assignee,
    /// The member it is offered to.
    OfferedTo,
    /// Whoever may give such a task.
    Giver,
}

const fn step(from: Option<TaskState>, action: TaskAct, who: TaskWho, to: TaskState) -> Step<TaskState, TaskAct, TaskWho> {
    Step { from, action, who, to }
}

/// The life of a task.
pub const TABLE: Table<TaskState, TaskAct, TaskWho> = {
    use TaskAct::{Accept, Assign, Cancel, Decline, HandOver, Report, TakeOver};
    use TaskState::{Accepted, Cancelled, Done, HandedOver, Open};
    use TaskWho::{Assignee, Giver, OfferedTo};
    Table(&[
        step(None, Assign, Giver, Open),
        step(Some(Open), Accept, Assignee, Accepted),
        step(Some(Open), HandOver, Assignee, HandedOver),
        step(Some(Open), HandOver, Giver, HandedOver),
        step(Some(Open), Report, Assignee, Done),
        step(Some(Open), Cancel, Giver, Cancelled),
        step(Some(Accepted), HandOver, Assignee, HandedOver),
        step(Some(Accepted), HandOver, Giver, HandedOver),
        step(Some(Accepted), Report, Assignee, Done),
        step(Some(Accepted), Cancel, Giver, Cancelled),
        step(Some(HandedOver), TakeOver, OfferedTo, Accepted),
        step(Some(HandedOver), Decline, OfferedTo, Open),
        step(Some(HandedOver), HandOver, Assignee, HandedOver),
        step(Some(HandedOver), HandOver, Giver, HandedOver),
        step(Some(HandedOver), Report, Assignee, Done),
        step(Some(HandedOver), Cancel, Giver, Cancelled),
    ])
};

/// What is said when a task is given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewTask {
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
    /// The first moment at which it makes sense.
    pub from: Timestamp,
    /// When it should be done: later than `from`, by a year at most.
    pub due: Timestamp,
    /// What to know when doing it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Task {
    /// The grid's feed; the feeds of those it is given and offered to; and the org's where the org gave it.
    pub fn feeds(&self) -> Vec<Feed> {
        let people = self.assignee.iter().chain(&self.offered_to).map(|member| Feed::member(*member));
        let org = self.from_org.then(|| Feed::org(self.org));
        std::iter::once(Feed::grid(self.grid)).chain(people).chain(org).collect()
    }

    /// The state after `act` by the actor.
    pub(super) fn after(&self, act: TaskAct, world: &dyn World, context: &Context<'_>) -> Result<TaskState, Refusal> {
        let is = |who| match who {
            TaskWho::Assignee => {
                self.assignee.map_or_else(|| context.works_grid(self.grid), |assignee| assignee == context.actor)
            }
            TaskWho::OfferedTo => self.offered_to == Some(context.actor),
            TaskWho::Giver => gives(self.org, self.grid, self.from_org, world, context),
        };
        TABLE.step(Some(self.state), act, is).map_err(|refusal| personal(refusal, "task"))
    }
}

/// What tasks and routines say of the work itself, checked; gives the place, from the household where none was said.
pub(super) fn check_work(
    world: &dyn World,
    grid: Id,
    (title, place, note): (&str, &str, &str),
    household: Option<Id>,
    assignee: Option<Id>,
) -> Result<String, Refusal> {
    text::filled("title", title, TITLE_CHARS_MAX)?;
    text::within("place", place, TITLE_CHARS_MAX)?;
    text::within("note", note, NOTE_CHARS_MAX)?;
    if let Some(assignee) = assignee {
        open_member(world, assignee)?;
    }
    let mut place = place.trim().to_owned();
    if let Some(id) = household {
        let household: Household = read(world, id)?;
        if household.grid != grid {
            return Err(out_of_range("household"));
        }
        if place.is_empty() {
            place = household.line();
        }
    }
    Ok(place)
}

pub(super) fn assign(
    new: &NewTask,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    fresh(Kind::Task, target, before)?;
    let org = place::open(world, new.grid)?.org;
    let from_org = from_org(new.grid, context);
    let state = TABLE
        .step(None, TaskAct::Assign, |_| gives(org, new.grid, from_org, world, context))
        .map_err(|refusal| personal(refusal, "task"))?;
    let place = check_work(world, new.grid, (&new.title, &new.place, &new.note), new.household, new.assignee)?;
    sane("from", new.from)?;
    sane("due", new.due)?;
    if !(1..=WINDOW_MS_MAX).contains(&new.due.since(new.from)) {
        return Err(out_of_range("due"));
    }
    let task = Task {
        org,
        grid: new.grid,
        kind: new.kind,
        title: new.title.trim().to_owned(),
        place,
        household: new.household,
        assignee: new.assignee,
        from: new.from,
        due: new.due,
        routine: None,
        author: context.actor,
        from_org,
        state,
        offered_to: None,
        report: None,
        note: some(&new.note),
        reason: None,
    };
    Ok(vec![Write::new(target.id, task)])
}

pub(super) fn accept(id: Id, before: Option<&Body>, world: &dyn World, context: &Context<'_>) -> Result<Writes, Refusal> {
    let task: Task = existing(before)?;
    let state = task.after(TaskAct::Accept, world, context)?;
    Ok(vec![Write::new(id, Task { state, assignee: Some(context.actor), ..task })])
}

pub(super) fn hand_over(
    id: Id,
    to: Id,
    note: &str,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let task: Task = existing(before)?;
    let state = task.after(TaskAct::HandOver, world, context)?;
    text::within("note", note, NOTE_CHARS_MAX)?;
    open_member(world, to)?;
    if task.assignee == Some(to) {
        return Err(out_of_range("to"));
    }
    Ok(vec![Write::new(id, Task { state, offered_to: Some(to), reason: some(note), ..task })])
}

pub(super) fn take_over(id: Id, before: Option<&Body>, world: &dyn World, context: &Context<'_>) -> Result<Writes, Refusal> {
    let task: Task = existing(before)?;
    let state = task.after(TaskAct::TakeOver, world, context)?;
    Ok(vec![Write::new(id, Task { state, assignee: Some(context.actor), offered_to: None, ..task })])
}

pub(super) fn decline(
    id: Id,
    note: &str,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let task: Task = existing(before)?;
    let state = task.after(TaskAct::Decline, world, context)?;
    text::within("note", note, NOTE_CHARS_MAX)?;
    Ok(vec![Write::new(id, Task { state, offered_to: None, reason: some(note), ..task })])
}

pub(super) fn cancel(
    id: Id,
    reason: &str,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let task: Task = existing(before)?;
    let state = task.after(TaskAct::Cancel, world, context)?;
    text::filled("reason", reason, NOTE_CHARS_MAX)?;
    let next = plan::follow(&task, world, context);
    let task = Task { state, offered_to: None, reason: some(reason), ..task };
    Ok(std::iter::once(Write::new(id, task)).chain(next).collect())
}

#[cfg(test)]
mod tests;
