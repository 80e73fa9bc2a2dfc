//! What a member may do beyond commands, by the roles the domain gives: make codes, read ledgers, fetch files.

use std::cell::RefCell;

use haitang_domain::decide::lineage;
use haitang_domain::directory::{Appointment, Member, Role};
use haitang_domain::record::Typed;
use haitang_domain::{Body, Id, Key, Kind, Timestamp, World};

use crate::storage::{Result, Snapshot, Storage, StorageError};

/// Who keeps an org's members, and may give them phones.
pub const KEEPERS: &[Role] = &[Role::Secretary, Role::Admin];
/// Who may read an org's ledger.
pub const READERS: &[Role] = &[Role::Secretary, Role::Approver, Role::Admin, Role::Auditor, Role::Leader, Role::Publisher];

/// A snapshot as the domain sees the world. An error is kept, since the domain knows none.
struct Seen<'a> {
    snapshot: &'a dyn Snapshot,
    failed: RefCell<Option<StorageError>>,
}

impl World for Seen<'_> {
    fn get(&self, key: Key) -> Option<Body> {
        match self.snapshot.record(key) {
            Ok(found) => found.map(|stored| stored.body),
            Err(error) => {
                self.failed.replace(Some(error));
                None
            }
        }
    }
}

/// Whether `member` holds one of `roles` in `org` or above it at `now`.
pub fn holds_over(snapshot: &dyn Snapshot, member: Id, roles: &[Role], org: Id, now: Timestamp) -> Result<bool> {
    let seen = Seen { snapshot, failed: RefCell::default() };
    let closed = seen.get(Key::new(Kind::Member, member)).and_then(Member::of).is_none_or(|member| member.closed.is_some());
    let held: Vec<Appointment> =
        snapshot.appointments(member)?.into_iter().filter_map(|(_, body)| Appointment::of(body)).collect();
    let fits = |org: Id| held.iter().any(|held| held.org == org && roles.contains(&held.role) && held.in_force(now));
    let holds = !closed && lineage(&seen, org).any(|(id, _)| fits(id));
    match seen.failed.into_inner() {
        Some(error) => Err(error),
        None => Ok(holds),
    }
}

/// Whether `caller` may make a code for `member`'s phone; `None` where there is no such member.
pub fn keeps_member(snapshot: &dyn Snapshot, caller: Id, member: Id, now: Timestamp) -> Result<Option<bool>> {
    let found = snapshot.record(Key::new(Kind::Member, member))?;
    let Some(found) = found.and_then(|stored| Member::of(stored.body)).filter(|member| member.closed.is_none()) else {
        return Ok(None);
    };
    holds_over(snapshot, caller, KEEPERS, found.org, now).map(Some)
}

/// Looks at one consistent view and brings back what `at` found.
pub fn look<T>(storage: &dyn Storage, at: impl FnOnce(&dyn Snapshot) -> Result<T>) -> Result<T> {
    let mut at = Some(at);
    let mut found = None;
    storage.read(&mut |snapshot| {
        if let Some(at) = at.take() {
            found = Some(at(snapshot)?);
        }
        Ok(())
    })?;
    found.ok_or_else(|| StorageError::Fault("the storage did not look".into()))
}
