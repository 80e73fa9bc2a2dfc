//! Who may read what: the feeds a member's devices receive.

use std::collections::BTreeSet;

use crate::decide::{World, lineage};
use crate::directory::{Appointment, Member};
use crate::feed::Feed;
use crate::id::Id;

/// Every feed the member `id` may read, with `appointments` in force.
///
/// Reading `down` feeds needs the orgs above; `world` must hold them.
pub fn feeds(id: Id, member: &Member, appointments: &[Appointment], world: &dyn World) -> BTreeSet<Feed> {
    let mut feeds = BTreeSet::from([Feed::member(id)]);
    if member.closed.is_some() {
        return feeds;
    }
    let belong = |org: Id, feeds: &mut BTreeSet<Feed>| {
        feeds.insert(Feed::org(org));
        feeds.extend(lineage(world, org).map(|(id, _)| Feed::down(id)));
    };
    belong(member.org, &mut feeds);
    for held in appointments {
        belong(held.org, &mut feeds);
        if held.role.decides() {
            feeds.insert(Feed::inbox(held.org));
        }
        feeds.extend(held.grid.map(Feed::grid));
    }
    feeds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::testing::{MemoryWorld, id};
    use crate::directory::Role;

    #[test]
    fn a_member_reads_their_own_their_branch_and_all_that_is_published_above() {
        let mut world = MemoryWorld::tree();
        let anna = world.member(10, id(4));
        let member: Member = world.read(anna);
        let read = feeds(anna, &member, &[], &world);
        let want =
            [Feed::member(anna), Feed::org(id(4)), Feed::down(id(4)), Feed::down(id(3)), Feed::down(id(2)), Feed::down(id(1))];
        assert_eq!(read, want.into_iter().collect());
    }

    #[test]
    fn a_role_that_decides_reads_the_inbox_and_a_grid_worker_the_grid() {
        let mut world = MemoryWorld::tree();
        let anna = world.member(10, id(4));
        let member: Member = world.read(anna);
        let held = [
            Appointment::new(anna, id(2), Role::Approver),
            Appointment { grid: Some(id(50)), ..Appointment::new(anna, id(3), Role::GridWorker) },
        ];
        let read = feeds(anna, &member, &held, &world);
        assert!(read.contains(&Feed::inbox(id(2))) && read.contains(&Feed::grid(id(50))));
        assert!(!read.contains(&Feed::inbox(id(3))), "a grid worker decides nothing");
    }

    #[test]
    fn a_closed_member_keeps_only_what_is_their_own() {
        let mut world = MemoryWorld::tree();
        let anna = world.member(10, id(4));
        let member = Member { closed: Some(crate::Timestamp::from_millis(1)), ..world.read(anna) };
        assert_eq!(feeds(anna, &member, &[Appointment::new(anna, id(4), Role::Secretary)], &world), [Feed::member(anna)].into());
    }
}
