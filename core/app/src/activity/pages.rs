//! An activity and a log, opened, with what the holder may do with them.

use haitang_domain::activity::{Action, Activity, ActivityState, CheckIn, Log, LogContent, LogState, Plan, Template};
use haitang_domain::directory::Member;
use haitang_domain::{Action as Any, Code, Id, Kind};
use haitang_store::Found;
use serde::Serialize;

use super::screens::template_item;
use super::{ActivityItem, Attendee, TemplateItem};
use crate::directory::MemberItem;
use crate::error::AppError;
use crate::may::{SOME_TEXT, is_mendable};
use crate::phone::Phone;

/// People shown as expected at one activity.
const EXPECTED: u32 = 200;
/// Logs of one activity that are looked through.
const LOGS: u32 = 20;

/// What the holder may do with an activity now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is one button")]
pub struct ActivityMay {
    /// Change it.
    pub replan: bool,
    /// Call it off.
    pub cancel: bool,
    /// Let people check in, where they cannot yet.
    pub open_check_in: bool,
    /// End checking in, where they can.
    pub close_check_in: bool,
    /// Show the code that people scan.
    pub show_code: bool,
    /// Enter somebody without a phone.
    pub check_in_for: bool,
    /// Record it, once it is held: false where this phone knows of a log already.
    pub log: bool,
}

/// An activity, opened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActivityPage {
    /// What the calendar says of it.
    pub item: ActivityItem,
    /// Whose it is.
    pub org: Id,
    /// The name of that org.
    pub org_name: String,
    /// The form its log will have.
    pub template: Option<Id>,
    /// The name of who holds it.
    pub host_name: String,
    /// Whether the whole org is expected.
    pub whole_org: bool,
    /// Who is expected, by name, as far as this phone knows them; at most 200. Where nobody is named, the org's members.
    pub expected: Vec<MemberItem>,
    /// Who is present.
    pub attendees: Vec<Attendee>,
    /// The log that records it, where this phone knows one.
    pub log: Option<Id>,
    /// Why it was called off; empty where it was not.
    pub cancelled_reason: String,
    /// What the holder may do with it.
    pub may: ActivityMay,
}

/// What the holder may do with a log now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is one button")]
pub struct LogMay {
    /// Write on.
    pub edit: bool,
    /// Hand it in, once all that is asked for is filled in.
    pub submit: bool,
    /// Take it back.
    pub recall: bool,
    /// Approve it.
    pub approve: bool,
    /// Send it back.
    pub return_it: bool,
}

/// A log, opened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LogPage {
    /// The log.
    pub id: Id,
    /// All about it.
    pub log: Log,
    /// The name of the org whose life it records.
    pub org_name: String,
    /// The name of who wrote it.
    pub author_name: String,
    /// The name of who decided last.
    pub decided_by_name: Option<String>,
    /// The names of those who were there, in order of names.
    pub attendance_names: Vec<String>,
    /// The form it follows.
    pub template: Option<TemplateItem>,
    /// What the holder may do with it.
    pub may: LogMay,
    /// Whether a step of it waits to be sent.
    pub pending: bool,
}

impl Phone {
    /// One activity.
    pub fn activity(&self, id: Id) -> Result<ActivityPage, AppError> {
        let found: Found<Activity> = self.find(id)?;
        let activity = found.body.clone();
        let logs = self.store().logs_of(id, LOGS)?;
        let rank = |log: &Log| match log.state {
            LogState::Approved => 0,
            LogState::Submitted => 1,
            LogState::Returned => 2,
            LogState::Draft => 3,
        };
        let log = logs.into_iter().min_by_key(|found| rank(&found.body)).map(|found| found.id);
        Ok(ActivityPage {
            may: self.activity_may(id, &activity, log.is_some())?,
            item: self.activity_item(self.me()?, found)?,
            org: activity.org,
            org_name: self.org_name(activity.org)?,
            template: activity.template,
            host_name: self.name_of(activity.host)?,
            whole_org: activity.expected.is_empty(),
            expected: self.expected(&activity)?,
            attendees: self.attendees(id)?,
            log,
            cancelled_reason: activity.reason,
        })
    }

    fn expected(&self, activity: &Activity) -> Result<Vec<MemberItem>, AppError> {
        let found = if activity.expected.is_empty() {
            self.store().members(activity.org, None, EXPECTED)?
        } else {
            let mut found = vec![];
            for member in activity.expected.iter().take(EXPECTED as usize) {
                found.extend(self.store().find::<Member>(*member)?);
            }
            found.sort_by(|one, other| (&one.body.name, one.id).cmp(&(&other.body.name, other.id)));
            found
        };
        found.into_iter().map(|found| self.member_item(found)).collect()
    }

    fn activity_may(&self, id: Id, activity: &Activity, is_logged: bool) -> Result<ActivityMay, AppError> {
        let plan = Plan {
            org: activity.org,
            template: activity.template,
            kind: activity.kind,
            title: activity.title.clone(),
            place: activity.place.clone(),
            starts: activity.starts,
            ends: activity.ends,
            host: activity.host,
            expected: activity.expected.clone(),
        };
        let actions =
            [Action::Replan(plan), Action::Cancel { reason: SOME_TEXT.to_owned() }, Action::OpenCheckIn, Action::CloseCheckIn];
        let [replan, cancel, open, close] = self.may_each(Kind::Activity, id, actions.map(Any::Activity))?;
        // Somebody who is not there yet: whoever it will be.
        let somebody = self.new_id();
        let enter = Any::Activity(Action::CheckInFor { activity: id, member: somebody });
        let held = activity.state != ActivityState::Cancelled;
        Ok(ActivityMay {
            replan,
            cancel,
            open_check_in: open && !activity.check_in_open,
            close_check_in: close && activity.check_in_open,
            show_code: held && activity.check_in_open && activity.host == self.me()?,
            check_in_for: self.may(Kind::CheckIn, CheckIn::id(id, somebody), enter)?,
            log: held && !is_logged && self.may_log(id, activity)?,
        })
    }

    fn may_log(&self, id: Id, activity: &Activity) -> Result<bool, AppError> {
        let content = LogContent {
            activity: Some(id),
            template: activity.template,
            kind: activity.kind,
            title: activity.title.clone(),
            held: activity.starts,
            attendance: [].into(),
            fields: [].into(),
            files: vec![],
            late_reason: String::new(),
        };
        let org = activity.org;
        let actions = [Action::SaveDraft { org, content: content.clone() }, Action::SubmitLog { org, content }];
        let [draft, submit] = self.refusals(Kind::Log, self.new_id(), actions.map(Any::Activity))?;
        // What is still to be filled in is no matter yet; that it has not been held is.
        Ok(draft.is_none() && submit.is_none_or(|refusal| refusal.code != Code::TooEarly))
    }

    /// One log with all that its screen shows.
    pub fn log_page(&self, id: Id) -> Result<LogPage, AppError> {
        let Found { body: log, pending, .. } = self.find::<Log>(id)?;
        let (org, content) = (log.org, log.content.clone());
        let template = content.template.map(|id| self.store().find::<Template>(id)).transpose()?.flatten();
        let mut names = content.attendance.iter().map(|member| self.name_of(*member)).collect::<Result<Vec<_>, _>>()?;
        names.sort_unstable();
        let actions = [
            Action::SaveDraft { org, content: content.clone() },
            Action::SubmitLog { org, content },
            Action::RecallLog,
            Action::ApproveLog,
            Action::ReturnLog { reason: SOME_TEXT.to_owned() },
        ];
        let [edit, submit, recall, approve, return_it] = self.refusals(Kind::Log, id, actions.map(Any::Activity))?;
        Ok(LogPage {
            id,
            org_name: self.org_name(org)?,
            author_name: self.name_of(log.author)?,
            decided_by_name: log.decided_by.map(|member| self.name_of(member)).transpose()?,
            attendance_names: names,
            template: template.map(template_item),
            may: LogMay {
                edit: edit.is_none(),
                submit: submit.is_none_or(|refusal| is_mendable(&refusal)),
                recall: recall.is_none(),
                approve: approve.is_none(),
                return_it: return_it.is_none(),
            },
            pending,
            log,
        })
    }
}
