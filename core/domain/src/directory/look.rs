//! Looking at a person's page, which leaves a mark that the person can read.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Member;
use crate::access;
use crate::decide::{Context, World, Write, Writes, existing, read};
use crate::feed::Feed;
use crate::id::Id;
use crate::record::{Body, Key, Kind};
use crate::refusal::{Code, Refusal};
use crate::text::{self, TITLE_CHARS_MAX};
use crate::time::Timestamp;

/// The most purposes that are told apart within one person's looks at another in one day.
pub const PURPOSES_MAX: usize = 8;

/// One member's having looked at another's page on one day. Feeds: `member/<subject>`, `org/<org>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// Whose page.
    pub subject: Id,
    /// The subject's org at the time.
    pub org: Id,
    /// Who looked.
    pub viewer: Id,
    /// Their name at the time: the subject's phone may not know them.
    pub viewer_name: String,
    /// The viewer's org at the time.
    pub viewer_org: Id,
    /// When they first looked on that day, at the latest.
    pub at: Timestamp,
    /// What for, in the order in which it was said.
    pub purposes: Vec<String>,
}

impl Look {
    /// The id of the only look that `viewer` can leave at `subject` on `day`, as the calendar in China counts days.
    pub fn id(subject: Id, viewer: Id, day: NaiveDate) -> Id {
        let mut other = viewer.bytes().to_vec();
        other.extend_from_slice(day.to_string().as_bytes());
        Id::derived("look", subject, &other)
    }

    /// The feeds it belongs to.
    pub fn feeds(&self) -> Vec<Feed> {
        vec![Feed::member(self.subject), Feed::org(self.org)]
    }
}

pub(super) fn note(
    subject: Id,
    purpose: &str,
    day: NaiveDate,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    if target != Key::new(Kind::Look, Look::id(subject, context.actor, day)) {
        return Err(Refusal::new(Code::WrongKind).with("kind", "look"));
    }
    text::filled("purpose", purpose, TITLE_CHARS_MAX)?;
    if subject == context.actor {
        return Err(Refusal::new(Code::OutOfRange).with("field", "subject"));
    }
    let member: Member = read(world, subject)?;
    // Whoever cannot have seen the page has not looked at it: nobody is accused of, or thanked for, what they did not do.
    let reads = access::feeds(context.actor, context.member, context.appointments, world);
    if !member.feeds(subject).iter().any(|feed| reads.contains(feed)) {
        return Err(Refusal::new(Code::NotAMember).with("kind", "member"));
    }
    let now = context.now();
    let mut look = if before.is_some() {
        existing(before)?
    } else {
        Look {
            subject,
            org: member.org,
            viewer: context.actor,
            viewer_name: context.member.name.clone(),
            viewer_org: context.member.org,
            at: now,
            purposes: Vec::new(),
        }
    };
    // Commands of a viewer's two phones arrive in any order.
    look.at = look.at.min(now);
    let purpose = purpose.trim();
    if !look.purposes.iter().any(|said| said == purpose) {
        look.purposes.push(purpose.to_owned());
        text::list("purpose", &look.purposes, PURPOSES_MAX)?;
    }
    Ok(vec![Write::new(target.id, look)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::testing::{MemoryWorld, code, id};
    use crate::directory::{Action, Org, OrgKind, Role};

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, n).expect("a date")
    }

    /// 10 and 11 belong to the branch 4, 12 to its sister branch 5.
    fn world() -> MemoryWorld {
        let mut world = MemoryWorld::tree();
        world.put(id(5), Org { parent: Some(id(3)), kind: OrgKind::Branch, name: "org 5".into(), ..Org::default() });
        world.member(10, id(4));
        world.member(11, id(4));
        world.member(12, id(5));
        world
    }

    fn look(world: &mut MemoryWorld, viewer: u8, subject: u8, at: i64, purpose: &str) -> Result<Writes, Refusal> {
        let action = Action::NoteLook { subject: id(subject), purpose: purpose.into(), day: day(24) };
        let target = Key::new(Kind::Look, Look::id(id(subject), id(viewer), day(24)));
        world.act(id(viewer), &[], at, target, crate::Action::Directory(action))
    }

    fn noted(world: &MemoryWorld, viewer: u8, subject: u8) -> Look {
        world.read(Look::id(id(subject), id(viewer), day(24)))
    }

    #[test]
    fn looks_of_one_day_are_one_record_that_the_subject_can_read() {
        let mut world = world();
        look(&mut world, 11, 10, 50, "核对电话").expect("is noted");
        look(&mut world, 11, 10, 40, " 换届 ").expect("is noted");
        look(&mut world, 11, 10, 60, "核对电话").expect("is noted");
        let found = noted(&world, 11, 10);
        assert_eq!((found.at.millis(), found.purposes.as_slice()), (40, ["核对电话".to_owned(), "换届".to_owned()].as_slice()));
        assert_eq!(found.viewer_name, "member 11");
        assert_eq!(found.feeds(), [Feed::member(id(10)), Feed::org(id(4))]);
        assert_ne!(Look::id(id(10), id(11), day(24)), Look::id(id(10), id(11), day(25)), "the next day is another");
    }

    #[test]
    fn only_who_can_have_looked_did_and_says_what_for() {
        let mut world = world();
        assert_eq!(code(look(&mut world, 12, 10, 1, "好奇")), Code::NotAMember, "of another branch");
        assert_eq!(code(look(&mut world, 10, 10, 1, "自己")), Code::OutOfRange);
        assert_eq!(code(look(&mut world, 11, 10, 1, "  ")), Code::Empty);
        assert_eq!(code(look(&mut world, 11, 10, 1, &"长".repeat(TITLE_CHARS_MAX + 1))), Code::TooLong);
        for n in 0..PURPOSES_MAX {
            look(&mut world, 11, 10, 1, &n.to_string()).expect("is noted");
        }
        assert_eq!(code(look(&mut world, 11, 10, 1, "one more")), Code::TooLong);
        // Whoever works for an org reads its people's pages.
        let action = Action::NoteLook { subject: id(10), purpose: "走访".into(), day: day(24) };
        let target = Key::new(Kind::Look, Look::id(id(10), id(12), day(24)));
        world.act(id(12), &[(Role::Leader, id(4))], 1, target, crate::Action::Directory(action.clone())).expect("is noted");
        let another = Key::new(Kind::Look, Look::id(id(10), id(11), day(24)));
        let forged = world.act(id(12), &[(Role::Leader, id(4))], 1, another, crate::Action::Directory(action));
        assert_eq!(code(forged), Code::WrongKind, "in another's name");
    }
}
