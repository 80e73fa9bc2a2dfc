use haitang_domain::task::Household;
use haitang_domain::{Action, Command, notice};
use haitang_domain::{Feed, Timestamp};
use haitang_protocol::pull::{Change, FeedHead, Head, PageBuilder};
use haitang_protocol::push::ServerTime;

use super::*;
use crate::testing::{ANNA, NOW, SHARD, Server, at, edit_member, id, in_step, phone_of, plan, times};

fn index_all(store: &Store) {
    while store.index_some(2).expect("indexes") > 0 {}
}

fn with_members(names: &[&str]) -> (Store, Server, tempfile::TempDir) {
    let (store, mut server, folder) = in_step();
    for (n, name) in (100u8..).zip(names) {
        server.put(id(n), Member { org: id(4), name: (*name).to_owned(), ..Member::default() });
    }
    server.pull(&store);
    (store, server, folder)
}

fn names(store: &Store, asked: &str) -> Vec<String> {
    let found = store.search_names(asked, 50).expect("finds");
    found.into_iter().map(|id| store.read::<Member>(id).expect("reads").expect("is there").name).collect()
}

#[test]
fn people_are_found_by_characters_pinyin_initials_and_every_reading() {
    let (store, _server, _folder) = with_members(&["张伟", "章薇", "单雪梅", "曾国强", "尉迟恭", "吕梁", "解晓东", "张伟国"]);
    assert!(names(&store, "张伟").is_empty(), "not before it is indexed");
    index_all(&store);
    assert_eq!(names(&store, "张伟"), ["张伟", "张伟国"]);
    for asked in ["zhangwei", "zhang wei", "ZhāngWěi", "zhangw"] {
        let found = names(&store, asked);
        assert!(found.contains(&"张伟".to_owned()) && found.contains(&"章薇".to_owned()), "{asked}: {found:?}");
    }
    for (asked, name) in [
        ("zw", "张伟"),
        ("shanxuemei", "单雪梅"),
        ("danxue", "单雪梅"),
        ("sxm", "单雪梅"),
        ("xuemei", "单雪梅"),
        ("zengguoqiang", "曾国强"),
        ("yuchi", "尉迟恭"),
        ("lvliang", "吕梁"),
        ("lüliang", "吕梁"),
        ("xiexiaodong", "解晓东"),
        ("雪梅", "单雪梅"),
        ("梅", "单雪梅"),
        ("张wei", "张伟"),
    ] {
        assert_eq!(names(&store, asked).first().map(String::as_str), Some(name), "{asked}");
    }
    assert!(names(&store, "wangwei").is_empty() && names(&store, "\"* OR").is_empty() && names(&store, "").is_empty());
}

#[test]
fn words_of_two_characters_are_found_in_whatever_was_published_or_done() {
    let (store, _server, _folder) = with_members(&["张伟"]);
    let draft = notice::Draft {
        org: id(4),
        title: "消防安全检查".into(),
        text: "请清理楼道杂物，电动车不得上楼。".into(),
        files: vec![],
        effective: Timestamp::from_millis(NOW),
        until: None,
        audience: vec![],
        wants_receipt: false,
        replaces: None,
    };
    let notice = Key::new(Kind::Notice, id(60));
    let publish = Command { target: notice, action: Action::Notice(notice::Action::Publish(draft)) };
    store.perform(&publish, times(NOW), at(NOW)).expect("publishes");
    store.act(Key::new(Kind::Activity, id(61)), plan("安全讲座")).expect("plans");
    let find = |text: &str, kinds: &[Kind]| store.search(text, kinds, 9).expect("finds");
    // What was done here is found at once, before anything else is indexed.
    assert_eq!(find("楼道", &[]), [notice]);
    assert_eq!(find("安全", &[]).len(), 2);
    assert_eq!(find("安全", &[Kind::Activity]), [Key::new(Kind::Activity, id(61))]);
    assert_eq!(find("安全 电动车", &[]), [notice]);
    assert_eq!(find("梯", &[]), []);
    assert_eq!(find("物", &[]), [notice], "the last character before a stop");
    assert_eq!(find("道安", &[]), [], "two words that only follow each other elsewhere");
    index_all(&store);
    assert_eq!(find("org", &[Kind::Org]).len(), 4);
    assert_eq!(find("zhangw", &[]).len(), 1, "names by their sound here too");
}

#[test]
fn the_index_follows_what_changes_and_what_goes() {
    let (store, mut server, _folder) = with_members(&["张伟"]);
    index_all(&store);
    server.put(id(100), Member { org: id(4), name: "王芳".into(), ..Member::default() });
    server.pull(&store);
    index_all(&store);
    assert!(names(&store, "张伟").is_empty());
    assert_eq!(names(&store, "wangfang"), ["王芳"]);
    store.act(Key::new(Kind::Member, id(100)), edit_member("李娜")).expect("edits");
    assert_eq!(names(&store, "lina"), ["李娜"], "with the command that changed it");
    server.refuse = true;
    server.push(&store, 1, true);
    index_all(&store);
    assert_eq!(names(&store, "wf"), ["王芳"], "and back when it was refused");
    server.withheld.insert(Feed::org(id(4)));
    server.pull(&store);
    index_all(&store);
    assert!(names(&store, "wf").is_empty());
    let left = store.read_with("count", |db| {
        Ok(db.query_row("SELECT count(*) FROM search WHERE search MATCH 'kind : k2'", [], |row| row.get::<_, i64>(0))?)
    });
    assert_eq!(left.expect("counts"), 1, "herself");
}

#[test]
fn a_household_is_found_by_its_door() {
    let (store, _folder) = phone_of(id(ANNA));
    let feed = FeedHead { shard: id(SHARD), feed: Feed::grid(id(50)), waiting: 1 };
    let time = ServerTime { issued: Timestamp::from_millis(NOW), mac: [0; 32] };
    store.begin(&Head { epoch: id(90), feeds: vec![feed], time }).expect("begins");
    let mut builder = PageBuilder::default();
    let json = format!(
        r#"{{"org":"{0}","grid":"{0}","address":"桂花新村","building":"12幢","unit":"3单元","door":"501","people":2}}"#,
        id(50)
    );
    assert!(serde_json::from_str::<Household>(&json).is_ok());
    builder.push(Change { kind: Kind::Household as u8, id: id(51), version: 1, body: Some(json.as_bytes()) });
    store.apply_page(&feed, &builder.page(0, 1)).expect("applies");
    index_all(&store);
    for asked in ["桂花", "桂花新村12幢501", "501", "12幢 3单元"] {
        assert_eq!(store.search(asked, &[Kind::Household], 9).expect("finds").len(), 1, "{asked}");
    }
}
