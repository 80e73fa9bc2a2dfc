//! The directory: people and orgs, appointments and transfers.

mod pages;

use haitang_app::{directory as app, domain::directory as domain};

use crate::convert::{Given as _, answer, choice, id, maybe_id, record};
use crate::error::CoreError;
use crate::phone::Phone;

pub use pages::{GridItem, HolderItem, MemberPage, OrgPage};

choice! {
    /// What an org is.
    OrgKind = domain::OrgKind {
        /// A province.
        Province,
        /// A city.
        City,
        /// A county or district.
        County,
        /// A street or town.
        Street,
        /// A community or village.
        Community,
        /// A branch.
        Branch,
        /// A group within a branch.
        Group,
        /// An alliance of orgs.
        Alliance,
        /// A building station.
        Station,
        /// A courtyard committee.
        CourtyardCommittee,
        /// A volunteer team.
        Team,
    }
}

choice! {
    /// What a member may be appointed as.
    Role = domain::Role {
        /// Leads an org, approves its logs, keeps its members.
        Secretary,
        /// Approves in the secretary's place.
        Approver,
        /// Does the work of a grid.
        GridWorker,
        /// Hosts activities and assigns work.
        Leader,
        /// Publishes notices, studies and papers.
        Publisher,
        /// Reads, and changes nothing.
        Auditor,
        /// Keeps orgs, members and appointments.
        Admin,
    }
}

choice! {
    /// What is off until an org turns it on with a stated basis.
    Switch = domain::Switch {
        /// Check-in at activities.
        CheckIn,
        /// Standardisation and vitality indices.
        Indices,
        /// Rankings of contests.
        ContestRanking,
    }
}

choice! {
    /// Where a transfer stands.
    TransferState = domain::TransferState {
        /// Sent, not yet received: the sender is responsible.
        Requested,
        /// Received: the member belongs to the receiver.
        Accepted,
        /// The receiver said no.
        Declined,
        /// The sender took it back.
        Withdrawn,
    }
}

record! {
    /// Who this phone belongs to.
    shown Me = app::Me {
        /// The member.
        id: String,
        /// Their name.
        name: String,
        /// The name of their org.
        org: String,
        /// Their org.
        org_id: String,
        /// What they are appointed as, now.
        appointments: Vec<AppointmentItem>,
    }
}

record! {
    /// One appointment.
    shown AppointmentItem = app::AppointmentItem {
        /// The appointment.
        id: String,
        /// As what.
        role: Role,
        /// Where.
        org_id: String,
        /// The name of that org.
        org: String,
        /// The grid, for a grid worker.
        grid: Option<String>,
        /// The end of the term.
        until: Option<i64>,
    }
}

record! {
    /// A person.
    shown MemberItem = app::MemberItem {
        /// The member.
        id: String,
        /// Their name.
        name: String,
        /// The name of their org.
        org: String,
        /// Their telephone number, where they gave one.
        phone: Option<String>,
    }
}

record! {
    /// An org.
    shown OrgItem = app::OrgItem {
        /// The org.
        id: String,
        /// What it is.
        kind: OrgKind,
        /// Its name.
        name: String,
    }
}

record! {
    /// A transfer under way.
    shown TransferItem = app::TransferItem {
        /// The transfer.
        id: String,
        /// Who moves.
        member: String,
        /// Their name, where this phone knows it.
        name: String,
        /// Why.
        reason: String,
        /// Where it stands.
        state: TransferState,
    }
}

/// Each returns the id of what it was done to, where nothing else is said.
#[uniffi::export]
impl Phone {
    /// Who this phone belongs to, and what they are appointed as.
    pub fn whoami(&self) -> Result<Me, CoreError> {
        answer(self.app.whoami())
    }

    /// Members of the member's own org, by name: at most 50, from after the one that the page before ended with.
    #[uniffi::method(default(after = None))]
    pub fn members(&self, after: Option<String>) -> Result<Vec<MemberItem>, CoreError> {
        answer(self.app.members(maybe_id(after)?))
    }

    /// Orgs directly below `org`.
    pub fn orgs_below(&self, org: &str) -> Result<Vec<OrgItem>, CoreError> {
        answer(self.app.orgs_below(id(org)?))
    }

    /// Transfers that wait for an answer by an org this member decides for.
    pub fn transfers(&self) -> Result<Vec<TransferItem>, CoreError> {
        answer(self.app.transfers())
    }

    /// Makes an org below another.
    pub fn create_org(&self, parent: &str, kind: OrgKind, name: &str) -> Result<String, CoreError> {
        answer(self.app.create_org(id(parent)?, kind.given()?, name))
    }

    /// Gives an org another name.
    pub fn rename_org(&self, org: &str, name: &str) -> Result<String, CoreError> {
        answer(self.app.rename_org(id(org)?, name))
    }

    /// Closes an org whose place another takes, and moves its members to that one.
    pub fn merge_org(&self, org: &str, into: &str) -> Result<String, CoreError> {
        answer(self.app.merge_org(id(org)?, id(into)?))
    }

    /// Turns something on for an org with the document that asks for it, or off without one.
    pub fn set_switch(&self, org: &str, which: Switch, document: Option<String>) -> Result<String, CoreError> {
        answer(self.app.set_switch(id(org)?, which.given()?, document.as_deref()))
    }

    /// Enters a person.
    pub fn add_member(&self, org: &str, name: &str, phone: Option<String>) -> Result<String, CoreError> {
        answer(self.app.add_member(id(org)?, name, phone.as_deref()))
    }

    /// Corrects a person's name or number.
    pub fn edit_member(&self, member: &str, name: &str, phone: Option<String>) -> Result<String, CoreError> {
        answer(self.app.edit_member(id(member)?, name, phone.as_deref()))
    }

    /// Appoints a member, with a grid for a grid worker.
    pub fn appoint(
        &self,
        member: &str,
        org: &str,
        role: Role,
        grid: Option<String>,
        until: Option<i64>,
    ) -> Result<String, CoreError> {
        answer(self.app.appoint(id(member)?, id(org)?, role.given()?, maybe_id(grid)?, until.given()?))
    }

    /// Ends an appointment.
    pub fn end_appointment(&self, appointment: &str) -> Result<String, CoreError> {
        answer(self.app.end_appointment(id(appointment)?))
    }

    /// Sends a member to another org.
    pub fn request_transfer(&self, member: &str, to: &str, reason: &str) -> Result<String, CoreError> {
        answer(self.app.request_transfer(id(member)?, id(to)?, reason))
    }

    /// Receives a member.
    pub fn accept_transfer(&self, transfer: &str) -> Result<String, CoreError> {
        answer(self.app.accept_transfer(id(transfer)?))
    }

    /// Says no to a member.
    pub fn decline_transfer(&self, transfer: &str, reason: &str) -> Result<String, CoreError> {
        answer(self.app.decline_transfer(id(transfer)?, reason))
    }

    /// Takes a request back.
    pub fn withdraw_transfer(&self, transfer: &str, reason: &str) -> Result<String, CoreError> {
        answer(self.app.withdraw_transfer(id(transfer)?, reason))
    }
}
