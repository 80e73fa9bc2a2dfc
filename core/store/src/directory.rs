//! Orgs, members, appointments and transfers, as screens list them.

use haitang_domain::directory::{Appointment, Member, Org, Transfer};
use haitang_domain::{Id, Key, Kind};
use rusqlite::params;

use crate::error::StoreError;
use crate::paging::{anchor, found};
use crate::record::{Found, load};
use crate::store::Store;

/// The deepest tree of orgs.
const DEPTH_MAX: usize = 16;

impl Store {
    /// Members of an org who have not left, by name; from after the one that the page before ended with.
    pub fn members(&self, org: Id, after: Option<Id>, limit: u32) -> Result<Vec<Found<Member>>, StoreError> {
        self.read_with("members", |db| {
            let (name, id) = anchor::<Member>(db, after)?.map_or((String::new(), Id::NIL), |(last, id)| (last.name, id));
            found(db, include_str!("directory/members.sql"), params![org.to_string(), name, id.bytes(), limit])
        })
    }

    /// Orgs right below another, by name.
    pub fn orgs_below(&self, org: Id, limit: u32) -> Result<Vec<Found<Org>>, StoreError> {
        self.found("orgs_below", include_str!("directory/orgs_below.sql"), params![org.to_string(), limit])
    }

    /// An org and those above it, nearest first, as far as they are known here.
    pub fn org_path(&self, org: Id) -> Result<Vec<Found<Org>>, StoreError> {
        self.read_with("org_path", |db| {
            let mut path: Vec<Found<Org>> = Vec::new();
            let mut next = Some(org);
            while let Some(id) = next.take().filter(|_| path.len() < DEPTH_MAX) {
                let Some(stored) = load(db, Key::new(Kind::Org, id))? else { break };
                let body: Org = serde_json::from_str(&stored.body)?;
                next = body.parent;
                path.push(Found { id, version: stored.version.unsigned_abs(), pending: stored.base.is_some(), body });
            }
            Ok(path)
        })
    }

    /// Every appointment of a member, in force or not.
    pub fn appointments_of(&self, member: Id) -> Result<Vec<Found<Appointment>>, StoreError> {
        self.found("appointments_of", include_str!("directory/appointments_of.sql"), [member.to_string()])
    }

    /// Every appointment in an org, in force or not.
    pub fn appointments_in(&self, org: Id) -> Result<Vec<Found<Appointment>>, StoreError> {
        self.found("appointments_in", include_str!("directory/appointments_in.sql"), [org.to_string()])
    }

    /// Transfers that an org has to accept or decline, the oldest first.
    pub fn transfers_to(&self, org: Id) -> Result<Vec<Found<Transfer>>, StoreError> {
        self.found("transfers_to", include_str!("directory/transfers_to.sql"), [org.to_string()])
    }
}
