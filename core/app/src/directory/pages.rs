//! An org, a person and a grid, opened.

use haitang_domain::directory::{Appointment, Member, Org, Role};
use haitang_domain::task::Grid;
use haitang_domain::{Action, Id, Kind, Timestamp};
use haitang_store::Found;
use serde::Serialize;

use super::screens::org_item;
use super::{AppointmentItem, MemberItem, OrgItem, PAGE};
use crate::error::AppError;
use crate::may::SOME_TEXT;
use crate::phone::Phone;

/// Appointments shown of one org.
const HOLDERS: usize = 200;

/// A grid of this phone's holder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GridItem {
    /// The grid.
    pub id: Id,
    /// What it is called, or a short form of the id where this phone does not know it yet.
    pub name: String,
    /// The name of the community it lies in; empty where it is not known.
    pub org: String,
}

/// Somebody who holds an appointment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HolderItem {
    /// The appointment.
    pub id: Id,
    /// Who.
    pub member: Id,
    /// Their name, where this phone knows it.
    pub name: String,
    /// As what.
    pub role: Role,
    /// The grid, for a grid worker.
    pub grid: Option<Id>,
    /// The name of the grid.
    pub grid_name: Option<String>,
    /// The end of the term.
    pub until: Option<Timestamp>,
}

/// An org, opened, as far as this phone knows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OrgPage {
    /// The org.
    pub item: OrgItem,
    /// The org above.
    pub parent: Option<OrgItem>,
    /// Orgs right below, by name; at most 50.
    pub below: Vec<OrgItem>,
    /// Its members, by name; the first 50.
    pub members: Vec<MemberItem>,
    /// Who is appointed in it now.
    pub appointments: Vec<HolderItem>,
    /// Since when it is closed.
    pub closed: Option<Timestamp>,
    /// Whether the holder may enter people here.
    pub may_add_member: bool,
    /// Whether the holder may give it another name.
    pub may_rename: bool,
}

/// A person, opened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MemberPage {
    /// The person.
    pub item: MemberItem,
    /// Their org.
    pub org_id: Id,
    /// What they are appointed as now, as far as this phone knows.
    pub appointments: Vec<AppointmentItem>,
    /// Whether it is this phone's holder.
    pub is_me: bool,
    /// Whether the holder may correct name and number.
    pub may_edit: bool,
}

impl Phone {
    /// One org, as far as this phone knows it.
    pub fn org(&self, id: Id) -> Result<OrgPage, AppError> {
        use haitang_domain::directory::Action::{AddMember, RenameOrg};
        let org: Org = self.read(id)?;
        let now = self.now();
        let mut held = self.store().appointments_in(id)?;
        held.retain(|found| found.body.in_force(now));
        held.truncate(HOLDERS);
        let text = || SOME_TEXT.to_owned();
        let add = AddMember { org: id, name: text(), phone: None, joined: None };
        Ok(OrgPage {
            parent: org.parent.map(|parent| self.store().find::<Org>(parent)).transpose()?.flatten().map(org_item),
            below: self.orgs_below(id)?,
            members: self.members_of(id, None)?,
            appointments: held.into_iter().map(|found| self.holder_item(found)).collect::<Result<_, _>>()?,
            may_add_member: self.may(Kind::Member, self.new_id(), Action::Directory(add))?,
            may_rename: self.may(Kind::Org, id, Action::Directory(RenameOrg { name: text() }))?,
            closed: org.closed,
            item: OrgItem { id, kind: org.kind, name: org.name },
        })
    }

    fn holder_item(&self, found: Found<Appointment>) -> Result<HolderItem, AppError> {
        let Appointment { member, role, grid, until, .. } = found.body;
        let grid_name = grid.map(|grid| self.grid_name(grid)).transpose()?;
        Ok(HolderItem { id: found.id, member, name: self.name_of(member)?, role, grid, grid_name, until })
    }

    /// One person, as far as this phone knows them.
    pub fn member(&self, id: Id) -> Result<MemberPage, AppError> {
        let member: Member = self.read(id)?;
        let now = self.now();
        let held = self.store().appointments_of(id)?.into_iter().filter(|found| found.body.in_force(now));
        let edit = haitang_domain::directory::Action::EditMember { name: member.name.clone(), phone: member.phone.clone() };
        Ok(MemberPage {
            appointments: held.map(|found| self.appointment_item(found)).collect::<Result<_, _>>()?,
            is_me: id == self.me()?,
            may_edit: self.may(Kind::Member, id, Action::Directory(edit))?,
            org_id: member.org,
            item: MemberItem { id, org: self.org_name(member.org)?, name: member.name, phone: member.phone },
        })
    }

    /// The grids this phone's holder works.
    pub fn my_grids(&self) -> Result<Vec<GridItem>, AppError> {
        let item = |id: Id| {
            let grid = self.store().read::<Grid>(id)?;
            let org = grid.as_ref().map(|grid| self.org_name(grid.org)).transpose()?.unwrap_or_default();
            Ok(GridItem { id, org, name: grid.map_or_else(|| id.short(), |grid| grid.name) })
        };
        self.grid_ids()?.into_iter().map(item).collect()
    }

    /// Who else works in a grid and can be handed work of it: those that this phone knows, by name.
    pub fn workers_of(&self, grid: Id) -> Result<Vec<MemberItem>, AppError> {
        let (me, now, org) = (self.me()?, self.now(), self.read::<Grid>(grid)?.org);
        let mut workers = vec![];
        for found in self.store().appointments_in(org)? {
            let held = found.body;
            if held.role != Role::GridWorker || held.grid != Some(grid) || held.member == me || !held.in_force(now) {
                continue;
            }
            // The rules would refuse one whose record is not here.
            let worker = self.store().find::<Member>(held.member)?.filter(|found| found.body.closed.is_none());
            workers.extend(worker.map(|found| self.member_item(found)).transpose()?);
        }
        workers.sort_by(|one: &MemberItem, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
        workers.dedup_by_key(|worker| worker.id);
        workers.truncate(PAGE as usize);
        Ok(workers)
    }

    /// The name of a grid, or a short form of the id where this phone does not hold the grid.
    pub(crate) fn grid_name(&self, grid: Id) -> Result<String, AppError> {
        Ok(self.store().read::<Grid>(grid)?.map_or_else(|| grid.short(), |grid| grid.name))
    }

    /// Somebody other than `but` to whom work of a grid can be handed, if this phone knows anybody.
    pub(crate) fn somebody(&self, grid: Id, but: Option<Id>) -> Result<Option<Id>, AppError> {
        let me = self.me()?;
        if but != Some(me) {
            return Ok(Some(me));
        }
        if self.store().read::<Grid>(grid)?.is_some()
            && let Some(worker) = self.workers_of(grid)?.first()
        {
            return Ok(Some(worker.id));
        }
        Ok(self.store().members(self.my_org()?, None, 2)?.into_iter().map(|found| found.id).find(|id| *id != me))
    }
}
