//! A phone that was restored from an old image of itself: it repeats nothing, uses no number again, and loses nothing it holds.

use std::collections::BTreeSet;

use haitang_e2e::program::PhoneProgram;
use haitang_e2e::town::{ANNA, BO};
use haitang_e2e::{Handset, Site};

async fn enrolled(site: &Site, member: u8) -> PhoneProgram {
    let phone = PhoneProgram::default();
    phone.ok(&["enrol", "--server", &site.proxy.url(), "--code", &site.code(member).await]);
    phone.sync_well();
    phone
}

fn draft(phone: &PhoneProgram, title: &str) {
    phone.ok(&["log", "draft", "--kind", "other", "--held", "now", "--title", title]);
}

/// What is in the file that the phone exports.
fn exported(phone: &PhoneProgram) -> String {
    let file = phone.folder().join("export.json");
    phone.ok(&["export", file.to_str().expect("a path in UTF-8")]);
    std::fs::read_to_string(file).expect("reads")
}

/// That another member's phone is not held up.
async fn others_go_on(site: &Site, anna: &Handset) {
    anna.phone.add_member(haitang_e2e::town::id(4), "新人", None).expect("adds");
    anna.sync_well().await;
    anna.check_settled();
    site.check_same(anna);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_of_what_was_sent_since_finds_its_place_again() {
    let site = Site::start().await;
    let mut bo = enrolled(&site, BO).await;
    draft(&bo, "已上报");
    bo.sync_well();
    draft(&bo, "在镜像里等待");
    let image = bo.image();
    bo.sync_well();
    bo.set_back_to(&image);
    // The same bytes under the same number: the server has them, and says so.
    draft(&bo, "恢复之后");
    bo.sync_well();
    bo.check_settled();
    let titles: BTreeSet<String> = site.log_titles(BO).into_iter().collect();
    assert_eq!(titles, ["已上报", "在镜像里等待", "恢复之后"].map(ToOwned::to_owned).into());
    assert_eq!(site.log_titles(BO).len(), 3, "each once");
    site.check_log();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_older_than_what_was_sent_is_told_and_keeps_its_new_work_for_its_owner() {
    let site = Site::start().await;
    let anna = site.phone(ANNA).await;
    let mut bo = enrolled(&site, BO).await;
    draft(&bo, "镜像之前");
    bo.sync_well();
    let image = bo.image();
    draft(&bo, "镜像之后");
    bo.sync_well();
    let log_before = site.log();
    bo.set_back_to(&image);
    draft(&bo, "恢复之后");
    assert_eq!(bo.failure(&["sync"]).as_deref(), Some("diverged"));
    assert_eq!(bo.failure(&["sync"]).as_deref(), Some("diverged"), "each time");
    // Its number was used for something else: the server takes nothing under it.
    assert_eq!(site.log(), log_before, "nothing was repeated and nothing took another's number");
    // It receives still, and what it had sent before the image was lost comes back with that.
    let shown = bo.ok(&["log", "list"]);
    let titles: Vec<&str> = shown.as_array().expect("a list").iter().filter_map(|log| log["title"].as_str()).collect();
    assert!(titles.contains(&"镜像之后") && titles.contains(&"恢复之后"), "{titles:?}");
    draft(&bo, "还能工作");
    let kept = exported(&bo);
    assert!(kept.contains("恢复之后") && kept.contains("还能工作"), "{kept}");
    others_go_on(&site, &anna).await;

    // Enrolled anew it is another device, and begins at its own first number.
    bo.ok(&["wipe"]);
    let code = site.code(BO).await;
    bo.ok(&["enrol", "--server", &site.proxy.url(), "--code", &code]);
    bo.sync_well();
    draft(&bo, "恢复之后");
    bo.sync_well();
    bo.check_settled();
    let mut want = ["镜像之前", "镜像之后", "恢复之后"];
    want.sort_unstable();
    assert_eq!(site.log_titles(BO), want);
    site.check_log();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_with_nothing_new_in_it_is_not_given_numbers_that_are_taken() {
    let site = Site::start().await;
    let mut bo = enrolled(&site, BO).await;
    let image = bo.image();
    draft(&bo, "镜像之后");
    bo.sync_well();
    bo.set_back_to(&image);
    // With nothing to send nothing is wrong; what was sent comes back. The next command meets a number that is taken.
    bo.sync_well();
    draft(&bo, "恢复之后");
    assert_eq!(bo.failure(&["sync"]).as_deref(), Some("diverged"));
    assert_eq!(site.log_titles(BO), ["镜像之后"]);
    assert!(exported(&bo).contains("恢复之后"));
    site.check_log();
}
