use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use haitang_domain::directory::Member;
use haitang_protocol::push::Push;

use super::copy::{CopyError, backup, restore};
use super::verify::verify_log;
use crate::hub::tests::rig::{ANNA, BO, COUNTY, NOW, Phone, Received, Rig, add_member, at, id, numbered, rename};
use crate::storage::{DATABASE, SqliteStorage};

async fn with_log() -> (Rig, Phone) {
    let rig = Rig::new();
    let (mut anna, mut bo) = (rig.phone(ANNA, 1), rig.phone(BO, 2));
    for n in 0..4 {
        rig.do_all(&mut anna, &[add_member(3 * n + 1), add_member(3 * n + 2), add_member(3 * n + 2)]).await;
        rig.do_all(&mut bo, &[rename(id(BO), "member 11")]).await;
    }
    (rig, anna)
}

/// What is found in the county's log after something was done behind the server's back.
async fn found(sql: &str) -> String {
    let (rig, _) = with_log().await;
    let report = |rig: &Rig| {
        let reports = verify_log(rig.storage.as_ref()).expect("walks");
        reports.into_iter().find(|report| report.shard == id(COUNTY)).expect("the county")
    };
    let whole = report(&rig);
    assert_eq!((whole.entries, whole.fault), (16, None));
    rig.storage.tamper("DROP TRIGGER log_is_not_rewritten; DROP TRIGGER log_is_not_shortened;");
    rig.storage.tamper(sql);
    report(&rig).fault.expect("something is wrong")
}

#[tokio::test]
async fn any_change_of_the_log_is_found_with_its_place() {
    let entry = |n: u8| format!("key & 0xffffffffff = {n}");
    let six = entry(6);
    for column in ["received", "mono_ms", "version", "seq"] {
        let fault = found(&format!("UPDATE log SET {column} = {column} + 1000 WHERE {six}")).await;
        assert!(fault.starts_with("entry 6: its hash"), "{column}: {fault}");
    }
    for column in ["envelope", "boot", "hash"] {
        let flip = format!("UPDATE log SET {column} = unhex('ff' || substr(hex({column}), 3)) WHERE {six}");
        assert!(found(&flip).await.starts_with("entry 6: its hash"), "{column}");
    }
    assert!(found(&format!("UPDATE log SET refusal = NULL WHERE {}", entry(3))).await.starts_with("entry 3: its hash"));
    assert!(found(&format!("UPDATE log SET chain = 3 - chain WHERE {six}")).await.starts_with("entry 6: its hash"));
    assert!(found(&format!("UPDATE log SET signature = NULL WHERE {}", entry(7))).await.starts_with("entry 7: its hash"));
    assert!(found(&format!("DELETE FROM log WHERE {six}")).await.contains("entry 6 is missing"));
    assert!(found(&format!("DELETE FROM log WHERE {}", entry(16))).await.contains("entries are missing"));
    let swap = |a, b, c| format!("UPDATE log SET key = key + {b} - {a} + {c} WHERE {};", entry(a));
    let fault =
        found(&(swap(5, 6, 1_000) + &swap(6, 5, 0) + "UPDATE log SET key = key - 1000 WHERE key & 0xffffffffff = 1006")).await;
    assert!(fault.starts_with("entry 5: its hash"), "{fault}");
}

#[tokio::test]
async fn a_chain_made_anew_by_someone_without_the_devices_keys_is_found() {
    // Whoever can write the database can compute every hash anew; what they cannot do is sign for a device.
    let (rig, _) = with_log().await;
    rig.storage.tamper("DROP TRIGGER log_is_not_rewritten");
    let mut entries = vec![];
    crate::account::access::look(rig.storage.as_ref(), |snapshot| {
        snapshot.log(id(COUNTY), 0, &mut |entry| {
            entries.push(entry);
            true
        })
    })
    .expect("reads");
    let mut hash = [0; 32];
    for entry in &mut entries {
        if entry.no == 5 {
            let last = entry.envelope.len() - 3;
            entry.envelope[last] ^= 1;
        }
        entry.hash = entry.link(&hash);
        hash = entry.hash;
        let (envelope, hash) = (hex::encode(&entry.envelope), hex::encode(hash));
        let place = format!("WHERE key & 0xffffffffff = {} AND chain IN (SELECT chain.no FROM chain)", entry.no);
        rig.storage.tamper(&format!("UPDATE log SET envelope = x'{envelope}', hash = x'{hash}' {place}"));
    }
    rig.storage.tamper(&format!("UPDATE shard SET log_hash = x'{}' WHERE log_no > 0", hex::encode(hash)));
    let reports = verify_log(rig.storage.as_ref()).expect("walks");
    let fault = reports.into_iter().find_map(|report| report.fault).expect("something is wrong");
    assert!(fault.contains("the signature of device"), "{fault}");
}

#[tokio::test]
async fn the_log_cannot_be_rewritten_by_mistake() {
    let (rig, _) = with_log().await;
    for sql in ["UPDATE log SET received = 0", "DELETE FROM log"] {
        let connection = rusqlite::Connection::open(rig.folder.path().join(DATABASE)).expect("opens");
        assert!(connection.execute(sql, []).is_err(), "{sql}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_made_while_phones_push_is_whole_and_can_be_restored() {
    let (rig, mut anna) = with_log().await;
    let files = rig.folder.path().join("files/ab");
    std::fs::create_dir_all(&files).expect("a folder");
    std::fs::write(files.join("abcd"), b"a photo").expect("writes");
    let stop = Arc::new(AtomicBool::new(false));
    let pushing = tokio::spawn({
        let (hub, stop) = (rig.hub.clone(), stop.clone());
        async move {
            let mut n = 1_000;
            while !stop.load(Ordering::Relaxed) {
                n += 1;
                let push = anna.push(COUNTY, &[add_member(n)]);
                hub.push(push.device, Push { epoch: hub.epoch(), ..push }, at(NOW)).await.expect("is taken in");
            }
            (n, anna)
        }
    });
    while rig.version(COUNTY) < 40 {
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    let (storage, data, to) = (rig.storage.clone(), rig.folder.path().to_owned(), tempfile::tempdir().expect("a folder"));
    let copy = to.path().join("copy");
    let target = copy.clone();
    let copied = tokio::task::spawn_blocking(move || backup(storage.as_ref(), &data, &target)).await.expect("ends");
    assert_eq!(copied.expect("copies"), 1);
    let before = rig.version(COUNTY);
    while rig.version(COUNTY) < before + 5 {
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    stop.store(true, Ordering::Relaxed);
    let (last, mut anna) = pushing.await.expect("ends");
    assert!(matches!(backup(rig.storage.as_ref(), rig.folder.path(), &copy), Err(CopyError::NotEmpty(_))));

    assert!(matches!(restore(&copy, rig.folder.path(), at(NOW)), Err(CopyError::NotEmpty(_))), "over a server's data");
    let new = tempfile::tempdir().expect("a folder");
    let epoch = restore(&copy, new.path(), at(NOW)).expect("restores");
    assert_eq!(std::fs::read(new.path().join("files/ab/abcd")).expect("is there"), b"a photo");
    let restored = Rig::over(new);
    assert_eq!((restored.hub.epoch(), restored.keys.authority()), (epoch, rig.keys.authority()));
    assert_ne!(epoch, rig.hub.epoch());
    assert!(verify_log(restored.storage.as_ref()).expect("walks").iter().all(|report| report.fault.is_none()));
    assert!(restored.read::<Member>(numbered(last)).is_none(), "made after the copy");

    // A phone that was in step hears what the server has, and sends the rest again.
    let push = anna.push(COUNTY, &[add_member(9_999)]);
    let gap = restored.push(push).await.expect_err("commands are missing");
    assert_eq!(gap.code, haitang_protocol::ProblemCode::Gap);
    let mut received = Received::default();
    received.pull(&rig, anna.device, ANNA);
    received.pull(&restored, anna.device, ANNA);
    assert_eq!(received.epoch, Some(epoch));
}

#[test]
fn what_is_no_copy_is_not_restored() {
    let (from, data) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    assert!(matches!(restore(from.path(), data.path(), at(NOW)), Err(CopyError::NoCopy(..))));
    std::fs::write(from.path().join(DATABASE), b"this is not a database at all, whatever its name says").expect("writes");
    assert!(matches!(restore(from.path(), data.path(), at(NOW)), Err(CopyError::NoCopy(..))));
    assert_eq!(std::fs::read_dir(data.path()).expect("reads").count(), 0, "the folder is free for a good one");
    drop(SqliteStorage::open(&data.path().join(DATABASE)).expect("opens"));
}
