//! Shifts: places on a roster, who kept them and when.

use serde::{Deserialize, Serialize};

use super::{NOTE_CHARS_MAX, from_org, gives, open_member, out_of_range, personal, place, sane, some};
use crate::decide::{Context, World, Write, Writes, existing, fresh};
use crate::evidence::Interval;
use crate::feed::Feed;
use crate::id::Id;
use crate::record::{Body, Key, Kind};
use crate::refusal::{Code, Refusal};
use crate::states::{Step, Table};
use crate::text::{self, TITLE_CHARS_MAX};
use crate::time::{HOUR_MS, Timestamp};

/// The longest shift, in milliseconds: two days, for a flood.
const LENGTH_MS_MAX: i64 = 48 * HOUR_MS;
/// The most hand-overs within one shift.
const RELIEFS_MAX: usize = 20;

/// A place on a roster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shift {
    /// The community its grid lies in.
    pub org: Id,
    /// Its grid.
    pub grid: Id,
    /// The checkpoint or post.
    pub place: String,
    /// Whose shift it is now.
    pub worker: Id,
    /// When it is to begin.
    pub starts: Timestamp,
    /// When it is to end.
    pub ends: Timestamp,
    /// Where it stands.
    pub state: ShiftState,
    /// Who planned it.
    pub author: Id,
    /// Whether the org planned it, and not a worker of the grid.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub from_org: bool,
    /// Who is asked to take it over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handover_to: Option<Id>,
    /// What was said when it was last offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handover_note: Option<String>,
    /// Each time it passed to another, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reliefs: Vec<Relief>,
    /// When it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_at: Option<Interval>,
    /// When it was over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off_at: Option<Interval>,
    /// What to do there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duties: Option<String>,
    /// What was said when it ended, was declined, missed or cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A shift that passed from one worker to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relief {
    /// Who had it.
    pub from: Id,
    /// Who took it.
    pub to: Id,
    /// When it was taken.
    pub at: Interval,
    /// What was said when it was offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Where a shift stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShiftState {
    /// It is to come.
    Planned,
    /// It is to come, and another was asked to take it.
    Offered,
    /// It is under way.
    On,
    /// It is under way, and another was asked to take it.
    HandedOver,
    /// It is over.
    Ended,
    /// It is past, and nobody came as far as is known.
    Missed,
    /// It was not needed.
    Cancelled,
}

/// What is done with a shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShiftAct {
    /// It is put on the roster.
    Plan,
    /// It begins.
    Start,
    /// It is offered to another.
    HandOver,
    /// The other takes it.
    TakeOver,
    /// The other does not take it.
    Decline,
    /// It ends.
    End,
    /// It is found that nobody came.
    Miss,
    /// It is taken off the roster.
    Cancel,
}

/// Who does something with a shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShiftWho {
    /// The worker whose shift it is.
    OnDuty,
    /// The member it is offered to.
    OfferedTo,
    /// Whoever may plan such a shift.
    Giver,
}

const fn step(from: Option<ShiftState>, action: ShiftAct, who: ShiftWho, to: ShiftState) -> Step<ShiftState, ShiftAct, ShiftWho> {
    Step { from, action, who, to }
}

/// The life of a shift.
pub const TABLE: Table<ShiftState, ShiftAct, ShiftWho> = {
    use ShiftAct::{Cancel, Decline, End, HandOver, Miss, Plan, Start, TakeOver};
    use ShiftState::{Cancelled, Ended, HandedOver, Missed, Offered, On, Planned};
    use ShiftWho::{Giver, OfferedTo, OnDuty};
    Table(&[
        step(None, Plan, Giver, Planned),
        step(Some(Planned), Start, OnDuty, On),
        step(Some(Planned), HandOver, OnDuty, Offered),
        step(Some(Planned), HandOver, Giver, Offered),
        step(Some(Planned), Miss, Giver, Missed),
        step(Some(Planned), Cancel, Giver, Cancelled),
        step(Some(Offered), TakeOver, OfferedTo, Planned),
        step(Some(Offered), Decline, OfferedTo, Planned),
        step(Some(Offered), Start, OnDuty, On),
        step(Some(Offered), HandOver, OnDuty, Offered),
        step(Some(Offered), HandOver, Giver, Offered),
        step(Some(Offered), Miss, Giver, Missed),
        step(Some(Offered), Cancel, Giver, Cancelled),
        step(Some(On), HandOver, OnDuty, HandedOver),
        step(Some(On), HandOver, Giver, HandedOver),
        step(Some(On), End, OnDuty, Ended),
        step(Some(On), End, Giver, Ended),
        step(Some(HandedOver), TakeOver, OfferedTo, On),
        step(Some(HandedOver), Decline, OfferedTo, On),
        step(Some(HandedOver), HandOver, OnDuty, HandedOver),
        step(Some(HandedOver), HandOver, Giver, HandedOver),
        step(Some(HandedOver), End, OnDuty, Ended),
        step(Some(HandedOver), End, Giver, Ended),
        step(Some(Missed), Start, OnDuty, On),
    ])
};

/// What is said when a shift is planned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewShift {
    /// The grid it lies in.
    pub grid: Id,
    /// The checkpoint or post.
    pub place: String,
    /// Whose shift it is.
    pub worker: Id,
    /// When it is to begin.
    pub starts: Timestamp,
    /// When it is to end: later, by two days at most.
    pub ends: Timestamp,
    /// What to do there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub duties: String,
}

impl Shift {
    /// The grid's feed; the feeds of those whose it is or may become; and the org's where the org planned it.
    pub fn feeds(&self) -> Vec<Feed> {
        let people = std::iter::once(&self.worker).chain(&self.handover_to).map(|member| Feed::member(*member));
        let org = self.from_org.then(|| Feed::org(self.org));
        std::iter::once(Feed::grid(self.grid)).chain(people).chain(org).collect()
    }

    /// The shift after `act` by the actor, with nothing else changed.
    fn after(self, act: ShiftAct, world: &dyn World, context: &Context<'_>) -> Result<Self, Refusal> {
        let is = |who| match who {
            ShiftWho::OnDuty => self.worker == context.actor,
            ShiftWho::OfferedTo => self.handover_to == Some(context.actor),
            ShiftWho::Giver => gives(self.org, self.grid, self.from_org, world, context),
        };
        let state = TABLE.step(Some(self.state), act, is).map_err(|refusal| personal(refusal, "shift"))?;
        Ok(Self { state, ..self })
    }
}

pub(super) fn plan(
    new: &NewShift,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    fresh(Kind::Shift, target, before)?;
    let org = place::open(world, new.grid)?.org;
    let from_org = from_org(new.grid, context);
    let state = TABLE
        .step(None, ShiftAct::Plan, |_| gives(org, new.grid, from_org, world, context))
        .map_err(|refusal| personal(refusal, "shift"))?;
    text::filled("place", &new.place, TITLE_CHARS_MAX)?;
    text::within("duties", &new.duties, NOTE_CHARS_MAX)?;
    open_member(world, new.worker)?;
    sane("starts", new.starts)?;
    sane("ends", new.ends)?;
    if !(1..=LENGTH_MS_MAX).contains(&new.ends.since(new.starts)) {
        return Err(out_of_range("ends"));
    }
    let shift = Shift {
        org,
        grid: new.grid,
        place: new.place.trim().to_owned(),
        worker: new.worker,
        starts: new.starts,
        ends: new.ends,
        state,
        author: context.actor,
        from_org,
        handover_to: None,
        handover_note: None,
        reliefs: Vec::new(),
        on_at: None,
        off_at: None,
        duties: some(&new.duties),
        note: None,
    };
    Ok(vec![Write::new(target.id, shift)])
}

pub(super) fn start(id: Id, before: Option<&Body>, world: &dyn World, context: &Context<'_>) -> Result<Writes, Refusal> {
    let shift = existing::<Shift>(before)?.after(ShiftAct::Start, world, context)?;
    Ok(vec![Write::new(id, Shift { on_at: Some(context.made), handover_to: None, ..shift })])
}

pub(super) fn hand_over(
    id: Id,
    to: Id,
    note: &str,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let shift = existing::<Shift>(before)?.after(ShiftAct::HandOver, world, context)?;
    text::within("note", note, NOTE_CHARS_MAX)?;
    text::list("reliefs", &shift.reliefs, RELIEFS_MAX - 1)?;
    open_member(world, to)?;
    if shift.worker == to {
        return Err(out_of_range("to"));
    }
    Ok(vec![Write::new(id, Shift { handover_to: Some(to), handover_note: some(note), ..shift })])
}

pub(super) fn take_over(id: Id, before: Option<&Body>, world: &dyn World, context: &Context<'_>) -> Result<Writes, Refusal> {
    let mut shift = existing::<Shift>(before)?.after(ShiftAct::TakeOver, world, context)?;
    let relief = Relief { from: shift.worker, to: context.actor, at: context.made, note: shift.handover_note.clone() };
    shift.reliefs.push(relief);
    Ok(vec![Write::new(id, Shift { worker: context.actor, handover_to: None, ..shift })])
}

pub(super) fn decline(
    id: Id,
    note: &str,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let shift = existing::<Shift>(before)?.after(ShiftAct::Decline, world, context)?;
    text::within("note", note, NOTE_CHARS_MAX)?;
    Ok(vec![Write::new(id, Shift { handover_to: None, note: some(note), ..shift })])
}

pub(super) fn end(
    id: Id,
    note: &str,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let shift = existing::<Shift>(before)?.after(ShiftAct::End, world, context)?;
    text::within("note", note, NOTE_CHARS_MAX)?;
    Ok(vec![Write::new(id, Shift { off_at: Some(context.made), handover_to: None, note: some(note), ..shift })])
}

pub(super) fn miss(
    id: Id,
    note: &str,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let shift = existing::<Shift>(before)?.after(ShiftAct::Miss, world, context)?;
    text::within("note", note, NOTE_CHARS_MAX)?;
    if context.now() < shift.ends {
        return Err(Refusal::new(Code::TooEarly).with("field", "ends"));
    }
    Ok(vec![Write::new(id, Shift { handover_to: None, note: some(note), ..shift })])
}

pub(super) fn cancel(
    id: Id,
    reason: &str,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let shift = existing::<Shift>(before)?.after(ShiftAct::Cancel, world, context)?;
    text::filled("reason", reason, NOTE_CHARS_MAX)?;
    Ok(vec![Write::new(id, Shift { handover_to: None, note: some(reason), ..shift })])
}

#[cfg(test)]
mod tests;
