//! People and an activity for this feature's tests.

use ed25519_dalek::SigningKey;

use super::code::{Certificate, HostCode};
use super::{Action, ActivityKind, LogContent, Plan};
use crate::decide::testing::{MemoryWorld, id};
use crate::decide::{Context, Writes, decide};
use crate::directory::{Appointment, Basis, Member, Org, Role, Switch};
use crate::evidence::Interval;
use crate::id::Id;
use crate::record::{Key, Kind};
use crate::refusal::Refusal;
use crate::time::{HOUR_MS, Timestamp};
use crate::{Command, World};

/// The id of the activity.
pub const ACTIVITY: u8 = 60;
/// When it starts, in milliseconds.
pub const STARTS: i64 = 1_795_000_000_000;

/// A branch (4) with a secretary who hosts, and a member.
pub fn world() -> (MemoryWorld, Id, Id) {
    let mut world = MemoryWorld::tree();
    let host = world.member(10, id(4));
    let member = world.member(11, id(4));
    (world, host, member)
}

/// The signing key of the server (1, 2) or a device (3).
pub fn device_key(n: u8) -> SigningKey {
    SigningKey::from_bytes(&[n; 32])
}

/// The public key of server `n`.
pub fn authority(n: u8) -> [u8; 32] {
    device_key(n).verifying_key().to_bytes()
}

/// The code that `host`'s phone shows at `now`.
pub fn code_at(host: Id, now: i64) -> String {
    let certificate = Certificate::issue(&device_key(1), id(90), host, authority(3));
    HostCode::make(&device_key(3), certificate, id(ACTIVITY), Timestamp::from_millis(now)).to_text()
}

/// A plan of branch 4.
pub fn plan_of(host: Id) -> Plan {
    Plan {
        org: id(4),
        template: None,
        kind: ActivityKind::GeneralMeeting,
        title: "十一月党员大会".into(),
        place: "活动室".into(),
        starts: Timestamp::from_millis(STARTS),
        ends: Timestamp::from_millis(STARTS + 2 * HOUR_MS),
        host,
        expected: [].into(),
    }
}

/// What a log of it says.
pub fn content() -> LogContent {
    LogContent {
        activity: None,
        template: None,
        kind: ActivityKind::GeneralMeeting,
        title: "十一月党员大会".into(),
        held: Timestamp::from_millis(STARTS),
        attendance: [].into(),
        fields: [].into(),
        files: vec![],
        late_reason: String::new(),
    }
}

/// Turns check-in on, plans the activity and opens it.
pub fn open_activity(world: &mut MemoryWorld, host: Id) {
    let org: Org = world.read(id(4));
    let basis = Basis { document: "决议".into(), by: host, since: Timestamp::from_millis(0) };
    world.put(id(4), Org { switches: [(Switch::CheckIn, basis)].into(), ..org });
    let target = Key::new(Kind::Activity, id(ACTIVITY));
    if world.get(target).is_none() {
        act(world, host, &[Role::Leader], target, Action::Plan(plan_of(host))).expect("plans");
    }
    act(world, host, &[], target, Action::OpenCheckIn).expect("opens");
}

/// Acts at the activity's start, with `roles` held in branch 4.
pub fn act(world: &mut MemoryWorld, actor: Id, roles: &[Role], target: Key, action: Action) -> Result<Writes, Refusal> {
    act_at(world, actor, roles, STARTS, target, action)
}

/// Acts at `now`, with `roles` held in branch 4 and server 1 as the authority.
pub fn act_at(
    world: &mut MemoryWorld,
    actor: Id,
    roles: &[Role],
    now: i64,
    target: Key,
    action: Action,
) -> Result<Writes, Refusal> {
    let member: Member = world.read(actor);
    let appointments: Vec<_> = roles.iter().map(|role| Appointment::new(actor, id(4), *role)).collect();
    let context = Context {
        actor,
        member: &member,
        appointments: &appointments,
        device: id(90),
        made: Interval::at(Timestamp::from_millis(now)),
        authority: Some(authority(1)),
    };
    let before = world.get(target);
    let command = Command { target, action: crate::Action::Activity(action) };
    let writes = decide(&command, before.as_ref(), world, &context)?;
    for write in &writes {
        world.0.insert(write.key, write.body.clone());
    }
    Ok(writes)
}
