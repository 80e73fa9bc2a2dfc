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
