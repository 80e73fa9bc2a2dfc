//! The directory: people and orgs, appointments and transfers.

use haitang_domain::directory::{Action, Appointment, MERGED_MAX, Member, OrgKind, Role, Switch};
use haitang_domain::{Id, Kind, Timestamp};

use crate::error::AppError;
use crate::phone::Phone;

mod pages;
mod screens;

pub use pages::{GridItem, HolderItem, MemberPage, OrgPage};
pub use screens::{AppointmentItem, Me, MemberItem, OrgItem, TransferItem};

/// The most rows one screen asks for at once.
pub(crate) const PAGE: u32 = 50;

/// The orgs somebody belongs to or holds an appointment in, each once.
pub(crate) fn orgs_of(member: &Member, held: &[Appointment]) -> Vec<Id> {
    let mut orgs: Vec<Id> = std::iter::once(member.org).chain(held.iter().map(|held| held.org)).collect();
    orgs.sort_unstable();
    orgs.dedup();
    orgs
}

/// The orgs somebody with these appointments decides for, each once.
pub(crate) fn deciding(held: &[Appointment]) -> Vec<Id> {
    let mut orgs: Vec<Id> = held.iter().filter(|held| held.role.decides()).map(|held| held.org).collect();
    orgs.sort_unstable();
    orgs.dedup();
    orgs
}

impl Phone {
    fn keep(&self, kind: Kind, id: Id, action: Action) -> Result<Id, AppError> {
        self.perform(kind, id, haitang_domain::Action::Directory(action))?;
        Ok(id)
    }

    /// Makes an org below another.
    pub fn create_org(&self, parent: Id, kind: OrgKind, name: &str) -> Result<Id, AppError> {
        self.keep(Kind::Org, self.new_id(), Action::CreateOrg { parent, kind, name: name.to_owned() })
    }

    /// Gives an org another name.
    pub fn rename_org(&self, org: Id, name: &str) -> Result<Id, AppError> {
        self.keep(Kind::Org, org, Action::RenameOrg { name: name.to_owned() })
    }

    /// Closes an org whose place another takes, and moves to that the members this phone knows; those it does not know are moved by the
    /// phone of the org's own secretary, see `upkeep`.
    pub fn merge_org(&self, org: Id, into: Id) -> Result<Id, AppError> {
        let found = self.store().members(org, None, MERGED_MAX as u32)?;
        let members = found.into_iter().map(|found| found.id).collect();
        self.keep(Kind::Org, org, Action::MergeOrg { into, members })
    }

    /// Turns something on for an org with the document that asks for it, or off without one.
    pub fn set_switch(&self, org: Id, switch: Switch, document: Option<&str>) -> Result<Id, AppError> {
        self.keep(Kind::Org, org, Action::SetSwitch { switch, document: document.map(ToOwned::to_owned) })
    }

    /// Enters a person.
    pub fn add_member(&self, org: Id, name: &str, phone: Option<&str>) -> Result<Id, AppError> {
        let action = Action::AddMember { org, name: name.to_owned(), phone: phone.map(ToOwned::to_owned), joined: None };
        self.keep(Kind::Member, self.new_id(), action)
    }

    /// Corrects a person's name or number.
    pub fn edit_member(&self, member: Id, name: &str, phone: Option<&str>) -> Result<Id, AppError> {
        self.keep(Kind::Member, member, Action::EditMember { name: name.to_owned(), phone: phone.map(ToOwned::to_owned) })
    }

    /// Appoints a member, with a grid for a grid worker.
    pub fn appoint(&self, member: Id, org: Id, role: Role, grid: Option<Id>, until: Option<Timestamp>) -> Result<Id, AppError> {
        self.keep(Kind::Appointment, self.new_id(), Action::Appoint { member, org, role, grid, until })
    }

    /// Ends an appointment.
    pub fn end_appointment(&self, appointment: Id) -> Result<Id, AppError> {
        self.keep(Kind::Appointment, appointment, Action::EndAppointment)
    }

    /// Sends a member to another org.
    pub fn request_transfer(&self, member: Id, to: Id, reason: &str) -> Result<Id, AppError> {
        self.keep(Kind::Transfer, self.new_id(), Action::RequestTransfer { member, to, reason: reason.to_owned() })
    }

    /// Receives a member.
    pub fn accept_transfer(&self, transfer: Id) -> Result<Id, AppError> {
        self.keep(Kind::Transfer, transfer, Action::AcceptTransfer)
    }

    /// Says no to a member.
    pub fn decline_transfer(&self, transfer: Id, reason: &str) -> Result<Id, AppError> {
        self.keep(Kind::Transfer, transfer, Action::DeclineTransfer { reason: reason.to_owned() })
    }

    /// Takes a request back.
    pub fn withdraw_transfer(&self, transfer: Id, reason: &str) -> Result<Id, AppError> {
        self.keep(Kind::Transfer, transfer, Action::WithdrawTransfer { reason: reason.to_owned() })
    }
}
