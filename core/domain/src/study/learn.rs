//! Reading and reviewing.

use std::collections::BTreeSet;

use super::{Learning, Rating, Review, Study, schedule};
use crate::decide::{Context, World, Write, Writes, existing, read};
use crate::directory::Org;
use crate::id::Id;
use crate::record::{Body, Key, Kind, Typed};
use crate::refusal::{Code, Refusal};
use crate::time::Zone;

/// The study, which the actor must have received.
fn received(study: Id, world: &dyn World, context: &Context<'_>) -> Result<Study, Refusal> {
    let study: Study = read(world, study)?;
    if !context.receives(study.org, world) {
        return Err(Refusal::new(Code::NotAMember).with("kind", "study"));
    }
    if context.made.latest < study.from {
        return Err(Refusal::new(Code::TooEarly).with("field", "from"));
    }
    Ok(study)
}

fn addressed(target: Key, kind: Kind, id: Id) -> Result<(), Refusal> {
    if target == Key::new(kind, id) { Ok(()) } else { Err(Refusal::new(Code::WrongKind).with("kind", kind.name())) }
}

pub(super) fn read_section(
    study_id: Id,
    section: u16,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    addressed(target, Kind::Learning, Learning::id(study_id, context.actor))?;
    let study = received(study_id, world, context)?;
    if usize::from(section) >= study.sections.len() {
        return Err(Refusal::new(Code::OutOfRange).with("field", "section"));
    }
    let now = context.now();
    let mut learning = if before.is_some() {
        existing(before)?
    } else {
        let (member, org) = (context.actor, context.member.org);
        Learning { study: study_id, member, org, read: BTreeSet::new(), started: now, finished: None }
    };
    // Commands of a member's two phones arrive in any order.
    learning.started = learning.started.min(now);
    learning.read.insert(section);
    if learning.read.len() == study.sections.len() {
        learning.finished.get_or_insert(now);
    }
    Ok(vec![Write::new(target.id, learning)])
}

pub(super) fn rate(
    study_id: Id,
    item: u16,
    rating: Rating,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    addressed(target, Kind::Review, Review::id(study_id, context.actor, item))?;
    let study = received(study_id, world, context)?;
    if usize::from(item) >= study.items.len() {
        return Err(Refusal::new(Code::OutOfRange).with("field", "item"));
    }
    let earlier: Option<Review> = before.map(|body| existing(Some(body))).transpose()?;
    let zone = world.get(Key::new(Kind::Org, context.member.org)).and_then(Org::of).map_or(Zone::CHINA, |org| org.zone);
    let now = context.now();
    let plan = schedule::rated(earlier.as_ref(), now, zone, rating)
        .ok_or_else(|| Refusal::new(Code::OutOfRange).with("field", "rating"))?;
    // A review that arrives after a later one counts as done together with it: nothing becomes due in the past.
    let last = earlier.as_ref().map_or(now, |review| review.last.max(now));
    let forgotten = rating == Rating::Again && earlier.is_some();
    let review = Review {
        study: study_id,
        item,
        member: context.actor,
        org: earlier.as_ref().map_or(context.member.org, |review| review.org),
        stability: plan.stability,
        difficulty: plan.difficulty,
        last,
        due: last.plus_millis(plan.interval_ms),
        reps: earlier.as_ref().map_or(0, |review| review.reps).saturating_add(1),
        lapses: earlier.as_ref().map_or(0, |review| review.lapses).saturating_add(u32::from(forgotten)),
    };
    Ok(vec![Write::new(target.id, review)])
}
