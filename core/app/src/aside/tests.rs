use super::*;
use crate::Phone;
use crate::clock::SystemClock;

const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);

fn open(folder: &Path) -> Result<Phone, AppError> {
    Phone::open(folder, [7; 32], Box::new(SystemClock::default()))
}

/// A phone with a draft and a file.
fn used(folder: &Path) {
    let phone = open(folder).expect("opens");
    phone.save_draft("log", "写到一半").expect("keeps");
    phone.attach_bytes(b"photo".to_vec(), "image/jpeg", "a.jpg").expect("takes");
}

#[test]
fn a_damaged_database_is_set_aside_whole_and_the_phone_begins_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    used(folder);
    let damaged = vec![1; 8_192];
    fs::write(folder.join(DATABASE), &damaged).expect("damages");
    assert!(matches!(open(folder), Err(AppError::Corrupt(_))));
    let path = keep_aside(folder, NOW).expect("moves");
    assert_eq!(path, folder.join("aside-1795000000000"));
    assert_eq!(fs::read(path.join(DATABASE)).expect("is there"), damaged);
    assert_eq!(fs::read_dir(path.join(FILES)).expect("is there").count(), 1);
    let phone = open(folder).expect("begins anew");
    assert!(phone.drafts().expect("lists").is_empty());
    drop(phone);

    // Once more in the same millisecond: beside it, not over it.
    let second = keep_aside(folder, NOW).expect("moves");
    assert_eq!(second, folder.join("aside-1795000000000-2"));
    assert_eq!(fs::read(path.join(DATABASE)).expect("is still there"), damaged);
    let kept = kept_aside(folder).expect("lists");
    assert_eq!(kept.iter().map(|aside| &aside.path).collect::<Vec<_>>(), [&second, &path]);
    assert!(kept.iter().all(|aside| aside.at == NOW) && kept[1].bytes > 8_192, "{kept:?}");
    assert!(matches!(keep_aside(folder, NOW), Err(AppError::Refused(refusal)) if refusal.code == Code::Missing));
}

#[test]
fn what_was_set_aside_opens_again_where_it_was_sound() {
    let folder = tempfile::tempdir().expect("a folder");
    used(folder.path());
    let path = keep_aside(folder.path(), NOW).expect("moves");
    let phone = open(&path).expect("opens where it lies");
    assert_eq!(phone.draft("log").expect("reads").expect("is there").text, "写到一半");
}

#[test]
fn setting_aside_that_was_cut_short_is_gone_on_with_before_anything_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    used(folder);
    // As a killed process leaves it: the database moved, its log not.
    fs::write(folder.join(format!("{DATABASE}-wal")), b"log").expect("writes");
    let begun = folder.join("aside-5");
    fs::create_dir(&begun).expect("makes");
    fs::write(begun.join(UNFINISHED), b"").expect("writes");
    fs::rename(folder.join(DATABASE), begun.join(DATABASE)).expect("moves");
    let phone = open(folder).expect("opens");
    assert!(phone.drafts().expect("lists").is_empty(), "a new one");
    assert_eq!(fs::read(begun.join(format!("{DATABASE}-wal"))).expect("is with its database"), b"log");
    assert!(begun.join(FILES).exists() && !begun.join(UNFINISHED).exists());
    phone.wipe().expect("wipes");
    assert!(kept_aside(folder).expect("lists").is_empty(), "wiped with the phone");
}

#[test]
fn other_folders_are_none_of_its_business() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["aside", "aside-", "aside-x", "elsewhere-5"] {
        fs::create_dir(folder.path().join(name)).expect("makes");
    }
    fs::create_dir(folder.path().join("aside--5")).expect("makes");
    let kept = kept_aside(folder.path()).expect("lists");
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(kept[0].at.millis(), -5, "a clock that stood before 1970");
    assert!(kept_aside(&folder.path().join("nowhere")).expect("lists").is_empty());
}
