use haitang_domain::attachment::Attachment;
use haitang_domain::{Action, Timestamp, activity};

use super::*;
use crate::testing::{ANNA, BO, CAI, content, edit_member, id, in_step};

fn look(viewer: u8, subject: u8, at: i64) -> Look {
    Look {
        subject: id(subject),
        org: id(4),
        viewer: id(viewer),
        viewer_name: format!("member {viewer}"),
        viewer_org: id(4),
        at: Timestamp::from_millis(at),
        purposes: vec!["核对电话".into()],
    }
}

#[test]
fn looks_at_a_member_are_listed_the_newest_first() {
    let (store, mut server, _folder) = in_step();
    server.put(id(100), look(BO, ANNA, 1));
    server.put(id(101), look(CAI, ANNA, 2));
    server.put(id(102), look(ANNA, CAI, 3));
    server.pull(&store);
    let found = store.looks_at(id(ANNA), 9).expect("lists");
    assert_eq!(found.iter().map(|found| found.id).collect::<Vec<_>>(), [id(101), id(100)]);
}

#[test]
fn what_is_about_a_member_is_theirs_and_what_they_wrote() {
    let (store, mut server, _folder) = in_step();
    server.put(id(100), look(BO, ANNA, 1));
    // Names them, and is about somebody else.
    server.put(id(101), look(ANNA, CAI, 2));
    server.pull(&store);
    let save = activity::Action::SaveDraft { org: id(4), content: content("记") };
    store.act(Key::new(Kind::Log, id(70)), Action::Activity(save)).expect("drafts");
    store.act(Key::new(Kind::Member, id(CAI)), edit_member("蔡敏")).expect("edits");
    let about: Vec<Key> = store.about(id(ANNA)).expect("reads").into_iter().map(|(key, _)| key).collect();
    assert!(about.contains(&Key::new(Kind::Member, id(ANNA))), "{about:?}");
    assert!(about.contains(&Key::new(Kind::Look, id(100))) && about.contains(&Key::new(Kind::Log, id(70))), "{about:?}");
    assert!(about.iter().any(|key| key.kind == Kind::Appointment), "{about:?}");
    assert!(!about.contains(&Key::new(Kind::Look, id(101))) && !about.contains(&Key::new(Kind::Member, id(CAI))), "{about:?}");
    let counts = store.kind_counts().expect("counts");
    assert!(counts.contains(&(Kind::Look, 2)) && counts.contains(&(Kind::Log, 1)), "{counts:?}");
}

#[test]
fn a_record_that_names_a_file_is_found_by_it() {
    let (store, mut server, _folder) = in_step();
    let file = |n| Attachment { sha256: Sha256([n; 32]), bytes: 5, media_type: "image/jpeg".into(), name: String::new() };
    let draft = |files| {
        let content = activity::LogContent { files, ..content("记") };
        Action::Activity(activity::Action::SaveDraft { org: id(4), content })
    };
    store.act(Key::new(Kind::Log, id(70)), draft(vec![file(7)])).expect("drafts");
    server.push(&store, 9, true);
    server.pull(&store);
    store.act(Key::new(Kind::Log, id(71)), draft(vec![file(7), file(8)])).expect("drafts");
    let log = |n| Key::new(Kind::Log, id(n));
    assert_eq!(store.naming_file(Sha256([7; 32]), 9).expect("finds"), [log(70), log(71)], "what the server knows first");
    assert_eq!(store.naming_file(Sha256([8; 32]), 9).expect("finds"), [log(71)]);
    assert!(store.naming_file(Sha256([9; 32]), 9).expect("finds").is_empty());
    store
        .read_with("plan", |db| {
            let sql = concat!("EXPLAIN QUERY PLAN ", include_str!("naming_file.sql"));
            let steps: Vec<String> = db.prepare(sql)?.query_map(params!["x", 1], |row| row.get(3))?.collect::<Result<_, _>>()?;
            assert!(steps[0].contains("record_files"), "{steps:?}");
            Ok(())
        })
        .expect("plans");
}
