//! The first screen: what is there to do today, in one call.

use haitang_domain::activity::{Activity, ActivityState};
use haitang_domain::directory::{Member, Role};
use haitang_domain::task::{Shift, ShiftState};
use haitang_domain::time::DAY_MS;
use haitang_domain::{Timestamp, Zone};
use haitang_store::Found;
use haitang_store::home::Holder;
use serde::Serialize;

use crate::activity::ActivityItem;
use crate::error::AppError;
use crate::outbox::OutboxStatus;
use crate::phone::Phone;
use crate::task::{ShiftItem, TaskItem};

/// Tasks on the first screen.
const TASKS: u32 = 5;
/// Activities and shifts that are looked through.
const LOOKED_AT: u32 = 50;
/// Activities of later days.
const NEXT: usize = 3;
/// The longest shift: one that began so long ago may still be under way.
const SHIFT_MS: i64 = 2 * DAY_MS;

/// What the first screen shows. Counts end at 100, which stands for more than 99.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HomePage {
    /// The holder's name.
    pub name: String,
    /// The name of their org; empty until the first sync has brought it.
    pub org: String,
    /// What is not yet on the server.
    pub outbox: OutboxStatus,
    /// The first of today's tasks, what is late first; at most 5.
    pub tasks: Vec<TaskItem>,
    /// Tasks due by the end of today, what is late included.
    pub tasks_due: u32,
    /// Tasks that should be done already.
    pub tasks_late: u32,
    /// Activities that are today, under way or open for checking in, and the next 3; the first to begin first.
    pub activities: Vec<ActivityItem>,
    /// The holder's shifts that touch today and are not over.
    pub shifts: Vec<ShiftItem>,
    /// Tasks and shifts offered to the holder, and transfers offered to the orgs they decide for.
    pub offers: u32,
    /// Logs that wait for the holder's decision.
    pub approvals: u32,
    /// The holder's logs that were sent back.
    pub returned_logs: u32,
    /// Notices not read.
    pub notices_unread: u32,
    /// Notices that ask to be confirmed and are not.
    pub notices_to_confirm: u32,
    /// Studies not finished.
    pub studies_open: u32,
    /// Items to be remembered again, or for the first time.
    pub reviews_due: u32,
    /// Papers that can be answered and are not.
    pub papers_open: u32,
    /// The phone's best guess at the time.
    pub now: Timestamp,
    /// Whether the clock that the phone shows is minutes away from that.
    pub clock_wrong: bool,
    /// As what the holder is appointed, each role once.
    pub roles: Vec<Role>,
    /// Whether no sync was ever whole: what is missing may still come.
    pub first_sync: bool,
}

impl Phone {
    /// The first screen. Works before the first sync too.
    pub fn home(&self) -> Result<HomePage, AppError> {
        let (me, outbox) = (self.me()?, self.outbox_status()?);
        let member = self.store().read::<Member>(me)?;
        if member.is_some() {
            self.carry_on_routines()?;
        }
        let now = self.now();
        let zone = Zone::CHINA;
        let day = zone.start_of(zone.date(now));
        let day_end = day.plus_millis(DAY_MS);
        let held: Vec<_> = self.my_appointments()?.into_iter().map(|found| found.body).collect();
        let orgs = match &member {
            Some(member) => crate::directory::orgs_of(member, &held),
            None => vec![],
        };
        let deciding = crate::directory::deciding(&held);
        let grids: Vec<_> = held.iter().filter_map(|held| held.grid).collect();
        let mut roles: Vec<Role> = vec![];
        for held in &held {
            if !roles.contains(&held.role) {
                roles.push(held.role);
            }
        }
        let of = Holder { member: me, held: &held, orgs: &orgs, deciding: &deciding, grids: &grids, now, day_end };
        let counts = self.store().counts(&of)?;
        let tasks = self.store().day_list(me, &grids, day_end, TASKS)?;
        let tasks = tasks.into_iter().map(|found| self.task_item(me, found)).collect::<Result<_, _>>()?;
        Ok(HomePage {
            name: member.as_ref().map_or_else(|| self.identity().map(|known| known.name), |member| Ok(member.name.clone()))?,
            org: member.map(|member| self.org_name(member.org)).transpose()?.unwrap_or_default(),
            first_sync: !outbox.synced,
            outbox,
            tasks,
            tasks_due: counts.tasks_due,
            tasks_late: counts.tasks_late,
            activities: self.home_activities(&of, day)?,
            shifts: self.home_shifts(&of, day)?,
            offers: counts.offers,
            approvals: counts.approvals,
            returned_logs: counts.returned_logs,
            notices_unread: counts.notices_unread,
            notices_to_confirm: counts.notices_to_confirm,
            studies_open: counts.studies_open,
            reviews_due: counts.reviews_due,
            papers_open: counts.papers_open,
            clock_wrong: self.is_clock_wrong(),
            now,
            roles,
        })
    }

    fn home_activities(&self, of: &Holder<'_>, day: Timestamp) -> Result<Vec<ActivityItem>, AppError> {
        let from = day.plus_millis(-DAY_MS);
        let found = self.store().activities_between(of.orgs, from, Timestamp::from_millis(i64::MAX), LOOKED_AT)?;
        let mut next = 0;
        let shown = |found: &Found<Activity>| {
            let activity = &found.body;
            if activity.state == ActivityState::Cancelled {
                return false;
            }
            if activity.starts < of.day_end {
                return activity.starts >= day || activity.ends > of.now || activity.check_in_open;
            }
            next += 1;
            next <= NEXT
        };
        found.into_iter().filter(shown).map(|found| self.activity_item(of.member, found)).collect()
    }

    fn home_shifts(&self, of: &Holder<'_>, day: Timestamp) -> Result<Vec<ShiftItem>, AppError> {
        let found = self.store().shifts(of.member, day.plus_millis(-SHIFT_MS), LOOKED_AT)?;
        let shown = |found: &Found<Shift>| {
            let (shift, over) = (&found.body, [ShiftState::Ended, ShiftState::Cancelled].contains(&found.body.state));
            !over && shift.worker == of.member && shift.starts < of.day_end && shift.ends > day
        };
        found.into_iter().filter(shown).map(|found| self.shift_item(of.member, found)).collect()
    }
}

#[cfg(test)]
mod tests;
