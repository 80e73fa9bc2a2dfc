//! What a device showed of the time bounds what it says later.

use haitang_domain::directory::Appointment;
use haitang_domain::evidence::{TimeToken, Times};
use haitang_domain::time::{HOUR_MS, MINUTE_MS};
use haitang_domain::{Command, Write};
use haitang_protocol::{ChainHash, Envelope};

use super::rig::*;
use haitang_domain::directory::Role;

/// What the phones' clocks show at [`NOW`].
const MONO_MS: i64 = 10_000 * HOUR_MS;

/// A phone that says what it likes of the time. Every push of it arrives at [`NOW`].
struct Liar {
    phone: Phone,
    prev: (u64, ChainHash),
}

impl Liar {
    fn new(phone: Phone) -> Self {
        let prev = phone.chain(COUNTY);
        Self { phone, prev }
    }

    fn token(&self, rig: &Rig, issued: i64) -> TimeToken {
        let mac = rig.keys.issue_time(self.phone.device, at(issued)).mac;
        let mono_ms = (MONO_MS - (NOW - issued)).cast_unsigned();
        TimeToken { issued: at(issued), boot: id(99), mono_ms, mac }
    }

    /// Says of a command that it was made so long ago, with this token; what became of it.
    async fn say(&mut self, rig: &Rig, ago: i64, token: Option<TimeToken>, command: &Command) -> String {
        let times = Times { wall: at(7), mono_ms: (MONO_MS - ago).cast_unsigned(), boot: id(99), token };
        let (seq, start) = (self.prev.0 + 1, self.prev.1);
        let made = Envelope::new(seq, self.prev.0, id(self.phone.member), times, command).to_vec();
        let push = self.phone.wrap(COUNTY, start, std::slice::from_ref(&made));
        self.prev = (seq, start.next(&made));
        let push = haitang_protocol::push::Push { mono_ms: MONO_MS.cast_unsigned(), ..push };
        words(&rig.push(push).await.expect("is taken in")).remove(0)
    }
}

/// Bo was secretary until two hours ago.
fn town() -> Rig {
    let rig = Rig::new();
    let held = Appointment { ended: Some(at(NOW - 2 * HOUR_MS)), ..Appointment::new(id(BO), id(BRANCH), Role::Secretary) };
    rig.hub.seed([Write::new(numbered(900), held)]).expect("seeds");
    rig
}

#[tokio::test]
async fn an_old_token_gains_nothing_for_one_who_showed_a_newer() {
    let rig = town();
    let mut bo = Liar::new(rig.phone(BO, 1));
    let (old, new) = (bo.token(&rig, NOW - 10 * HOUR_MS), bo.token(&rig, NOW - HOUR_MS));
    assert_eq!(bo.say(&rig, 30 * MINUTE_MS, Some(new.clone()), &submit_log(1)).await, "ok");
    // In truth now; said to be of nine hours ago, when he was secretary: with the old token, with none, with one of his own making.
    let forged = TimeToken { mac: [1; 32], ..old.clone() };
    for (n, token) in (2..).zip([Some(old.clone()), None, Some(forged)]) {
        assert_eq!(bo.say(&rig, 9 * HOUR_MS, token, &add_member(n)).await, "not_allowed");
    }
    // Also after the server was started anew.
    let Rig { folder, storage, hub, keys } = rig;
    drop((storage, hub, keys));
    let rig = Rig::over(folder);
    assert_eq!(bo.say(&rig, 9 * HOUR_MS, Some(old), &add_member(5)).await, "not_allowed");
    // And what is true of the time is still believed.
    assert_eq!(bo.say(&rig, 10 * MINUTE_MS, Some(new), &submit_log(6)).await, "ok");
    let submitted = |n| rig.read::<haitang_domain::activity::Log>(numbered(n)).expect("a log").submitted.expect("submitted");
    assert_eq!(submitted(6).latest, at(NOW - 10 * MINUTE_MS));
    assert!(submitted(6).earliest >= submitted(1).earliest);
}

/// What one phone says bounds no other phone, and nothing is held against one that had no network: what it made in its time counts.
#[tokio::test]
async fn a_phone_that_was_offline_is_believed() {
    let rig = town();
    let (mut one, mut two) = (Liar::new(rig.phone(BO, 1)), Liar::new(rig.phone(BO, 2)));
    let new = one.token(&rig, NOW - HOUR_MS);
    assert_eq!(one.say(&rig, MINUTE_MS, Some(new), &submit_log(1)).await, "ok");
    let then = two.token(&rig, NOW - 10 * HOUR_MS);
    assert_eq!(two.say(&rig, 9 * HOUR_MS, Some(then.clone()), &add_member(2)).await, "ok");
    assert_eq!(two.say(&rig, 8 * HOUR_MS, Some(then.clone()), &add_member(3)).await, "ok");
    assert_eq!(two.say(&rig, HOUR_MS, Some(then), &add_member(4)).await, "not_allowed", "after the end of his term");
}
