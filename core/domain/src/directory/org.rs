//! Making, naming and switching orgs.

use std::collections::BTreeSet;

use super::{Basis, Member, Org, OrgKind, Role, Switch};
use crate::decide::{Context, World, Write, Writes, existing, fresh, lineage, open_org};
use crate::id::Id;
use crate::record::{Body, Key, Kind, Typed as _};
use crate::refusal::{Code, Refusal};
use crate::text::{self, NAME_CHARS_MAX, TITLE_CHARS_MAX};

const KEEPERS: &[Role] = &[Role::Admin, Role::Secretary];

pub(super) fn create(
    parent: Id,
    kind: OrgKind,
    name: &str,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    fresh(Kind::Org, target, before)?;
    text::filled("name", name, NAME_CHARS_MAX)?;
    let above = open_org(world, parent)?;
    context.require(KEEPERS, parent, world)?;
    let org = Org { parent: Some(parent), kind, name: name.trim().to_owned(), zone: above.zone, ..Org::default() };
    Ok(vec![Write::new(target.id, org)])
}

pub(super) fn rename(
    name: &str,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let mut org: Org = existing(before)?;
    text::filled("name", name, NAME_CHARS_MAX)?;
    context.require(KEEPERS, target.id, world)?;
    let old = std::mem::replace(&mut org.name, name.trim().to_owned());
    org.former_names.push((context.now(), old));
    text::list("former_names", &org.former_names, 50)?;
    Ok(vec![Write::new(target.id, org)])
}

/// Members that one command may move.
pub const MERGED_MAX: usize = 300;

pub(super) fn merge(
    into: Id,
    members: &[Id],
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let mut org: Org = existing(before)?;
    text::list("members", members, MERGED_MAX)?;
    context.require(KEEPERS, target.id, world)?;
    if org.merged_into != Some(into) {
        context.require(KEEPERS, into, world)?;
    }
    let successor = open_org(world, into)?;
    if successor.kind != org.kind || lineage(world, into).any(|(id, _)| id == target.id) {
        return Err(Refusal::new(Code::OutOfRange).with("field", "into"));
    }
    match (org.closed, org.merged_into) {
        (None, _) => (org.closed, org.merged_into) = (Some(context.now()), Some(into)),
        // A second helping of members.
        (Some(_), Some(before)) if before == into => {}
        _ => return Err(Refusal::new(Code::Closed).with("kind", "org")),
    }
    let mut writes = vec![Write::new(target.id, org)];
    for id in BTreeSet::from_iter(members) {
        let found = world.get(Key::new(Kind::Member, *id)).and_then(Member::of);
        if let Some(member) = found.filter(|member| member.org == target.id && member.closed.is_none()) {
            writes.push(Write::new(*id, Member { org: into, ..member }));
        }
    }
    Ok(writes)
}

pub(super) fn set_switch(
    switch: Switch,
    document: Option<&str>,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let mut org: Org = existing(before)?;
    context.require(KEEPERS, target.id, world)?;
    if let Some(document) = document {
        text::filled("document", document, TITLE_CHARS_MAX)?;
        org.switches.insert(switch, Basis { document: document.trim().to_owned(), by: context.actor, since: context.now() });
    } else {
        org.switches.remove(&switch);
    }
    Ok(vec![Write::new(target.id, org)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::testing::{MemoryWorld, code, id};
    use crate::directory::Action;

    fn on(action: Action) -> crate::Action {
        crate::Action::Directory(action)
    }

    #[test]
    fn a_keeper_above_makes_an_org_and_a_stranger_does_not() {
        let mut world = MemoryWorld::tree();
        let anna = world.member(10, id(4));
        let make = on(Action::CreateOrg { parent: id(3), kind: OrgKind::Branch, name: " 紫藤支部 ".into() });
        let target = Key::new(Kind::Org, id(20));
        assert_eq!(code(world.act(anna, &[(Role::Admin, id(4))], 1, target, make.clone())), Code::NotAllowed);
        world.act(anna, &[(Role::Admin, id(2))], 1, target, make.clone()).expect("the street may");
        assert_eq!(world.read::<Org>(id(20)).name, "紫藤支部");
        assert_eq!(code(world.act(anna, &[(Role::Admin, id(2))], 1, target, make)), Code::Exists);
    }

    #[test]
    fn a_renamed_org_keeps_its_former_name_with_its_date() {
        let mut world = MemoryWorld::tree();
        let anna = world.member(10, id(4));
        let target = Key::new(Kind::Org, id(4));
        world
            .act(anna, &[(Role::Secretary, id(4))], 7, target, on(Action::RenameOrg { name: "海棠支部".into() }))
            .expect("renames");
        let org: Org = world.read(id(4));
        assert_eq!((org.name.as_str(), org.former_names[0].0.millis(), org.former_names[0].1.as_str()), ("海棠支部", 7, "org 4"));
    }

    #[test]
    fn a_merge_closes_one_org_and_moves_its_members_to_the_other() {
        let mut world = MemoryWorld::tree();
        let branch = |name: &str| Org { parent: Some(id(3)), kind: OrgKind::Branch, name: name.into(), ..Org::default() };
        world.put(id(5), branch("org 5"));
        world.put(id(6), Org { parent: Some(id(4)), ..branch("org 6") });
        let (anna, bo, cai) = (world.member(10, id(4)), world.member(11, id(4)), world.member(12, id(5)));
        let target = Key::new(Kind::Org, id(4));
        let merge = |into: u8, members: &[Id]| on(Action::MergeOrg { into: id(into), members: members.to_vec() });
        let above = [(Role::Admin, id(3))];
        assert_eq!(code(world.act(anna, &[(Role::Secretary, id(4))], 1, target, merge(5, &[]))), Code::NotAllowed);
        assert_eq!(code(world.act(anna, &above, 1, target, merge(6, &[]))), Code::OutOfRange, "below itself");
        assert_eq!(code(world.act(anna, &above, 1, target, merge(3, &[]))), Code::OutOfRange, "another kind");
        // Somebody who is not there and one who belongs elsewhere do no harm.
        world.act(anna, &above, 7, target, merge(5, &[bo, cai, id(99)])).expect("merges");
        let ended: Org = world.read(id(4));
        assert_eq!((ended.closed.map(crate::Timestamp::millis), ended.merged_into), (Some(7), Some(id(5))));
        assert!(ended.feeds(id(4)).contains(&crate::Feed::org(id(5))), "the successor sees what it comes from");
        assert_eq!([world.read::<Member>(bo).org, world.read::<Member>(anna).org], [id(5), id(4)]);
        let own = [(Role::Secretary, id(4))];
        world.act(anna, &own, 9, target, merge(5, &[anna])).expect("its own secretary moves those that were left");
        assert_eq!(world.read::<Member>(anna).org, id(5));
        assert_eq!(world.read::<Org>(id(4)).closed.map(crate::Timestamp::millis), Some(7));
        world.put(id(7), branch("org 7"));
        assert_eq!(code(world.act(anna, &above, 9, target, merge(7, &[]))), Code::Closed, "merged once");
        let back = Key::new(Kind::Org, id(5));
        assert_eq!(code(world.act(anna, &above, 9, back, merge(4, &[]))), Code::Closed, "into one that has ended");
    }

    #[test]
    fn a_switch_needs_a_basis() {
        let mut world = MemoryWorld::tree();
        let anna = world.member(10, id(4));
        let target = Key::new(Kind::Org, id(4));
        let set = |document: Option<&str>| on(Action::SetSwitch { switch: Switch::CheckIn, document: document.map(Into::into) });
        assert_eq!(code(world.act(anna, &[(Role::Secretary, id(4))], 1, target, set(Some(" ")))), Code::Empty);
        world.act(anna, &[(Role::Secretary, id(4))], 1, target, set(Some("支部大会决议 2026-3"))).expect("with a basis");
        assert!(world.read::<Org>(id(4)).switches.contains_key(&Switch::CheckIn));
        world.act(anna, &[(Role::Secretary, id(4))], 2, target, set(None)).expect("off again");
        assert!(world.read::<Org>(id(4)).switches.is_empty());
    }
}
