//! What a member lets the app know about themselves: asked for by purpose, and taken back as easily as it is given.

use serde::{Deserialize, Serialize};

use crate::decide::{Context, Write, Writes, existing};
use crate::feed::Feed;
use crate::id::Id;
use crate::record::{Body, Key, Kind};
use crate::refusal::{Code, Refusal};
use crate::time::Timestamp;

/// What consent is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentPurpose {
    /// Where the phone is, once, when its holder does something that shows it.
    Location,
    /// Photos the holder takes or chooses.
    Photos,
    /// What the holder says into the phone.
    Voice,
}

impl ConsentPurpose {
    /// Every purpose.
    pub const ALL: [Self; 3] = [Self::Location, Self::Photos, Self::Voice];
}

/// A time during which consent stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentTerm {
    /// When it was given, at the latest.
    pub given: Timestamp,
    /// When it was taken back, at the latest; `None` while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Timestamp>,
}

/// One member's consent to one purpose, with every time it was given and taken back. Feeds: `member/<member>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Consent {
    /// Whose.
    pub member: Id,
    /// The org the member belonged to when it was first given.
    pub org: Id,
    /// To what.
    pub purpose: ConsentPurpose,
    /// The oldest first; at most [`TERMS_MAX`], of which the oldest are let go.
    pub terms: Vec<ConsentTerm>,
}

/// The most times that are kept.
pub const TERMS_MAX: usize = 50;

impl Consent {
    /// The id of the only consent of `member` to `purpose`.
    pub fn id(member: Id, purpose: ConsentPurpose) -> Id {
        Id::derived("consent", member, crate::states::snake(&purpose).as_bytes())
    }

    /// Whether it stands.
    pub fn stands(&self) -> bool {
        self.terms.last().is_some_and(|term| term.withdrawn.is_none())
    }

    /// The feeds it belongs to.
    pub fn feeds(&self) -> Vec<Feed> {
        vec![Feed::member(self.member)]
    }
}

/// Only the holder speaks for themselves: the record's id is derived from who acts.
fn addressed(purpose: ConsentPurpose, target: Key, context: &Context<'_>) -> Result<(), Refusal> {
    if target == Key::new(Kind::Consent, Consent::id(context.actor, purpose)) {
        return Ok(());
    }
    Err(Refusal::new(Code::NotYours).with("kind", "consent"))
}

pub(super) fn give(
    purpose: ConsentPurpose,
    target: Key,
    before: Option<&Body>,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    addressed(purpose, target, context)?;
    let now = context.now();
    let mut consent = if before.is_some() {
        existing(before)?
    } else {
        Consent { member: context.actor, org: context.member.org, purpose, terms: Vec::new() }
    };
    match consent.terms.last_mut() {
        // Given on two phones: what was done first counts.
        Some(ConsentTerm { given, withdrawn: None }) => *given = (*given).min(now),
        // A phone that was offline while another took it back: taking back is the later word.
        Some(ConsentTerm { withdrawn: Some(withdrawn), .. }) if context.made.latest < *withdrawn => {
            return Err(Refusal::new(Code::Conflict).with("field", "withdrawn"));
        }
        _ => {
            consent.terms.push(ConsentTerm { given: now, withdrawn: None });
            let over = consent.terms.len().saturating_sub(TERMS_MAX);
            consent.terms.drain(..over);
        }
    }
    Ok(vec![Write::new(target.id, consent)])
}

pub(super) fn withdraw(
    purpose: ConsentPurpose,
    target: Key,
    before: Option<&Body>,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    addressed(purpose, target, context)?;
    let mut consent: Consent = existing(before)?;
    let now = context.now();
    let term = consent.terms.last_mut().ok_or_else(|| Refusal::new(Code::Missing).with("kind", "consent"))?;
    // Never before it was given, however the clocks stood; taken back on two phones, it ended with the first.
    let ended = now.max(term.given);
    term.withdrawn = Some(term.withdrawn.map_or(ended, |first| first.min(ended)));
    Ok(vec![Write::new(target.id, consent)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::testing::{MemoryWorld, code, id};
    use crate::directory::Action;

    const PURPOSE: ConsentPurpose = ConsentPurpose::Location;

    fn act(world: &mut MemoryWorld, actor: u8, whose: u8, at: i64, given: bool) -> Result<Writes, Refusal> {
        let action = if given { Action::GiveConsent { purpose: PURPOSE } } else { Action::WithdrawConsent { purpose: PURPOSE } };
        let target = Key::new(Kind::Consent, Consent::id(id(whose), PURPOSE));
        world.act(id(actor), &[], at, target, crate::Action::Directory(action))
    }

    fn world() -> MemoryWorld {
        let mut world = MemoryWorld::tree();
        world.member(10, id(4));
        world.member(11, id(4));
        world
    }

    fn terms(world: &MemoryWorld) -> Vec<(i64, Option<i64>)> {
        let consent: Consent = world.read(Consent::id(id(10), PURPOSE));
        assert_eq!(consent.feeds(), [Feed::member(id(10))], "nobody else reads it");
        consent.terms.iter().map(|term| (term.given.millis(), term.withdrawn.map(Timestamp::millis))).collect()
    }

    #[test]
    fn consent_is_given_taken_back_and_given_again_with_every_time_kept() {
        let mut world = world();
        assert_eq!(code(act(&mut world, 10, 10, 5, false)), Code::Missing, "never given");
        act(&mut world, 10, 10, 10, true).expect("gives");
        act(&mut world, 10, 10, 20, false).expect("withdraws");
        act(&mut world, 10, 10, 30, true).expect("gives again");
        assert_eq!(terms(&world), [(10, Some(20)), (30, None)]);
        let consent: Consent = world.read(Consent::id(id(10), PURPOSE));
        assert!(consent.stands());
        for n in 0..2 * TERMS_MAX as i64 {
            act(&mut world, 10, 10, 100 + 2 * n, false).expect("withdraws");
            act(&mut world, 10, 10, 101 + 2 * n, true).expect("gives");
        }
        assert_eq!(terms(&world).len(), TERMS_MAX);
        assert_eq!(terms(&world).last().map(|term| term.1), Some(None));
    }

    #[test]
    fn taking_back_is_the_last_word_in_whatever_order_two_phones_are_heard() {
        let mut world = world();
        act(&mut world, 10, 10, 10, true).expect("gives");
        act(&mut world, 10, 10, 8, true).expect("gave before, on another phone");
        act(&mut world, 10, 10, 40, false).expect("withdraws");
        act(&mut world, 10, 10, 35, false).expect("withdrew before, on another phone");
        assert_eq!(terms(&world), [(8, Some(35))]);
        assert_eq!(code(act(&mut world, 10, 10, 20, true)), Code::Conflict, "given while the other had it taken back");
        assert_eq!(terms(&world), [(8, Some(35))]);
        // However the clocks stood: what is taken back does not stand.
        act(&mut world, 10, 10, 50, true).expect("gives");
        act(&mut world, 10, 10, 45, false).expect("withdraws");
        assert_eq!(terms(&world), [(8, Some(35)), (50, Some(50))]);
    }

    #[test]
    fn nobody_consents_for_another() {
        let mut world = world();
        assert_eq!(code(act(&mut world, 11, 10, 1, true)), Code::NotYours);
        act(&mut world, 10, 10, 2, true).expect("gives");
        assert_eq!(code(act(&mut world, 11, 10, 3, false)), Code::NotYours);
    }
}
