//! Phones and servers of different versions of the protocol: each is told what is true for it, and nothing is lost.

use haitang_app::{Status, Stop};
use haitang_e2e::Site;
use haitang_e2e::town::{BO, log};

/// A version before the first, and one after the newest.
const OLDER: u8 = 0;
const NEWER: u8 = 200;

/// A phone with something to send meets a server of another version, and later one of its own.
async fn meet(up: Option<u8>, down: Option<u8>, told: &str) {
    let site = Site::start().await;
    let bo = site.phone(BO).await;
    bo.phone.save_log(None, None, log("第一次", site.now())).expect("keeps");
    site.proxy.speak(up, down);
    let mut status = bo.sync().await;
    if status == Status::Waiting(Stop::Network) {
        // The connection that was open before was found dead first.
        status = bo.sync().await;
    }
    assert_eq!(bo.told(status).expect("is told").code(), told, "{status:?}");
    bo.phone.save_log(None, None, log("第二次", site.now())).expect("keeps, whatever the server speaks");
    assert_eq!(bo.outbox().waiting, 2, "nothing is lost");
    assert_eq!(bo.phone.waiting().expect("lists").len(), 2);
    site.proxy.clear();
    bo.sync_well().await;
    bo.check_settled();
    assert_eq!(site.log_titles(BO), ["第一次", "第二次"], "each once, though the server may have had one before");
    site.check_same(&bo);
    site.check_log();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_too_old_for_its_server_is_told_to_update() {
    meet(Some(OLDER), None, "wrong_version").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_gets_answers_of_a_newer_version_is_told_to_update() {
    meet(None, Some(NEWER), "wrong_version").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_too_new_for_its_server_waits_until_the_server_is_updated() {
    meet(Some(NEWER), None, "unavailable").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_gets_answers_of_an_older_version_waits_until_the_server_is_updated() {
    meet(None, Some(OLDER), "unavailable").await;
}
