//! A phone is lost: what its finder has, and what is left once the server was told.

use std::path::{Path, PathBuf};

use haitang_app::clock::SystemClock;
use haitang_app::domain::task::NewHousehold;
use haitang_app::domain::{Key, Kind};
use haitang_app::{Phone, Status, Stop};
use haitang_e2e::handset::KEY;
use haitang_e2e::town::{CAI, GRID, id, log, name};
use haitang_e2e::{Handset, Site};
use haitang_store::Store;

const SENT: &str = "给独居老人送药上门的记录";
const UNSENT: &str = "还没有发出去的草稿";
const NUMBER: &str = "0512-66666666";
const DOOR: &str = "平江路十二号四零二";

/// Bytes that nothing else has: what a camera made.
fn photo() -> Vec<u8> {
    (0..40_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8).collect()
}

/// What a worker's phone holds after a day: what was received, what was sent, what waits, photos sent and not.
async fn a_days_work(site: &Site) -> Handset {
    let cai = site.phone(CAI).await;
    let household = NewHousehold {
        grid: id(GRID),
        address: DOOR.into(),
        building: String::new(),
        unit: String::new(),
        door: String::new(),
        contact: format!("吴奶奶 {NUMBER}"),
        people: 1,
        alone: false,
        care: String::new(),
        consent: None,
    };
    cai.phone.add_household(household).expect("keeps");
    cai.phone.submit_log(None, None, log(SENT, site.now())).expect("submits");
    cai.sync_well().await;
    let file = cai.phone.attach_bytes(photo(), "image/jpeg", "门牌.jpg").expect("keeps");
    let content = haitang_app::domain::activity::LogContent { files: vec![file], ..log(UNSENT, site.now()) };
    cai.phone.save_log(None, None, content).expect("keeps");
    cai
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|part| part == wanted)
}

/// The finder's copy of everything in the folder.
fn copy(from: &Path, files: &[PathBuf]) -> tempfile::TempDir {
    let to = tempfile::tempdir().expect("a folder");
    for file in files {
        let path = to.path().join(file.strip_prefix(from).expect("is below"));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("makes");
        std::fs::copy(file, path).expect("copies");
    }
    to
}

#[tokio::test(flavor = "multi_thread")]
async fn the_folder_alone_tells_nothing_and_another_key_opens_nothing() {
    let site = Site::start().await;
    let cai = a_days_work(&site).await;
    let files = cai.files();
    let kept = |end: &str| {
        files.iter().any(|file| file.to_string_lossy().ends_with(end) && file.metadata().expect("is there").len() > 0)
    };
    assert!(kept("haitang.db") && kept("-wal"), "the database and its log: {files:?}");
    assert!(files.iter().any(|file| file.parent().is_some_and(|folder| folder.ends_with("files"))), "and photos: {files:?}");

    let mut wanted: Vec<(&str, Vec<u8>)> = vec![
        ("the holder's name", name(CAI).into()),
        ("the grid's name", "第一网格".into()),
        ("a task's title", "号楼道".into()),
        ("what was sent", SENT.into()),
        ("what waits", UNSENT.into()),
        ("a note", format!("{SENT}的要点").into_bytes()),
        ("a household's number", NUMBER.into()),
        ("a household's door", DOOR.into()),
        ("a file's name", "门牌.jpg".into()),
        ("the shape of a body", b"\"org\":\"".to_vec()),
        ("the shape of a table", b"CREATE TABLE".to_vec()),
        ("the device's own key", cai.phone.identity().expect("is enrolled").signing_key.to_vec()),
        ("the key", KEY.to_vec()),
        ("the server's address", site.proxy.url().into_bytes()),
    ];
    // Any sixteen bytes of the photo, at any of many places.
    let photo = photo();
    wanted.extend((0..photo.len() - 16).step_by(997).map(|at| ("a photo", photo[at..at + 16].to_vec())));
    for file in &files {
        let bytes = std::fs::read(file).expect("reads");
        for (what, plain) in &wanted {
            assert!(!contains(&bytes, plain), "{what} is readable in {}", file.display());
            let wide: Vec<u8> = String::from_utf8_lossy(plain).encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert!(*what == "a photo" || !contains(&bytes, &wide), "{what} is readable in {}", file.display());
        }
    }

    // All of it is there, for whoever has the key.
    let stolen = copy(cai.folder(), &files);
    let store = Store::open(stolen.path().join("haitang.db"), KEY).expect("opens");
    let row = store.get(Key::new(Kind::Member, id(CAI))).expect("reads").expect("is there");
    assert!(row.body.contains(name(CAI)), "{}", row.body);
    drop(store);
    for wrong in [[0; 32], [255; 32], {
        let mut near = KEY;
        near[31] ^= 1;
        near
    }] {
        let stolen = copy(cai.folder(), &files);
        assert!(Store::open(stolen.path().join("haitang.db"), wrong).is_err(), "another key opens the database");
        let opened = Phone::open(stolen.path(), wrong, Box::new(SystemClock::default()));
        assert_eq!(opened.expect_err("another key opens the phone").code(), "wrong_key");
        // Nor is anything destroyed by trying: the owner may find it again.
        assert!(Store::open(stolen.path().join("haitang.db"), KEY).is_ok());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn once_revoked_the_next_contact_wipes_all_of_it_files_too() {
    let site = Site::start().await;
    let cai = a_days_work(&site).await;
    let device = cai.phone.identity().expect("is enrolled").device;
    assert!(cai.files().len() > 3, "{:?}", cai.files());
    assert!(site.running.app.accounts.revoke(device, site.now()).await.expect("revokes"));

    // As long as it has no network nobody can reach it: the key in the keystore is all that stands between.
    site.proxy.cut_after(Some(0), Some(0));
    cai.sync().await;
    assert!(cai.files().len() > 3, "a phone that hears nothing keeps its holder's work");

    site.proxy.clear();
    let before = site.proxy.bytes().1;
    assert_eq!(cai.sync().await, Status::Stopped(Stop::Revoked));
    assert!(site.proxy.bytes().1 - before < 4_000, "it was told nothing else");
    assert_eq!(cai.files(), Vec::<PathBuf>::new(), "nothing is left, photos and unsent work included");
    assert_eq!(cai.phone.identity().expect_err("is nobody's").code(), "not_enrolled");
    assert!(cai.phone.save_log(None, None, log("x", site.now())).is_err(), "and nothing new can be made on it");

    // What it had sent is safe, and the server takes nothing more from it.
    assert_eq!(site.log_titles(CAI), [SENT]);
    let again = Phone::open(cai.folder(), KEY, Box::new(SystemClock::default())).expect("opens as a new phone");
    assert!(again.identity().is_err(), "it is a phone that belongs to nobody");
}
