//! Grids.

use serde::{Deserialize, Serialize};

use super::KEEPERS;
use crate::decide::{Context, World, Write, Writes, existing, fresh, open_org, read};
use crate::feed::Feed;
use crate::id::Id;
use crate::record::{Body, Key, Kind};
use crate::refusal::{Code, Refusal};
use crate::text;
use crate::time::Timestamp;

/// The area a grid worker answers for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grid {
    /// The community it lies in.
    pub org: Id,
    /// What it is called.
    pub name: String,
    /// Since when nothing new is done in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Timestamp>,
}

impl Grid {
    /// The grid's own feed, and its org's.
    pub fn feeds(&self, id: Id) -> Vec<Feed> {
        vec![Feed::grid(id), Feed::org(self.org)]
    }
}

/// A grid that must be there and be open, in an org that is open.
pub(super) fn open(world: &dyn World, id: Id) -> Result<Grid, Refusal> {
    let grid: Grid = read(world, id)?;
    still_open(&grid)?;
    open_org(world, grid.org)?;
    Ok(grid)
}

fn still_open(grid: &Grid) -> Result<(), Refusal> {
    if grid.closed.is_some() { Err(Refusal::new(Code::Closed).with("kind", "grid")) } else { Ok(()) }
}

pub(super) fn add(
    org: Id,
    name: &str,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    fresh(Kind::Grid, target, before)?;
    open_org(world, org)?;
    context.require(&KEEPERS, org, world)?;
    text::filled("name", name, text::NAME_CHARS_MAX)?;
    Ok(vec![Write::new(target.id, Grid { org, name: name.trim().to_owned(), closed: None })])
}

pub(super) fn rename(
    id: Id,
    name: &str,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let grid: Grid = existing(before)?;
    context.require(&KEEPERS, grid.org, world)?;
    still_open(&grid)?;
    text::filled("name", name, text::NAME_CHARS_MAX)?;
    Ok(vec![Write::new(id, Grid { name: name.trim().to_owned(), ..grid })])
}

pub(super) fn close(id: Id, before: Option<&Body>, world: &dyn World, context: &Context<'_>) -> Result<Writes, Refusal> {
    let grid: Grid = existing(before)?;
    context.require(&KEEPERS, grid.org, world)?;
    still_open(&grid)?;
    Ok(vec![Write::new(id, Grid { closed: Some(context.now()), ..grid })])
}

#[cfg(test)]
mod tests {
    use super::super::Action;
    use super::*;
    use crate::Action as Any;
    use crate::decide::testing::{MemoryWorld, code, id};
    use crate::directory::Role;

    fn add() -> Any {
        Any::Task(Action::AddGrid { org: id(3), name: " 第一网格 ".into() })
    }

    #[test]
    fn a_secretary_above_adds_renames_and_closes_a_grid() {
        let mut world = MemoryWorld::tree();
        let anna = world.member(10, id(2));
        let key = Key::new(Kind::Grid, id(50));
        let roles = [(Role::Secretary, id(2))];
        world.act(anna, &roles, 1, key, add()).expect("is added");
        assert_eq!(world.read::<Grid>(id(50)).name, "第一网格");
        assert_eq!(code(world.act(anna, &roles, 1, key, add())), Code::Exists);
        world.act(anna, &roles, 2, key, Any::Task(Action::RenameGrid { name: "海棠网格".into() })).expect("is renamed");
        world.act(anna, &roles, 3, key, Any::Task(Action::CloseGrid)).expect("is closed");
        assert_eq!(
            world.read::<Grid>(id(50)),
            Grid { org: id(3), name: "海棠网格".into(), closed: Some(Timestamp::from_millis(3)) }
        );
        assert_eq!(code(world.act(anna, &roles, 4, key, Any::Task(Action::CloseGrid))), Code::Closed);
    }

    #[test]
    fn nobody_else_does_and_a_name_is_needed() {
        let mut world = MemoryWorld::tree();
        let anna = world.member(10, id(4));
        let key = Key::new(Kind::Grid, id(50));
        for roles in [&[][..], &[(Role::Secretary, id(4))], &[(Role::Leader, id(3))], &[(Role::GridWorker, id(50))]] {
            assert_eq!(code(world.act(anna, roles, 1, key, add())), Code::NotAllowed, "{roles:?}");
        }
        let keeper = [(Role::Admin, id(3))];
        let nameless = |name: &str| Any::Task(Action::AddGrid { org: id(3), name: name.into() });
        assert_eq!(code(world.act(anna, &keeper, 1, key, nameless(" "))), Code::Empty);
        assert_eq!(code(world.act(anna, &keeper, 1, key, nameless(&"长".repeat(61)))), Code::TooLong);
        assert_eq!(code(world.act(anna, &keeper, 1, Key::new(Kind::Task, id(50)), add())), Code::WrongKind);
    }
}
