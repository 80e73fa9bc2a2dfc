//! What the activity screens show: one query each.

use haitang_domain::activity::{Activity, ActivityKind, ActivityState, CheckIn, Flag, Log, LogState, Means, Template};
use haitang_domain::{Id, Timestamp};
use haitang_store::Found;
use serde::Serialize;

use crate::directory::PAGE;
use crate::error::AppError;
use crate::phone::Phone;

/// Activities of one month, for which 200 are many.
const CALENDAR: u32 = 200;

/// A line of the calendar.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActivityItem {
    /// The activity.
    pub id: Id,
    /// Its sort.
    pub kind: ActivityKind,
    /// What it is about.
    pub title: String,
    /// Where.
    pub place: String,
    /// It begins.
    pub starts: Timestamp,
    /// It ends.
    pub ends: Timestamp,
    /// Where it stands.
    pub state: ActivityState,
    /// Who holds it.
    pub host: Id,
    /// Whether people can check in.
    pub check_in_open: bool,
    /// How many are present, as far as this phone knows.
    pub present: u32,
    /// Whether this phone's holder is.
    pub i_am_present: bool,
    /// Whether something in it waits to be sent.
    pub pending: bool,
}

/// Someone who is present.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attendee {
    /// The check-in.
    pub id: Id,
    /// Who.
    pub member: Id,
    /// Their name, where this phone knows it.
    pub name: String,
    /// How it was established.
    pub means: Means,
    /// When, at the latest.
    pub made: Timestamp,
    /// What a reviewer should look at.
    pub flags: Vec<Flag>,
    /// Whether it waits to be sent.
    pub pending: bool,
}

/// A form that can be chosen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TemplateItem {
    /// The template.
    pub id: Id,
    /// The sort of activity it is for.
    pub kind: ActivityKind,
    /// Its name.
    pub title: String,
    /// Its fields: name, what is asked, whether it must be filled in.
    pub fields: Vec<haitang_domain::activity::Field>,
}

/// A line of a list of logs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LogItem {
    /// The log.
    pub id: Id,
    /// The sort of activity.
    pub kind: ActivityKind,
    /// What it was about.
    pub title: String,
    /// When it was held.
    pub held: Timestamp,
    /// Who wrote it: their name, where this phone knows it.
    pub author: String,
    /// Where it stands.
    pub state: LogState,
    /// Why it was returned.
    pub reason: String,
    /// Whether a step of it waits to be sent.
    pub pending: bool,
}

pub(super) fn template_item(found: Found<Template>) -> TemplateItem {
    TemplateItem { id: found.id, kind: found.body.kind, title: found.body.name, fields: found.body.fields }
}

impl Phone {
    /// Activities of the orgs the member belongs to or is appointed in, the newest first: at most 50, from after the one that the
    /// page before ended with.
    pub fn activities(&self, after: Option<Id>) -> Result<Vec<ActivityItem>, AppError> {
        let me = self.me()?;
        let found = self.store().activities(&self.my_orgs()?, after, PAGE)?;
        found.into_iter().map(|found| self.activity_item(me, found)).collect()
    }

    /// Activities of the same orgs that begin at `from` or later and before `to`, the first to begin first: at most 200.
    pub fn calendar(&self, from: Timestamp, to: Timestamp) -> Result<Vec<ActivityItem>, AppError> {
        let me = self.me()?;
        let found = self.store().activities_between(&self.my_orgs()?, from, to, CALENDAR)?;
        found.into_iter().map(|found| self.activity_item(me, found)).collect()
    }

    pub(crate) fn activity_item(&self, me: Id, found: Found<Activity>) -> Result<ActivityItem, AppError> {
        let Activity { kind, title, place, starts, ends, state, host, check_in_open, .. } = found.body;
        Ok(ActivityItem {
            id: found.id,
            kind,
            title,
            place,
            starts,
            ends,
            state,
            host,
            check_in_open,
            present: self.store().present(found.id)?,
            i_am_present: self.store().read::<CheckIn>(CheckIn::id(found.id, me))?.is_some(),
            pending: found.pending,
        })
    }

    /// Who is present at an activity.
    pub fn attendees(&self, activity: Id) -> Result<Vec<Attendee>, AppError> {
        let attendee = |found: Found<CheckIn>| {
            Ok(Attendee {
                id: found.id,
                member: found.body.member,
                name: self.name_of(found.body.member)?,
                means: found.body.means,
                made: found.body.made.latest,
                flags: found.body.flags.into_iter().collect(),
                pending: found.pending,
            })
        };
        self.store().check_ins(activity)?.into_iter().map(attendee).collect()
    }

    /// The forms that are offered.
    pub fn templates(&self) -> Result<Vec<TemplateItem>, AppError> {
        Ok(self.store().templates()?.into_iter().map(template_item).collect())
    }

    /// The member's own logs, the newest first: at most 50, from after the one that the page before ended with.
    pub fn logs(&self, after: Option<Id>) -> Result<Vec<LogItem>, AppError> {
        self.log_items(self.store().my_logs(self.me()?, after, PAGE)?)
    }

    /// What waits for this member's decision, what has waited longest first: at most 50, from after the one that the page before
    /// ended with.
    pub fn approvals(&self, after: Option<Id>) -> Result<Vec<LogItem>, AppError> {
        self.log_items(self.store().waiting_logs(&self.deciding_in()?, after, PAGE)?)
    }

    /// One log.
    pub fn log(&self, log: Id) -> Result<Log, AppError> {
        self.read(log)
    }

    fn log_items(&self, found: Vec<Found<Log>>) -> Result<Vec<LogItem>, AppError> {
        let item = |found: Found<Log>| {
            Ok(LogItem {
                id: found.id,
                kind: found.body.content.kind,
                title: found.body.content.title,
                held: found.body.content.held,
                author: self.name_of(found.body.author)?,
                state: found.body.state,
                reason: found.body.reason,
                pending: found.pending,
            })
        };
        found.into_iter().map(item).collect()
    }
}
