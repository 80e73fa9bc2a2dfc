//! An org, a person and a grid, opened.

use haitang_app::directory as app;

use super::{AppointmentItem, MemberItem, OrgItem, Role};
use crate::convert::{answer, id, maybe_id, record};
use crate::error::CoreError;
use crate::phone::Phone;

record! {
    /// A grid of this phone's holder.
    shown GridItem = app::GridItem {
        /// The grid.
        id: String,
        /// What it is called, or a short form of the id where this phone does not know it yet.
        name: String,
        /// The name of the community it lies in; empty where it is not known.
        org: String,
    }
}

record! {
    /// Somebody who holds an appointment.
    shown HolderItem = app::HolderItem {
        /// The appointment.
        id: String,
        /// Who.
        member: String,
        /// Their name, where this phone knows it.
        name: String,
        /// As what.
        role: Role,
        /// The grid, for a grid worker.
        grid: Option<String>,
        /// The name of the grid.
        grid_name: Option<String>,
        /// The end of the term.
        until: Option<i64>,
    }
}

record! {
    /// An org, opened, as far as this phone knows it.
    shown OrgPage = app::OrgPage {
        /// The org.
        item: OrgItem,
        /// The org above.
        parent: Option<OrgItem>,
        /// Orgs right below, by name; at most 50.
        below: Vec<OrgItem>,
        /// Its members, by name; the first 50. `members_of` goes on.
        members: Vec<MemberItem>,
        /// Who is appointed in it now.
        appointments: Vec<HolderItem>,
        /// Since when it is closed.
        closed: Option<i64>,
        /// Whether the holder may enter people here.
        may_add_member: bool,
        /// Whether the holder may give it another name.
        may_rename: bool,
    }
}

record! {
    /// A person, opened.
    shown MemberPage = app::MemberPage {
        /// The person.
        item: MemberItem,
        /// Their org.
        org_id: String,
        /// What they are appointed as now, as far as this phone knows.
        appointments: Vec<AppointmentItem>,
        /// Whether it is this phone's holder.
        is_me: bool,
        /// Whether the holder may correct name and number.
        may_edit: bool,
    }
}

#[uniffi::export]
impl Phone {
    /// One org, with all that its screen shows.
    pub fn org(&self, org: &str) -> Result<OrgPage, CoreError> {
        answer(self.app.org(id(org)?))
    }

    /// Members of an org, as far as this phone knows them, by name: at most 50, from after the one that the page before ended with.
    #[uniffi::method(default(after = None))]
    pub fn members_of(&self, org: &str, after: Option<String>) -> Result<Vec<MemberItem>, CoreError> {
        answer(self.app.members_of(id(org)?, maybe_id(after)?))
    }

    /// One person, with all that their screen shows.
    pub fn member(&self, member: &str) -> Result<MemberPage, CoreError> {
        answer(self.app.member(id(member)?))
    }

    /// The grids this phone's holder works.
    pub fn my_grids(&self) -> Result<Vec<GridItem>, CoreError> {
        answer(self.app.my_grids())
    }

    /// Who else works in a grid and can be handed work of it: those that this phone knows, by name; at most 50.
    pub fn workers_of(&self, grid: &str) -> Result<Vec<MemberItem>, CoreError> {
        answer(self.app.workers_of(id(grid)?))
    }
}
