//! What the directory's screens show.

use haitang_domain::directory::{Appointment, Member, Org, OrgKind, Role, TransferState};
use haitang_domain::{Id, Timestamp};
use haitang_store::Found;
use serde::Serialize;

use super::{PAGE, deciding, orgs_of};
use crate::error::AppError;
use crate::phone::Phone;

/// Who this phone belongs to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Me {
    /// The member.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// The name of their org.
    pub org: String,
    /// Their org.
    pub org_id: Id,
    /// What they are appointed as, now.
    pub appointments: Vec<AppointmentItem>,
}

/// One appointment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AppointmentItem {
    /// The appointment.
    pub id: Id,
    /// As what.
    pub role: Role,
    /// The role's code, for looking up its word.
    #[serde(skip)]
    pub role_code: String,
    /// Where.
    pub org_id: Id,
    /// The name of that org.
    pub org: String,
    /// The grid, for a grid worker.
    pub grid: Option<Id>,
    /// The end of the term.
    pub until: Option<Timestamp>,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MemberItem {
    /// The member.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// The name of their org.
    pub org: String,
    /// Their telephone number, where they gave one.
    pub phone: Option<String>,
}

/// An org.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrgItem {
    /// The org.
    pub id: Id,
    /// What it is.
    pub kind: OrgKind,
    /// Its name.
    pub name: String,
}

/// A transfer under way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TransferItem {
    /// The transfer.
    pub id: Id,
    /// Who moves.
    pub member: Id,
    /// Their name, where this phone knows it.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: TransferState,
}

pub(crate) fn org_item(found: Found<Org>) -> OrgItem {
    OrgItem { id: found.id, kind: found.body.kind, name: found.body.name }
}

impl Phone {
    /// Who this phone belongs to, and what they are appointed as.
    pub fn whoami(&self) -> Result<Me, AppError> {
        let (id, member) = (self.me()?, self.my_record()?);
        let held = self.my_appointments()?;
        let appointments = held.into_iter().map(|found| self.appointment_item(found)).collect::<Result<_, _>>()?;
        Ok(Me { id, name: member.name, org: self.org_name(member.org)?, org_id: member.org, appointments })
    }

    /// Members of the member's own org, by name: at most 50, from after the one that the page before ended with.
    pub fn members(&self, after: Option<Id>) -> Result<Vec<MemberItem>, AppError> {
        self.members_of(self.my_org()?, after)
    }

    /// Members of an org, as far as this phone knows them, by name: at most 50, from after the one that the page before ended with.
    pub fn members_of(&self, org: Id, after: Option<Id>) -> Result<Vec<MemberItem>, AppError> {
        let found = self.store().members(org, after, PAGE)?;
        found.into_iter().map(|found| self.member_item(found)).collect()
    }

    pub(crate) fn appointment_item(&self, found: Found<Appointment>) -> Result<AppointmentItem, AppError> {
        Ok(AppointmentItem {
            id: found.id,
            role: found.body.role,
            role_code: haitang_domain::states::snake(&found.body.role),
            org_id: found.body.org,
            org: self.org_name(found.body.org)?,
            grid: found.body.grid,
            until: found.body.until,
        })
    }

    pub(crate) fn member_item(&self, found: Found<Member>) -> Result<MemberItem, AppError> {
        let org = self.org_name(found.body.org)?;
        Ok(MemberItem { id: found.id, name: found.body.name, org, phone: found.body.phone })
    }

    /// Orgs directly below `org`.
    pub fn orgs_below(&self, org: Id) -> Result<Vec<OrgItem>, AppError> {
        Ok(self.store().orgs_below(org, PAGE)?.into_iter().map(org_item).collect())
    }

    /// Transfers that wait for an answer by an org this member decides for.
    pub fn transfers(&self) -> Result<Vec<TransferItem>, AppError> {
        let mut items = vec![];
        for org in self.deciding_in()? {
            for found in self.store().transfers_to(org)? {
                let name = self.name_of(found.body.member)?;
                let (member, reason, state) = (found.body.member, found.body.reason, found.body.state);
                items.push(TransferItem { id: found.id, member, name, reason, state });
            }
        }
        Ok(items)
    }

    /// The name of a member, or a short form of the id where this phone does not hold the member.
    pub(crate) fn name_of(&self, member: Id) -> Result<String, AppError> {
        Ok(self.store().read::<Member>(member)?.map_or_else(|| member.short(), |member| member.name))
    }

    /// The name of an org, or a short form of the id where this phone does not hold the org.
    pub(crate) fn org_name(&self, org: Id) -> Result<String, AppError> {
        Ok(self.store().read::<Org>(org)?.map_or_else(|| org.short(), |org| org.name))
    }

    pub(crate) fn my_appointments(&self) -> Result<Vec<Found<Appointment>>, AppError> {
        let now = self.now();
        let mut held = self.store().appointments_of(self.me()?)?;
        held.retain(|found| found.body.in_force(now));
        Ok(held)
    }

    /// What the member is appointed as, now, without where it is kept.
    pub(crate) fn my_bodies(&self) -> Result<Vec<Appointment>, AppError> {
        Ok(self.my_appointments()?.into_iter().map(|found| found.body).collect())
    }

    /// The orgs that are the member's: their own and those they hold an appointment in.
    pub(crate) fn my_orgs(&self) -> Result<Vec<Id>, AppError> {
        Ok(orgs_of(&self.my_record()?, &self.my_bodies()?))
    }

    /// The orgs this member decides for.
    pub(crate) fn deciding_in(&self) -> Result<Vec<Id>, AppError> {
        Ok(deciding(&self.my_bodies()?))
    }

    /// The grids this member works.
    pub(crate) fn grid_ids(&self) -> Result<Vec<Id>, AppError> {
        Ok(self.my_appointments()?.into_iter().filter_map(|found| found.body.grid).collect())
    }
}
