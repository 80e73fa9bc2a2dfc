use std::path::Path;

use haitang_domain::attachment::Sha256;
use haitang_domain::directory::Member;
use haitang_domain::{Feed, Id, Kind};

use super::*;
use crate::admin::verify::verify_log;
use crate::hub::tests::rig::{
    ANNA, BO, BRANCH, COUNTY, NOW, Phone, Received, Rig, add_member, at, id, numbered, rename, submit_log, words,
};
use crate::storage::{Account, DATABASE, EnrolCode, Storage as _, StoredFile, Upload};

/// Each version as it was when it was new: its schema, and a server's data in it. Written once, never changed.
const FROZEN: &[(&str, &str)] = &[
    (include_str!("frozen/0001.sql"), include_str!("frozen/0001.data.sql")),
    (include_str!("frozen/0002.sql"), include_str!("frozen/0002.data.sql")),
];

fn texts(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).expect("prepares");
    let rows = statement.query_map([], |row| row.get(0)).expect("reads");
    rows.map(|row| row.expect("a text")).collect()
}

/// All that the schema consists of.
fn schema(connection: &Connection) -> String {
    let all = "SELECT sql || ';\n' FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' ORDER BY rowid";
    texts(connection, all).concat()
}

/// All that the tables hold.
fn data(connection: &Connection) -> String {
    let mut all = String::new();
    for table in
        texts(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY rowid")
    {
        let columns = texts(connection, &format!("SELECT 'quote(' || name || ')' FROM pragma_table_info('{table}')"));
        let values = columns.join(" || ', ' || ");
        all += &texts(connection, &format!("SELECT 'INSERT INTO {table} VALUES (' || {values} || ');\n' FROM {table}")).concat();
    }
    all
}

fn fresh() -> Connection {
    let mut connection = Connection::open_in_memory().expect("opens");
    migrate(&mut connection).expect("migrates");
    connection
}

/// A database as version `n` left it, in a data folder.
fn left_by(n: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = Connection::open(folder.path().join(DATABASE)).expect("opens");
    connection.execute_batch(FROZEN[n - 1].0).expect("is a schema");
    connection.execute_batch(FROZEN[n - 1].1).expect("is its data");
    connection.pragma_update(None, "user_version", n as i64).expect("sets");
    folder
}

const DEVICE_OF_ANNA: u8 = 1;

/// What a server has after a while: some of everything there is a table for.
async fn fill(rig: &Rig) {
    let (mut anna, mut bo) = (rig.phone(ANNA, DEVICE_OF_ANNA), rig.phone(BO, 2));
    let done = rig.do_all(&mut anna, &[add_member(1), add_member(2), add_member(2)]).await;
    assert_eq!(done, ["ok", "ok", "exists"]);
    rig.do_all(&mut bo, &[submit_log(7), rename(id(BO), "薄海")]).await;
    let storage = &rig.storage;
    storage
        .put_enrol_code(&EnrolCode { hash: [9; 32], member: id(BO), by: Some(id(ANNA)), made: at(0), expires: at(NOW) })
        .expect("keeps");
    let account = Account {
        id: id(50),
        name: "anna".into(),
        member: id(ANNA),
        password_hash: "$argon2id$".into(),
        made: at(1),
        closed: false,
    };
    storage.put_account(&account).expect("keeps");
    let (device, media_type) = (anna.device, "image/jpeg".to_owned());
    storage
        .put_file(&StoredFile { sha256: Sha256([1; 32]), bytes: 5, media_type: media_type.clone(), device, arrived: at(1) })
        .expect("keeps");
    let upload =
        Upload { id: id(60), device, sha256: Sha256([2; 32]), bytes: 9, media_type, name: "a.jpg".into(), expires: at(NOW) };
    storage.put_upload(&upload).expect("keeps");
}

/// Writes down the newest version: `cargo test -p haitang-server freeze -- --ignored`, once, when it is new.
#[tokio::test]
#[ignore = "writes into the source"]
async fn freeze() {
    let rig = Rig::new();
    fill(&rig).await;
    let connection = Connection::open(rig.folder.path().join(DATABASE)).expect("opens");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/storage/sqlite/schema/frozen");
    std::fs::write(folder.join(format!("{NEWEST:04}.sql")), schema(&connection)).expect("writes");
    std::fs::write(folder.join(format!("{NEWEST:04}.data.sql")), data(&connection)).expect("writes");
}

#[test]
fn every_earlier_version_is_upgraded_to_what_a_fresh_one_is() {
    assert_eq!(FROZEN.len(), STEPS.len(), "freeze the new version beside its step");
    for n in 1..=FROZEN.len() {
        let folder = left_by(n);
        let mut old = Connection::open(folder.path().join(DATABASE)).expect("opens");
        migrate(&mut old).expect("migrates");
        assert_eq!(schema(&old), schema(&fresh()), "from version {n}");
    }
}

#[test]
fn the_newest_version_is_frozen_as_it_is() {
    assert_eq!(schema(&fresh()), FROZEN.last().expect("one").0, "a released schema never changes; add a step");
}

/// Anna's phone as it stood when the data was written.
fn phone_of_anna(rig: &Rig) -> Phone {
    let device = id(200 + DEVICE_OF_ANNA);
    let state = crate::account::access::look(rig.storage.as_ref(), |snapshot| snapshot.device_state(id(COUNTY), device));
    let state = state.expect("reads").expect("has sent something");
    let mut phone = Phone::known(ANNA, DEVICE_OF_ANNA, state.seq + 1);
    phone.set_chain(COUNTY, (state.seq, haitang_protocol::ChainHash(state.hash)));
    phone
}

#[tokio::test]
async fn a_server_goes_on_with_the_data_that_any_earlier_version_left() {
    for n in 1..=FROZEN.len() {
        let rig = Rig::over(left_by(n));
        let reports = verify_log(rig.storage.as_ref()).expect("walks");
        assert!(reports.iter().all(|report| report.fault.is_none()), "{reports:?}");
        let of_county = reports.iter().find(|report| report.shard == id(COUNTY)).expect("the county");
        assert_eq!(of_county.entries, 5);
        assert_eq!(rig.read::<Member>(numbered(2)).expect("is there").name, "new 2");
        assert_eq!(rig.storage.account_named("anna").expect("reads").expect("is there").member, id(ANNA));
        assert_eq!(rig.storage.file(&Sha256([1; 32])).expect("reads").expect("is there").bytes, 5);
        assert_eq!(rig.storage.uploads_of(id(200 + DEVICE_OF_ANNA), at(1)).expect("counts"), 1);
        let code = rig.storage.enrol(&[9; 32], at(1), &|member| {
            Some(crate::storage::Device {
                id: id(99),
                member,
                public_key: [1; 32],
                name: String::new(),
                enrolled: at(1),
                revoked: None,
            })
        });
        assert_eq!(code.expect("answers").expect("was not used").member, id(BO));

        // A phone goes on where it was: what it had sent is known, and what it sends now follows on that.
        let mut anna = phone_of_anna(&rig);
        let answer = rig.push(anna.push(COUNTY, &[add_member(3), add_member(1)])).await.expect("is taken in");
        assert_eq!(words(&answer), ["ok", "exists"]);
        let mut received = Received::default();
        received.pull(&rig, anna.device, ANNA);
        let branch = Feed::org(id(BRANCH));
        for (kind, id) in [(Kind::Member, numbered(1)), (Kind::Member, numbered(3)), (Kind::Log, numbered(7))] {
            assert!(received.has(branch, kind, id), "{kind:?} {id}");
        }
        assert_eq!(received.epoch, Some(rig.hub.epoch()));
        let copy = rig.folder.path().join("copy");
        crate::admin::copy::backup(rig.storage.as_ref(), rig.folder.path(), &copy).expect("copies");
        let elsewhere: Id = crate::admin::copy::restore(&copy, &rig.folder.path().join("data"), at(NOW)).expect("restores");
        assert_ne!(elsewhere, rig.hub.epoch());
    }
}
