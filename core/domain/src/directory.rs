//! Orgs, members, appointments and transfers: who belongs where and who may do what. And what people are owed for being in it: who
//! looked at their page, and what they consented to.
//!
//! A transfer's life, from the table that runs:
#![doc = include_str!("directory/transfer.states.md")]

mod appoint;
mod consent;
mod look;
mod org;
mod transfer;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::decide::{Context, World, Writes};
use crate::feed::Feed;
use crate::id::Id;
use crate::record::{Body, Key};
use crate::refusal::Refusal;
use crate::time::{Timestamp, Zone};

pub use consent::{Consent, ConsentPurpose, ConsentTerm, TERMS_MAX};
pub use look::{Look, PURPOSES_MAX};
pub use org::MERGED_MAX;
pub use transfer::{TRANSFER_STATES, TransferParty, TransferStep};

/// What an org is. The first seven make up the tree; the others join orgs across it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrgKind {
    /// A province.
    Province,
    /// A city.
    City,
    /// A county or district: a shard of its own.
    County,
    /// A street or town.
    Street,
    /// A community or village.
    Community,
    /// A branch.
    #[default]
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

/// What the rules leave off until an org turns it on with a stated basis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Switch {
    /// Check-in at activities.
    CheckIn,
    /// Standardisation and vitality indices.
    Indices,
    /// Rankings of contests.
    ContestRanking,
}

/// Why a switch is on: who decided, by which document, since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The document or decision that asks for it.
    pub document: String,
    /// Who turned it on.
    pub by: Id,
    /// Since when.
    pub since: Timestamp,
}

/// A node of the tree of organisations. Feeds: `org/<own>`, `down/<own>`, and `org/<parent>` so that it is seen from above; once it
/// was merged also `org/<successor>`, whose people come from it.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Org {
    /// The org above; `None` for the topmost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
    /// What it is.
    pub kind: OrgKind,
    /// Its name today.
    pub name: String,
    /// The code of the division it stands for, from the national statistics codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The zone in which its people read the clock.
    #[serde(default)]
    pub zone: Zone,
    /// What it has turned on, with the basis.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub switches: BTreeMap<Switch, Basis>,
    /// Names it had before, each with the moment it ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_names: Vec<(Timestamp, String)>,
    /// When it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Timestamp>,
    /// The org that took its place, where it was closed by a merge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<Id>,
}

impl Org {
    /// The feeds it belongs to.
    pub fn feeds(&self, id: Id) -> Vec<Feed> {
        let mut feeds = vec![Feed::org(id), Feed::down(id)];
        feeds.extend(self.parent.map(Feed::org));
        feeds.extend(self.merged_into.map(Feed::org));
        feeds
    }
}

/// A person in an org. Feeds: `org/<org>`, `member/<own>`.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Member {
    /// The org the person belongs to.
    pub org: Id,
    /// The person's name.
    pub name: String,
    /// A telephone number, where the person gave one for this purpose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Since when a member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<NaiveDate>,
    /// The transfer under way, if any. Until it is accepted the sender stays responsible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<Id>,
    /// When the person left for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Timestamp>,
}

impl Member {
    /// The feeds it belongs to.
    pub fn feeds(&self, id: Id) -> Vec<Feed> {
        vec![Feed::org(self.org), Feed::member(id)]
    }
}

/// What a member may be appointed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
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

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] =
        [Self::Secretary, Self::Approver, Self::GridWorker, Self::Leader, Self::Publisher, Self::Auditor, Self::Admin];

    /// Whether the role decides on what waits in an org's inbox.
    pub fn decides(self) -> bool {
        matches!(self, Self::Secretary | Self::Approver | Self::Admin)
    }
}

/// A role held by a member in an org for a term. Feeds: `org/<org>`, `member/<member>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Appointment {
    /// Who.
    pub member: Id,
    /// Where.
    pub org: Id,
    /// As what.
    pub role: Role,
    /// The grid, for a grid worker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grid: Option<Id>,
    /// The term begins.
    pub from: Timestamp,
    /// The term ends, where it has an end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// It was ended before its term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Timestamp>,
}

impl Appointment {
    /// An appointment without an end, in force since always.
    pub fn new(member: Id, org: Id, role: Role) -> Self {
        Self { member, org, role, grid: None, from: Timestamp::from_millis(0), until: None, ended: None }
    }

    /// Whether it is in force at `moment`.
    pub fn in_force(&self, moment: Timestamp) -> bool {
        let before = |end: Option<Timestamp>| end.is_none_or(|end| moment < end);
        self.from <= moment && before(self.until) && before(self.ended)
    }

    /// The feeds it belongs to.
    pub fn feeds(&self) -> Vec<Feed> {
        vec![Feed::org(self.org), Feed::member(self.member)]
    }
}

/// Where a transfer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferState {
    /// Sent, not yet received: the sender is responsible.
    Requested,
    /// Received: the member belongs to the receiver.
    Accepted,
    /// The receiver said no.
    Declined,
    /// The sender took it back.
    Withdrawn,
}

/// A member on the way from one org to another. Feeds: `org/<from>`, `member/<member>`, and `inbox/<to>` while it waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transfer {
    /// Who moves.
    pub member: Id,
    /// The sender.
    pub from: Id,
    /// The receiver.
    pub to: Id,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: TransferState,
    /// When it was requested.
    pub requested: Timestamp,
    /// When it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Timestamp>,
    /// Why it was declined or withdrawn.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answer: String,
}

impl Transfer {
    /// The feeds it belongs to.
    pub fn feeds(&self) -> Vec<Feed> {
        let mut feeds = vec![Feed::org(self.from), Feed::member(self.member)];
        if self.state == TransferState::Requested {
            feeds.push(Feed::inbox(self.to));
        }
        feeds
    }
}

/// What is done to orgs, members, appointments and transfers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Makes an org below another. Addressed to the new org.
    CreateOrg {
        /// The org above.
        parent: Id,
        /// What it is.
        kind: OrgKind,
        /// Its name.
        name: String,
    },
    /// Gives an org another name; the old one is kept with its date.
    RenameOrg {
        /// The new name.
        name: String,
    },
    /// Closes an org whose place another of the same kind takes, and moves members to that. Addressed to the org that ends, by somebody
    /// who keeps both. Handed in once more, by whoever keeps the org that ended, it moves those that were left; whoever has moved
    /// elsewhere meanwhile stays there.
    MergeOrg {
        /// The org that takes its place.
        into: Id,
        /// Members to move, at most [`MERGED_MAX`].
        members: Vec<Id>,
    },
    /// Turns something on for an org with its basis, or off without one.
    SetSwitch {
        /// What.
        switch: Switch,
        /// The document that asks for it; `None` turns it off.
        document: Option<String>,
    },
    /// Enters a person. Addressed to the new member.
    AddMember {
        /// The org they belong to.
        org: Id,
        /// Their name.
        name: String,
        /// A telephone number, where they gave one.
        phone: Option<String>,
        /// Since when a member.
        joined: Option<NaiveDate>,
    },
    /// Corrects a person's name or number.
    EditMember {
        /// Their name.
        name: String,
        /// A telephone number, where they gave one.
        phone: Option<String>,
    },
    /// Appoints a member. Addressed to the new appointment.
    Appoint {
        /// Who.
        member: Id,
        /// Where.
        org: Id,
        /// As what.
        role: Role,
        /// The grid, for a grid worker.
        grid: Option<Id>,
        /// The end of the term.
        until: Option<Timestamp>,
    },
    /// Ends an appointment before its term.
    EndAppointment,
    /// Sends a member to another org. Addressed to the new transfer.
    RequestTransfer {
        /// Who.
        member: Id,
        /// The receiver.
        to: Id,
        /// Why.
        reason: String,
    },
    /// Receives the member.
    AcceptTransfer,
    /// Refuses the member.
    DeclineTransfer {
        /// Why.
        reason: String,
    },
    /// Takes the request back.
    WithdrawTransfer {
        /// Why.
        reason: String,
    },
    /// Says that the actor looked at a person's page. Addressed to [`Look::id`] of the person, the actor and the day; said once more
    /// on the same day, it adds the purpose where that is another.
    NoteLook {
        /// At whose page.
        subject: Id,
        /// What for, at most [`crate::text::TITLE_CHARS_MAX`] characters.
        purpose: String,
        /// The day in China, as the actor's phone knew it: the server cannot know the phone's moment to the day at midnight.
        day: NaiveDate,
    },
    /// Consents to something. Addressed to [`Consent::id`] of the actor and the purpose.
    GiveConsent {
        /// To what.
        purpose: ConsentPurpose,
    },
    /// Takes a consent back. Addressed to [`Consent::id`] of the actor and the purpose.
    WithdrawConsent {
        /// To what.
        purpose: ConsentPurpose,
    },
}

/// Judges an action on the directory.
pub fn decide(
    action: &Action,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    match action {
        Action::CreateOrg { parent, kind, name } => org::create(*parent, *kind, name, target, before, world, context),
        Action::RenameOrg { name } => org::rename(name, target, before, world, context),
        Action::MergeOrg { into, members } => org::merge(*into, members, target, before, world, context),
        Action::SetSwitch { switch, document } => org::set_switch(*switch, document.as_deref(), target, before, world, context),
        Action::AddMember { org, name, phone, joined } => {
            let member = Member { org: *org, name: name.clone(), phone: phone.clone(), joined: *joined, ..Member::default() };
            appoint::add_member(member, target, before, world, context)
        }
        Action::EditMember { name, phone } => appoint::edit_member(name, phone.as_deref(), target, before, world, context),
        Action::Appoint { member, org, role, grid, until } => {
            let appointment =
                Appointment { grid: *grid, until: *until, from: context.now(), ..Appointment::new(*member, *org, *role) };
            appoint::appoint(appointment, target, before, world, context)
        }
        Action::EndAppointment => appoint::end(target, before, world, context),
        Action::RequestTransfer { member, to, reason } => transfer::request(*member, *to, reason, target, before, world, context),
        Action::AcceptTransfer => transfer::settle(TransferStep::Accept, "", target, before, world, context),
        Action::DeclineTransfer { reason } => transfer::settle(TransferStep::Decline, reason, target, before, world, context),
        Action::WithdrawTransfer { reason } => transfer::settle(TransferStep::Withdraw, reason, target, before, world, context),
        Action::NoteLook { subject, purpose, day } => look::note(*subject, purpose, *day, target, before, world, context),
        Action::GiveConsent { purpose } => consent::give(*purpose, target, before, context),
        Action::WithdrawConsent { purpose } => consent::withdraw(*purpose, target, before, context),
    }
}
