//! A server that was set back to an old copy: phones give back what they still hold, and are not confused.

use haitang_e2e::Site;
use haitang_e2e::town::{ANNA, BO, log};

#[tokio::test(flavor = "multi_thread")]
async fn phones_give_back_what_an_old_copy_does_not_know() {
    let site = Site::start().await;
    let (anna, bo) = (site.phone(ANNA).await, site.phone(BO).await);
    bo.phone.submit_log(None, None, log("备份前", site.now())).expect("submits");
    bo.sync_well().await;
    anna.sync_well().await;
    let copy = site.back_up();

    // Taken in, answered and settled; then the server loses it.
    bo.phone.submit_log(None, None, log("备份后", site.now())).expect("submits");
    bo.sync_well().await;
    anna.sync_well().await;
    bo.check_settled();
    // Made while nobody knows yet.
    bo.phone.submit_log(None, None, log("还没有上报", site.now())).expect("submits");
    let site = site.set_back_to(&copy).await;
    assert_eq!(site.log_titles(BO), ["备份前"]);

    bo.sync_well().await;
    bo.sync_well().await;
    anna.sync_well().await;
    let mut want = ["备份前", "备份后", "还没有上报"];
    want.sort_unstable();
    assert_eq!(site.log_titles(BO), want, "each is back, once");
    bo.check_settled();
    site.check_same(&anna);
    site.check_same(&bo);
    site.check_log();
}
