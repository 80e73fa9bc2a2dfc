//! Phones that were left with the data of any earlier version, and go on with it.

use std::path::Path;

use haitang_domain::attachment::{Attachment, Sha256};
use haitang_domain::directory::Member;
use haitang_domain::{Action, Code, Key, Kind, Timestamp, activity};
use haitang_protocol::Envelope;
use haitang_protocol::envelope::WireToken;

use super::*;
use crate::testing::{CAI, DEVICE, KEY, NOW, SHARD, code, content, edit_member, id, in_step, plan};
use crate::{Store, UnsentState};

/// Each version's schema and a phone's data in it. Written once, never changed.
const FROZEN: &[(&str, &str)] = &[
    (include_str!("frozen/0001.sql"), include_str!("frozen/0001.data.sql")),
    (include_str!("frozen/0002.sql"), include_str!("frozen/0002.data.sql")),
];

const NOTICED: &str = "setting of its own";

fn texts(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).expect("prepares");
    let rows = statement.query_map([], |row| row.get(0)).expect("reads");
    rows.map(|row| row.expect("a text")).collect()
}

/// All that the tables hold, those of the full text included, which begin with a few rows of their own.
fn data(connection: &Connection) -> String {
    let tables =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT GLOB 'sqlite_*'
        ORDER BY rowid";
    let mut all = String::new();
    for table in texts(connection, tables) {
        let columns = texts(connection, &format!("SELECT 'quote(' || name || ')' FROM pragma_table_info('{table}')"));
        let values = columns.join(" || ', ' || ");
        if table.starts_with("search_") {
            all.extend(["DELETE FROM ", &table, ";\n"]);
        }
        all += &texts(connection, &format!("SELECT 'INSERT INTO {table} VALUES (' || {values} || ');\n' FROM {table}")).concat();
    }
    all
}

fn photo() -> Attachment {
    Attachment { sha256: Sha256([9; 32]), bytes: 500, media_type: "image/jpeg".into(), name: "现场".into() }
}

fn log(n: u8) -> Key {
    Key::new(Kind::Log, id(n))
}

fn draft(title: &str, files: Vec<Attachment>) -> Action {
    Action::Activity(activity::Action::SaveDraft { org: id(4), content: activity::LogContent { files, ..content(title) } })
}

/// A phone after a while: one command answered for good, one refused, one accepted and on its way back, two that wait.
fn fill() -> (Store, tempfile::TempDir) {
    let (store, mut server, folder) = in_step();
    let member = Key::new(Kind::Member, id(CAI));
    store.act(member, edit_member("蔡敏")).expect("edits");
    server.push(&store, 9, true);
    server.pull(&store);
    store.act(member, edit_member("被拒")).expect("edits");
    server.refuse = true;
    server.push(&store, 9, true);
    server.refuse = false;
    store.act(Key::new(Kind::Activity, id(60)), plan("讲座")).expect("plans");
    server.push(&store, 9, true);
    store.enqueue_file(&photo(), Path::new("photo.jpg")).expect("takes");
    store.act(log(70), draft("有图", vec![photo()])).expect("drafts");
    store.act(log(71), draft("无图", vec![])).expect("drafts");
    let token = WireToken { issued: Timestamp::from_millis(NOW), boot: id(201), mono_ms: 3, mac: [6; 32] };
    store.set_time_token(&token).expect("keeps");
    store.set_setting("noticed", Some(NOTICED)).expect("keeps");
    store.save_draft("log", "写到一半", Timestamp::from_millis(NOW)).expect("keeps");
    while store.index_some(100).expect("indexes") > 0 {}
    (store, folder)
}

/// Writes down the newest version: `cargo test -p haitang-store freeze -- --ignored`, once, when it is new.
#[test]
#[ignore = "writes into the source"]
fn freeze() {
    let (store, _folder) = fill();
    let path = format!("{}/src/schema/frozen/{:04}.data.sql", env!("CARGO_MANIFEST_DIR"), STEPS.len());
    let all = store.read_with("freeze", |db| Ok(data(db))).expect("reads");
    std::fs::write(path, all).expect("writes");
}

/// A phone as version `n` left it.
fn left_by(n: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let old = Connection::open(folder.path().join("phone.db")).expect("opens");
    let key = KEY.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    old.pragma_update(None, "key", format!("x'{key}'")).expect("sets");
    old.execute_batch(FROZEN[n - 1].0).expect("is a schema");
    old.execute_batch(FROZEN[n - 1].1).expect("is its data");
    old.pragma_update(None, "user_version", n as i64).expect("sets");
    folder
}

#[test]
fn a_phone_goes_on_with_the_data_that_any_earlier_version_left() {
    assert_eq!(FROZEN.len(), STEPS.len(), "freeze the new version beside its step");
    for n in 1..=FROZEN.len() {
        let folder = left_by(n);
        let store = Store::open(folder.path().join("phone.db"), KEY).expect("opens");
        assert_eq!(store.identity().expect("reads").expect("is enrolled").device, id(DEVICE));
        assert_eq!(store.time_token().expect("reads").expect("is kept").mono_ms, 3);
        assert_eq!(store.setting("noticed").expect("reads").as_deref(), Some(NOTICED));
        let status = store.status().expect("counts");
        assert_eq!((status.waiting, status.accepted, status.refused, status.files), (2, 1, 1, 1));
        assert!(status.synced);
        let begun = store.draft("log").expect("reads").map(|draft| draft.text);
        assert_eq!(begun.as_deref(), (n >= 2).then_some("写到一半"));

        // What screens show: confirmed, with what is pending over it; found by its name, as it was indexed then.
        assert_eq!(store.read::<Member>(id(CAI)).expect("reads").expect("is there").name, "蔡敏");
        assert_eq!(store.search_names("caimin", 9).expect("searches"), [id(CAI)]);
        assert!(store.get(log(71)).expect("reads").expect("is there").pending);
        let refused = store.refused(0, 9).expect("lists");
        assert!(matches!(&refused[0].state, UnsentState::Refused(refusal) if refusal.code == Code::Conflict), "{refused:?}");
        assert!(refused[0].json.contains("被拒") && store.export_unsent().expect("exports").contains("无图"));

        // Where it stands with the server: its place in each feed, its chain, its files.
        let asks = store.pull_request().expect("asks");
        assert!(asks.epoch == Some(id(90)) && asks.cursors.iter().map(|cursor| cursor.version).max() == Some(10), "{asks:?}");
        let batch = store.next_push(None, 9, usize::MAX).expect("reads").expect("two wait");
        assert_eq!((batch.shard, batch.first_seq, batch.last_seq), (id(SHARD), 4, 5));
        assert_eq!(Envelope::parse(&batch.commands[0]).expect("reads").prev_seq, 3);
        let linked = batch.commands.iter().fold(batch.prev_hash, |link, command| link.next(command));
        assert_eq!(linked, batch.last_hash, "it is one piece of the chain");
        let file = store.next_upload().expect("reads").expect("waits");
        assert_eq!((file.file, file.needed_by), (photo(), Some(4)));
        store.rewind(id(SHARD), 3, batch.prev_hash).expect("its own link, where the server stands");

        // And it works on.
        store.act(log(72), draft("之后", vec![])).expect("drafts");
        let batch = store.next_push(None, 9, usize::MAX).expect("reads").expect("waits");
        assert_eq!((batch.first_seq, batch.last_seq), (4, 6));
        assert!(store.discard_refused(2).expect("lets go"));
        while store.index_some(100).expect("indexes") > 0 {}
        assert_eq!(
            code(store.mend_refused(
                2,
                &haitang_domain::Command { target: log(72), action: draft("之后", vec![]) },
                crate::testing::times(NOW),
                crate::testing::at(NOW)
            )),
            Code::Missing
        );
    }
}
