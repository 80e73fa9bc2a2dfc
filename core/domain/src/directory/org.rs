//! Making, naming and switching orgs.

use super::{Basis, Org, OrgKind, Role, Switch};
use crate::decide::{Context, World, Write, Writes, existing, fresh, open_org};
use crate::id::Id;
use crate::record::{Body, Key, Kind};
use crate::refusal::Refusal;
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
    use crate::refusal::Code;

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
