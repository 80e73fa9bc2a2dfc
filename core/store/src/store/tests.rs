use std::fs;

use haitang_domain::{Key, Kind};
use haitang_protocol::envelope::WireToken;

use super::*;
use crate::testing::{CAI, KEY, NOW, at, edit_member, id, in_step, plan, times};
use crate::{Undertaking, file};
use haitang_domain::{Command, Timestamp};

#[test]
fn what_was_done_is_there_after_opening_again() {
    let (store, _server, folder) = in_step();
    store.act(Key::new(Kind::Activity, id(60)), plan("讲座")).expect("plans");
    store.set_setting("elder_mode", Some("on")).expect("sets");
    let token = WireToken { issued: Timestamp::from_millis(NOW), boot: id(1), mono_ms: 7, mac: [1; 32] };
    store.set_time_token(&token).expect("keeps");
    drop(store);
    let store = Store::open(folder.path().join("phone.db"), KEY).expect("opens");
    assert!(store.get(Key::new(Kind::Activity, id(60))).expect("reads").expect("is there").pending);
    assert_eq!(store.setting("elder_mode").expect("reads").as_deref(), Some("on"));
    assert_eq!(store.time_token().expect("reads"), Some(token));
    assert_eq!(store.waiting(0, 10).expect("lists").len(), 1);
}

#[test]
fn another_key_is_told_as_that_and_nothing_is_touched() {
    let (store, _server, folder) = in_step();
    drop(store);
    let path = folder.path().join("phone.db");
    let before = fs::read(&path).expect("reads");
    assert!(matches!(Store::open(&path, [8; 32]), Err(StoreError::WrongKey)));
    fs::remove_file(folder.path().join("phone.db-key")).expect("is there");
    assert!(matches!(Store::open(&path, [8; 32]), Err(StoreError::WrongKey)), "also where the check is gone");
    assert_eq!(fs::read(&path).expect("reads"), before);
    Store::open(&path, KEY).expect("the right key still opens it");
}

#[test]
fn a_file_that_is_no_database_or_is_damaged_is_left_for_someone_to_look_at() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("phone.db");
    fs::write(&path, "会议记录\n".repeat(2_000)).expect("writes");
    let before = fs::read(&path).expect("reads");
    assert!(matches!(Store::open(&path, KEY), Err(StoreError::Corrupt(_))));
    assert_eq!(fs::read(&path).expect("reads"), before);

    let (store, _server, folder) = in_step();
    drop(store);
    let path = folder.path().join("phone.db");
    let mut bytes = fs::read(&path).expect("reads");
    bytes[100..200].fill(0);
    fs::write(&path, &bytes).expect("writes");
    assert!(matches!(Store::open(&path, KEY), Err(StoreError::Corrupt(_))), "its first page");
}

#[test]
fn a_damaged_page_is_told_when_it_is_read() {
    let (store, _server, folder) = in_step();
    drop(store);
    let path = folder.path().join("phone.db");
    let mut bytes = fs::read(&path).expect("reads");
    // Every page but the first is struck, so that whatever is read next is.
    bytes.chunks_mut(4096).skip(1).for_each(|page| page[50..80].fill(7));
    fs::write(&path, &bytes).expect("writes");
    let read = Store::open(&path, KEY).and_then(|store| store.get(Key::new(Kind::Member, id(CAI))));
    assert!(matches!(read, Err(StoreError::Corrupt(_))), "{read:?}");
}

#[test]
fn a_full_disk_is_told_as_that_and_nothing_of_the_operation_is_kept() {
    let (store, _server, _folder) = in_step();
    let pages = |sql: &str| store.write("limit", |db| Ok(db.query_row(sql, [], |row| row.get::<_, i64>(0))?)).expect("asks");
    let limit = pages("PRAGMA page_count") + 4;
    pages(&format!("PRAGMA max_page_count = {limit}"));
    let done = |n: u8| Undertaking {
        command: Command { target: Key::new(Kind::Activity, id(n)), action: plan(&"长".repeat(110)) },
        times: times(NOW),
        made: at(NOW),
    };
    let many: Vec<_> = (60..160).map(done).collect();
    assert!(matches!(store.perform_many(&many), Err(StoreError::DiskFull)));
    assert!(store.waiting(0, 10).expect("lists").is_empty());
    assert_eq!(store.get(Key::new(Kind::Activity, id(60))).expect("reads"), None);
    pages("PRAGMA max_page_count = 100000");
    store.perform_many(&many).expect("there is room again");
}

#[test]
fn a_wiped_phone_has_nothing_left() {
    let (store, _server, folder) = in_step();
    store.act(Key::new(Kind::Member, id(CAI)), edit_member("改")).expect("edits");
    store.wipe().expect("wipes");
    assert_eq!(fs::read_dir(folder.path()).expect("lists").count(), 0);
    assert!(matches!(store.unsent(), Err(StoreError::Closed)));
    assert!(matches!(store.act(Key::new(Kind::Member, id(CAI)), edit_member("改")), Err(StoreError::Closed)));
}

#[test]
fn before_enrolment_nothing_can_be_done() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path().join("phone.db"), KEY).expect("opens");
    assert_eq!(store.identity().expect("reads"), None);
    assert!(matches!(store.act(Key::new(Kind::Activity, id(60)), plan("x")), Err(StoreError::NotEnrolled)));
}

#[test]
fn readers_see_what_was_there_while_a_write_is_under_way() {
    let (store, _server, _folder) = in_step();
    let key = Key::new(Kind::Member, id(CAI));
    let before = store.get(key).expect("reads");
    let seen = store.write("slow", |db| {
        db.execute("UPDATE record SET body = '{}' WHERE id = ?1", [id(CAI).bytes()])?;
        Ok(store.get(key))
    });
    assert_eq!(seen.expect("writes").expect("reads"), before);
}

#[test]
fn files_wait_until_a_command_names_them_and_go_on_where_they_were_cut() {
    let (store, mut server, folder) = in_step();
    let photo = haitang_domain::attachment::Attachment {
        sha256: haitang_domain::attachment::Sha256([9; 32]),
        bytes: 500,
        media_type: "image/jpeg".into(),
        name: "现场".into(),
    };
    store.enqueue_file(&photo, &folder.path().join("photo.jpg")).expect("takes");
    assert_eq!(store.next_upload().expect("reads"), None, "nothing names it");
    let content = haitang_domain::activity::LogContent { files: vec![photo.clone()], ..crate::testing::content("有图") };
    let submit = haitang_domain::activity::Action::SubmitLog { org: id(4), content };
    store.act(Key::new(Kind::Log, id(70)), haitang_domain::Action::Activity(submit)).expect("submits");
    let waiting: file::Outgoing = store.next_upload().expect("reads").expect("waits");
    assert_eq!((waiting.file, waiting.needed_by), (photo.clone(), Some(1)));
    store.upload_progress(photo.sha256, Some("/v1/files/1"), 200).expect("keeps");
    let status = store.status().expect("counts");
    assert_eq!((status.files, status.file_bytes, status.waiting), (1, 300, 1));
    store.upload_failed(photo.sha256, "hash_mismatch").expect("keeps");
    assert_eq!(store.next_upload().expect("reads"), None);
    assert_eq!(store.status().expect("counts").files_stuck, 1);
    store.enqueue_file(&photo, &folder.path().join("photo.jpg")).expect("takes again");
    store.upload_done(photo.sha256).expect("keeps");
    assert_eq!(store.next_upload().expect("reads"), None);
    assert!(store.file(photo.sha256).expect("reads").expect("is known").done);
    // A server that was set back has the files of its copy, whatever it had before.
    server.epoch = id(91);
    server.pull(&store);
    let again = store.next_upload().expect("reads").expect("is offered again");
    assert_eq!((again.file.sha256, again.sent, again.upload_url), (photo.sha256, 0, None));
}
