//! What the directory's screens show.

use haitang_domain::directory::{Member, Org, OrgKind, Role, TransferState};
use haitang_domain::{Id, Timestamp};
use haitang_store::Found;
use serde::Serialize;

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

impl Phone {
    /// Who this phone belongs to, and what they are appointed as.
    pub fn whoami(&self) -> Result<Me, AppError> {
        let (id, member) = (self.me()?, self.my_record()?);
        let held = self.my_appointments()?;
        let item = |found: Found<haitang_domain::directory::Appointment>| {
            Ok::<_, AppError>(AppointmentItem {
                id: found.id,
                role: found.body.role,
                role_code: haitang_domain::states::snake(&found.body.role),
                org_id: found.body.org,
                org: self.org_name(found.body.org)?,
                grid: found.body.grid,
                until: found.body.until,
            })
        };
        let appointments = held.into_iter().map(item).collect::<Result<_, _>>()?;
        Ok(Me { id, name: member.name, org: self.org_name(member.org)?, org_id: member.org, appointments })
    }

    /// Members of the member's own org.
    pub fn members(&self) -> Result<Vec<MemberItem>, AppError> {
        let found = self.store().members(self.my_org()?, None, PAGE)?;
        found.into_iter().map(|found| self.member_item(found)).collect()
    }

    pub(crate) fn member_item(&self, found: Found<Member>) -> Result<MemberItem, AppError> {
        let org = self.org_name(found.body.org)?;
        Ok(MemberItem { id: found.id, name: found.body.name, org, phone: found.body.phone })
    }

    /// Orgs directly below `org`.
    pub fn orgs_below(&self, org: Id) -> Result<Vec<OrgItem>, AppError> {
        let item = |found: Found<Org>| OrgItem { id: found.id, kind: found.body.kind, name: found.body.name };
        Ok(self.store().orgs_below(org, PAGE)?.into_iter().map(item).collect())
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

    pub(crate) fn my_appointments(&self) -> Result<Vec<Found<haitang_domain::directory::Appointment>>, AppError> {
        let now = self.now();
        let mut held = self.store().appointments_of(self.me()?)?;
        held.retain(|found| found.body.in_force(now));
        Ok(held)
    }

    /// The orgs this member decides for.
    pub(crate) fn deciding_in(&self) -> Result<Vec<Id>, AppError> {
        let held = self.my_appointments()?.into_iter().filter(|found| found.body.role.decides());
        let mut orgs: Vec<Id> = held.map(|found| found.body.org).collect();
        orgs.sort_unstable();
        orgs.dedup();
        Ok(orgs)
    }

    /// The grids this member works.
    pub(crate) fn my_grids(&self) -> Result<Vec<Id>, AppError> {
        Ok(self.my_appointments()?.into_iter().filter_map(|found| found.body.grid).collect())
    }
}

use super::PAGE;
