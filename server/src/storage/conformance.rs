//! What every storage does, tested alike on each.

use haitang_domain::attachment::Sha256;
use haitang_domain::directory::{Appointment, Member, Org, OrgKind, Role};
use haitang_domain::record::Typed as _;
use haitang_domain::{Body, Feed, Id, Key, Kind, Timestamp};

use super::{Device, DeviceState, EnrolCode, LogEntry, ShardState, Storage, StorageError, StoredFile, Upload};
use crate::account::access::look;

/// Runs every case against storages that `make` makes, each new and empty.
///
/// # Panics
/// Where a storage does not do what it must.
pub fn run(make: &mut dyn FnMut() -> Box<dyn Storage>) {
    for case in [
        records_enter_and_leave_feeds,
        a_failed_write_leaves_nothing,
        a_view_does_not_move,
        the_log_is_kept_in_order,
        codes_are_used_once,
        secrets_are_made_once,
        uploads_that_are_whole_are_not_open,
    ] {
        case(make().as_ref());
    }
}

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn member(org: u8) -> Body {
    Member { org: id(org), name: "m".into(), ..Member::default() }.into_body()
}

fn changes(storage: &dyn Storage, feed: Feed, after: u64) -> Vec<(u64, bool)> {
    let mut seen = vec![];
    let found = look(storage, |snapshot| {
        snapshot.changes(id(1), feed, after, true, &mut |change| {
            seen.push((change.version, change.body.is_some()));
            true
        })
    });
    found.expect("reads");
    seen
}

fn records_enter_and_leave_feeds(storage: &dyn Storage) {
    let key = Key::new(Kind::Member, id(9));
    storage
        .write(id(1), &mut |writer| {
            assert_eq!(writer.state()?, None);
            writer.put(key, &member(2), 1, None)?;
            writer.set_state(&ShardState { version: 1, ..ShardState::default() })
        })
        .expect("writes");
    storage
        .write(id(1), &mut |writer| {
            let before = writer.record(key)?.expect("is there");
            assert_eq!((before.version, before.shard), (1, id(1)));
            writer.put(key, &member(3), 2, Some(&before))?;
            writer.set_state(&ShardState { version: 2, ..ShardState::default() })
        })
        .expect("writes");
    assert_eq!(changes(storage, Feed::org(id(2)), 0), [(2, false)], "it left");
    assert_eq!(changes(storage, Feed::org(id(3)), 0), [(2, true)], "it entered");
    assert_eq!(changes(storage, Feed::member(id(9)), 0), [(2, true)], "it stayed, once, at its newest version");
    assert_eq!(changes(storage, Feed::member(id(9)), 2), [], "nothing after its cursor");
    let shards = look(storage, |snapshot| snapshot.shards_of(Feed::org(id(3)))).expect("reads");
    assert_eq!(shards, [id(1)]);
    let held = Appointment::new(id(9), id(3), Role::Leader).into_body();
    storage
        .write(id(4), &mut |writer| writer.put(Key::new(Kind::Appointment, id(8)), &held, 1, None).map(|_| ()))
        .expect("writes");
    let found = look(storage, |snapshot| snapshot.appointments(id(9))).expect("reads");
    assert_eq!(found, [(id(8), held)], "found in whatever shard");
}

fn a_failed_write_leaves_nothing(storage: &dyn Storage) {
    let failed = storage.write(id(1), &mut |writer| {
        writer.put(Key::new(Kind::Member, id(9)), &member(2), 1, None)?;
        Err(StorageError::Fault("on purpose".into()))
    });
    assert!(failed.is_err());
    assert_eq!(changes(storage, Feed::org(id(2)), 0), []);
    assert_eq!(look(storage, |snapshot| snapshot.record(Key::new(Kind::Member, id(9)))).expect("reads"), None);
}

fn a_view_does_not_move(storage: &dyn Storage) {
    let put = |n: u8, version| {
        let org = Org { kind: OrgKind::Branch, name: "o".into(), ..Org::default() }.into_body();
        storage.write(id(1), &mut |writer| {
            writer.put(Key::new(Kind::Org, id(n)), &org, version, None)?;
            writer.set_state(&ShardState { version, ..ShardState::default() })
        })
    };
    put(5, 1).expect("writes");
    storage
        .read(&mut |snapshot| {
            let before = snapshot.shard(id(1))?.map(|state| state.version);
            put(6, 2)?;
            assert_eq!(snapshot.shard(id(1))?.map(|state| state.version), before);
            assert_eq!(snapshot.record(Key::new(Kind::Org, id(6)))?, None);
            Ok(())
        })
        .expect("reads");
}

fn the_log_is_kept_in_order(storage: &dyn Storage) {
    let entry = |no: u64| LogEntry {
        no,
        device: id(7),
        seq: 10 + no,
        envelope: vec![1, 2, no as u8],
        received: Timestamp::from_millis(5),
        mono_ms: 6,
        boot: id(8),
        signature: (no == 2).then(|| vec![9; 64]),
        version: no,
        refusal: (no == 1).then(|| b"{\"code\":\"missing\"}".to_vec()),
        hash: [no as u8; 32],
    };
    storage
        .write(id(1), &mut |writer| {
            writer.append(&entry(1))?;
            writer.append(&entry(2))?;
            writer.set_device(id(7), &DeviceState { seq: 12, hash: [3; 32], floor: Timestamp::from_millis(5) })
        })
        .expect("writes");
    let mut seen = vec![];
    look(storage, |snapshot| {
        assert_eq!(
            snapshot.device_state(id(1), id(7))?,
            Some(DeviceState { seq: 12, hash: [3; 32], floor: Timestamp::from_millis(5) })
        );
        snapshot.log(id(1), 0, &mut |entry| {
            seen.push(entry);
            true
        })
    })
    .expect("reads");
    assert_eq!(seen, [entry(1), entry(2)]);
    storage
        .write(id(1), &mut |writer| {
            let (envelope, version, refusal) = writer.logged(id(7), 11)?.expect("is logged");
            assert_eq!((envelope, version, refusal), (entry(1).envelope, 1, entry(1).refusal));
            assert_eq!(writer.logged(id(7), 99)?, None);
            Ok(())
        })
        .expect("reads");
    assert!(storage.write(id(1), &mut |writer| writer.append(&entry(2))).is_err(), "a number is given once");
}

fn codes_are_used_once(storage: &dyn Storage) {
    let at = Timestamp::from_millis;
    let code = EnrolCode { hash: [1; 32], member: id(9), by: None, made: at(0), expires: at(100) };
    storage.put_enrol_code(&code).expect("keeps");
    let make = |member| Some(Device { id: id(7), member, public_key: [2; 32], name: "p".into(), enrolled: at(5), revoked: None });
    assert_eq!(storage.enrol(&[1; 32], at(5), &|_| None).expect("answers"), None, "not for this one, and not used up");
    assert_eq!(storage.enrol(&[9; 32], at(5), &make).expect("answers"), None, "unknown");
    assert_eq!(storage.enrol(&[1; 32], at(100), &make).expect("answers"), None, "too old");
    assert_eq!(storage.enrol(&[1; 32], at(5), &make).expect("answers"), make(id(9)));
    assert_eq!(storage.enrol(&[1; 32], at(5), &make).expect("answers"), None, "used");
    assert!(storage.revoke_device(id(7), at(6)).expect("answers"));
    assert_eq!(storage.device(id(7)).expect("answers").and_then(|device| device.revoked), Some(at(6)));
}

fn secrets_are_made_once(storage: &dyn Storage) {
    assert_eq!(storage.secret("s", &|| vec![1]).expect("made"), [1]);
    assert_eq!(storage.secret("s", &|| vec![2]).expect("kept"), [1]);
    storage.set_secret("s", &[3]).expect("replaces");
    assert_eq!(storage.secret("s", &|| vec![2]).expect("kept"), [3]);
    let epoch = storage.epoch().expect("an epoch");
    assert_eq!(storage.epoch().expect("the same"), epoch);
    storage.set_epoch(id(3)).expect("sets");
    assert_eq!(storage.epoch().expect("another"), id(3));
}

fn uploads_that_are_whole_are_not_open(storage: &dyn Storage) {
    let at = Timestamp::from_millis;
    let upload = |n: u8, expires| Upload {
        id: id(n),
        device: id(7),
        sha256: Sha256([n; 32]),
        bytes: 5,
        media_type: "image/jpeg".into(),
        name: String::new(),
        expires: at(expires),
    };
    for made in [upload(1, 100), upload(2, 100), upload(3, 10), Upload { device: id(8), ..upload(4, 100) }] {
        storage.put_upload(&made).expect("keeps");
    }
    assert_eq!(storage.uploads_of(id(7), at(50)).expect("counts"), 2, "neither those of another nor what is over");
    let file = StoredFile { sha256: Sha256([1; 32]), bytes: 5, media_type: "image/jpeg".into(), device: id(7), arrived: at(50) };
    storage.put_file(&file).expect("keeps");
    assert_eq!(storage.uploads_of(id(7), at(50)).expect("counts"), 1, "a phone may send any number, one after the other");
    assert!(storage.upload(id(1)).expect("reads").is_some(), "whoever missed the answer can ask still");
}
