use super::*;
use crate::error::StoreError;
use crate::testing::{KEY, code, id, phone_of};

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millis(ms)
}

fn limit(result: Result<(), StoreError>) -> (String, String) {
    match result {
        Err(StoreError::Refused(refusal)) if refusal.code == Code::TooLong => {
            (refusal.values["field"].clone(), refusal.values["limit"].clone())
        }
        other => panic!("not refused as too long: {other:?}"),
    }
}

#[test]
fn a_draft_is_there_after_the_phone_was_opened_anew() {
    let (store, folder) = phone_of(id(10));
    store.save_draft("log/new", "会议", at(1)).expect("keeps");
    store.save_draft("report/7", "三楼灯不亮", at(2)).expect("keeps");
    store.save_draft("log/new", "会议记录", at(3)).expect("keeps");
    // As a killed process leaves it: nothing closed.
    let path = folder.path().join("phone.db");
    let again = Store::open(path, KEY).expect("opens");
    let kept: Vec<_> = again.drafts().expect("lists").into_iter().map(|draft| (draft.key, draft.text)).collect();
    assert_eq!(kept, [("log/new".into(), "会议记录".into()), ("report/7".into(), "三楼灯不亮".into())], "the newest first");
    assert_eq!(again.draft("log/new").expect("reads").expect("is there").saved, at(3));
    assert!(again.drop_draft("log/new").expect("drops") && !again.drop_draft("log/new").expect("is no fault"));
    assert_eq!(again.draft("log/new").expect("reads"), None);
    assert_eq!(again.count_drafts().expect("counts"), 1);
}

#[test]
fn what_is_too_much_is_said_with_its_limit_and_what_was_kept_stays() {
    let (store, _folder) = phone_of(id(10));
    store.save_draft("a", "before", at(1)).expect("keeps");
    let long = "长".repeat(TEXT_BYTES_MAX / 3 + 1);
    assert_eq!(limit(store.save_draft("a", &long, at(2))), ("text".into(), TEXT_BYTES_MAX.to_string()));
    assert_eq!(limit(store.save_draft(&"k".repeat(KEY_BYTES_MAX + 1), "", at(2))), ("key".into(), KEY_BYTES_MAX.to_string()));
    assert_eq!(code(store.save_draft("", "x", at(2))), Code::Empty);
    store.save_draft(&"k".repeat(KEY_BYTES_MAX), &"x".repeat(TEXT_BYTES_MAX), at(2)).expect("just fits");
    for n in 2..DRAFTS_MAX {
        store.save_draft(&n.to_string(), "x", at(3)).expect("keeps");
    }
    assert_eq!(limit(store.save_draft("one more", "x", at(4))), ("drafts".into(), DRAFTS_MAX.to_string()));
    assert_eq!(store.count_drafts().expect("counts"), DRAFTS_MAX);
    store.save_draft("a", "after", at(5)).expect("one that is there can be written on");
    assert_eq!(store.draft("a").expect("reads").expect("is there").text, "after");
}

#[test]
fn drafts_go_with_everything_else() {
    let (store, folder) = phone_of(id(10));
    store.save_draft("a", "text", at(1)).expect("keeps");
    store.wipe().expect("wipes");
    let again = Store::open(folder.path().join("phone.db"), KEY).expect("opens");
    assert!(again.drafts().expect("lists").is_empty());
}
