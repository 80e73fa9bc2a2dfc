//! The one function that judges commands.

use crate::command::{Action, Command};
use crate::directory::{Appointment, Member, Org, Role};
use crate::evidence::Interval;
use crate::feed::Feed;
use crate::id::Id;
use crate::record::{Body, Key, Kind, Typed};
use crate::refusal::{Code, Refusal};
use crate::time::Timestamp;
use crate::{activity, directory, notice, quiz, study, task};

/// The records that exist, read-only.
///
/// On a phone it holds what the phone's feeds hold, so a feature puts into its feeds all that its `decide` reads.
pub trait World {
    /// The body of a record, or `None` where there is none (or none that this device may see).
    fn get(&self, key: Key) -> Option<Body>;
}

/// Who acts, when, and how well that is known.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// The member who acts.
    pub actor: Id,
    /// The member's own record.
    pub member: &'a Member,
    /// The appointments of the actor that are in force at the latest moment of `made`.
    pub appointments: &'a [Appointment],
    /// The device it was made on.
    pub device: Id,
    /// When it was made.
    pub made: Interval,
    /// The key with which the server vouches for devices; check-in codes are verified against it.
    pub authority: Option<[u8; 32]>,
}

impl Context<'_> {
    /// The moment to write into records as "when": the latest it can have been, which no wrong clock can move forward.
    pub fn now(&self) -> Timestamp {
        self.made.latest
    }

    /// Whether the actor holds one of `roles` in `org` itself.
    pub fn holds(&self, roles: &[Role], org: Id) -> bool {
        self.appointments.iter().any(|held| held.org == org && roles.contains(&held.role))
    }

    /// Whether the actor holds one of `roles` in `org` or in an org above it.
    pub fn holds_over(&self, roles: &[Role], org: Id, world: &dyn World) -> bool {
        lineage(world, org).any(|(id, _)| self.holds(roles, id))
    }

    /// Whether the actor belongs to `org` or to an org below it.
    pub fn is_under(&self, org: Id, world: &dyn World) -> bool {
        self.member.org == org || lineage(world, self.member.org).any(|(id, _)| id == org)
    }

    /// Whether the actor receives what `org` publishes downwards: by belonging, or by an appointment, to it or below it.
    pub fn receives(&self, org: Id, world: &dyn World) -> bool {
        let below = |from: Id| from == org || lineage(world, from).any(|(id, _)| id == org);
        self.is_under(org, world) || self.appointments.iter().any(|held| below(held.org))
    }

    /// Whether the actor is the worker of `grid`.
    pub fn works_grid(&self, grid: Id) -> bool {
        self.appointments.iter().any(|held| held.role == Role::GridWorker && held.grid == Some(grid))
    }

    /// Refuses with `not_allowed` unless the actor holds one of `roles` in `org` or above it.
    pub fn require(&self, roles: &[Role], org: Id, world: &dyn World) -> Result<(), Refusal> {
        if self.holds_over(roles, org, world) {
            return Ok(());
        }
        let role = roles.first().map_or_else(String::new, crate::states::snake);
        Err(Refusal::new(Code::NotAllowed).with("role", role))
    }
}

/// Depth of the deepest tree of orgs; what is below is treated as having no ancestors.
const DEPTH_MAX: usize = 16;

/// `org` and the orgs above it, nearest first, as far as they are known.
pub fn lineage(world: &dyn World, org: Id) -> impl Iterator<Item = (Id, Org)> {
    let mut next = Some(org);
    std::iter::from_fn(move || {
        let id = next.take()?;
        let org = world.get(Key::new(Kind::Org, id)).and_then(Org::of)?;
        next = org.parent;
        Some((id, org))
    })
    .take(DEPTH_MAX)
}

/// A new body of one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Write {
    /// Which record.
    pub key: Key,
    /// What it says now.
    pub body: Body,
}

impl Write {
    /// A new body of the record `id` of the body's kind.
    pub fn new(id: Id, body: impl Typed) -> Self {
        let body = body.into_body();
        Self { key: Key::new(body.kind(), id), body }
    }

    /// The feeds the record belongs to from now on. A feed it was in and that is not among these, it leaves.
    pub fn feeds(&self) -> Vec<Feed> {
        self.body.feeds(self.key.id)
    }
}

/// What an accepted command changes, in order. At most [`WRITES_MAX`].
pub type Writes = Vec<Write>;

/// The most records one command may write.
pub const WRITES_MAX: usize = 400;

/// Judges one command: the new bodies it leads to, or why not.
///
/// Pure, total and deterministic: the same on every machine, at any time, as often as one likes. `before` is the record the
/// command is addressed to, if it exists.
pub fn decide(command: &Command, before: Option<&Body>, world: &dyn World, context: &Context<'_>) -> Result<Writes, Refusal> {
    let target = command.target;
    if target.id == Id::NIL || before.is_some_and(|body| body.kind() != target.kind) {
        return Err(Refusal::new(Code::WrongKind).with("kind", target.kind.name()));
    }
    if context.member.closed.is_some() {
        return Err(Refusal::new(Code::Closed).with("kind", "member"));
    }
    match &command.action {
        Action::Directory(action) => directory::decide(action, target, before, world, context),
        Action::Activity(action) => activity::decide(action, target, before, world, context),
        Action::Notice(action) => notice::decide(action, target, before, world, context),
        Action::Study(action) => study::decide(action, target, before, world, context),
        Action::Quiz(action) => quiz::decide(action, target, before, world, context),
        Action::Task(action) => task::decide(action, target, before, world, context),
    }
}

/// The body before, as the type an action expects; `missing` where there is none, `wrong_kind` where it is another.
pub(crate) fn existing<T: Typed + Clone>(before: Option<&Body>) -> Result<T, Refusal> {
    let body = before.ok_or_else(|| Refusal::new(Code::Missing).with("kind", T::KIND.name()))?;
    T::of_ref(body).cloned().ok_or_else(|| Refusal::new(Code::WrongKind).with("kind", T::KIND.name()))
}

/// Refuses an action that makes a record where there is one already, or that is addressed to another kind.
pub(crate) fn fresh(kind: Kind, target: Key, before: Option<&Body>) -> Result<(), Refusal> {
    if target.kind != kind {
        return Err(Refusal::new(Code::WrongKind).with("kind", target.kind.name()));
    }
    if before.is_some() {
        return Err(Refusal::new(Code::Exists).with("kind", kind.name()));
    }
    Ok(())
}

/// Another record that must be there; `missing` where it is not.
pub(crate) fn read<T: Typed>(world: &dyn World, id: Id) -> Result<T, Refusal> {
    world.get(Key::new(T::KIND, id)).and_then(T::of).ok_or_else(|| Refusal::new(Code::Missing).with("kind", T::KIND.name()))
}

/// An org that must be there and not be closed.
pub(crate) fn open_org(world: &dyn World, id: Id) -> Result<Org, Refusal> {
    let org: Org = read(world, id)?;
    if org.closed.is_some() {
        return Err(Refusal::new(Code::Closed).with("kind", "org"));
    }
    Ok(org)
}

/// Worlds and people for the tests of every feature.
#[cfg(test)]
pub(crate) mod testing {
    use std::collections::BTreeMap;

    use super::*;
    use crate::directory::OrgKind;

    /// A world held in memory, to which accepted writes can be applied.
    #[derive(Default, Clone, Debug)]
    pub struct MemoryWorld(pub BTreeMap<Key, Body>);

    impl World for MemoryWorld {
        fn get(&self, key: Key) -> Option<Body> {
            self.0.get(&key).cloned()
        }
    }

    impl MemoryWorld {
        /// city ← street ← community ← branch, with ids 1, 2, 3, 4 (see [`id`]); nobody in it yet.
        pub fn tree() -> Self {
            let mut world = Self::default();
            let kinds = [OrgKind::City, OrgKind::Street, OrgKind::Community, OrgKind::Branch];
            for (n, kind) in (1u8..).zip(kinds) {
                let parent = (n > 1).then(|| id(n - 1));
                world.put(id(n), Org { parent, kind, name: format!("org {n}"), ..Org::default() });
            }
            world
        }

        /// Puts a record in, whatever was there.
        pub fn put(&mut self, id: Id, body: impl Typed) {
            let write = Write::new(id, body);
            self.0.insert(write.key, write.body);
        }

        /// A member `n` of `org`.
        pub fn member(&mut self, n: u8, org: Id) -> Id {
            self.put(id(n), Member { org, name: format!("member {n}"), ..Member::default() });
            id(n)
        }

        /// The typed record, which must be there.
        pub fn read<T: Typed>(&self, id: Id) -> T {
            read(self, id).expect("the record is there")
        }

        /// Judges `action` on `target` by `actor` with `roles` at `now`, and applies it when accepted.
        pub fn act(&mut self, actor: Id, roles: &[(Role, Id)], now: i64, target: Key, action: Action) -> Result<Writes, Refusal> {
            let member: Member = read(self, actor)?;
            let appointments: Vec<_> = roles
                .iter()
                .map(|(role, place)| match role {
                    Role::GridWorker => Appointment { grid: Some(*place), ..Appointment::new(actor, id(3), *role) },
                    _ => Appointment::new(actor, *place, *role),
                })
                .collect();
            let context = Context {
                actor,
                member: &member,
                appointments: &appointments,
                device: id(200),
                made: Interval::at(Timestamp::from_millis(now)),
                authority: None,
            };
            let command = Command { target, action };
            let before = self.get(target);
            let writes = decide(&command, before.as_ref(), self, &context)?;
            assert_eq!(Ok(&writes), decide(&command, before.as_ref(), self, &context).as_ref(), "decide is deterministic");
            assert!(writes.len() <= WRITES_MAX);
            for write in &writes {
                let kept_back = matches!(&write.body, Body::AnswerKey(key) if !key.released);
                assert_eq!(write.feeds().is_empty(), kept_back, "a record without a feed reaches nobody");
                let read = Body::parse(write.key.kind, &write.body.to_json()).expect("a body reads back");
                assert_eq!(read, write.body, "a body survives its own JSON");
                self.0.insert(write.key, write.body.clone());
            }
            Ok(writes)
        }
    }

    /// A small id for tests.
    pub fn id(n: u8) -> Id {
        let mut bytes = [0; 16];
        bytes[15] = n;
        bytes[0] = 1;
        Id::from_bytes(bytes)
    }

    /// The code of a refusal, for short assertions.
    pub fn code<T: std::fmt::Debug>(result: Result<T, Refusal>) -> Code {
        result.expect_err("is refused").code
    }
}
