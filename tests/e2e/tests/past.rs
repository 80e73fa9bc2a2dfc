//! A server that was set back to an old copy: phones give back what they still hold, and are not confused.

use haitang_app::domain::Id;
use haitang_app::domain::activity::LogContent;
use haitang_app::domain::attachment::Attachment;
use haitang_app::domain::task::{NewReport, Task, TaskState};
use haitang_app::{Status, Stop};
use haitang_e2e::town::{ANNA, BO, CAI, DENG, TASK, id, log};
use haitang_e2e::{Chance, Handset, Site};

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

/// A log with a photo that nobody else has.
fn submit_with_photo(handset: &Handset, site: &Site, title: &str, seed: u64) -> Attachment {
    let bytes = Chance::new(seed).bytes(700_000);
    let photo = handset.phone.attach_bytes(bytes, "image/jpeg", "现场.jpg").expect("keeps");
    let content = LogContent { files: vec![photo.clone()], ..log(title, site.now()) };
    handset.phone.submit_log(None, None, content).expect("submits");
    photo
}

fn report(handset: &Handset, task: u8, note: &str) {
    let report = NewReport { note: note.into(), ..NewReport::empty(Id::NIL) };
    handset.phone.report_task(id(task), report).expect("reports");
}

/// Syncs every phone until the server has heard all of each, and each has seen all of the others'.
async fn all_sync(handsets: &[&Handset]) {
    for _ in 0..3 {
        for handset in handsets {
            handset.sync_well().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_refusals_and_several_phones_survive_an_old_copy() {
    let site = Site::start().await;
    let (bo, cai, deng) = (site.phone(BO).await, site.phone(CAI).await, site.phone(DENG).await);
    let before = submit_with_photo(&bo, &site, "备份前", 1);
    report(&cai, TASK, "备份前");
    all_sync(&[&bo, &cai, &deng]).await;
    let copy = site.back_up();

    let after = submit_with_photo(&bo, &site, "备份后", 2);
    // Two were at the same door. The second is refused, in the middle of other work.
    report(&deng, TASK + 1, "邓先到");
    report(&cai, TASK + 1, "蔡后到");
    report(&cai, TASK + 2, "蔡");
    report(&deng, TASK + 3, "邓");
    deng.sync_well().await;
    all_sync(&[&bo, &cai, &deng]).await;
    assert_eq!(cai.the_refused().id, id(TASK + 1));
    assert!(site.books().has_file(&after.sha256));

    let site = site.set_back_to(&copy).await;
    assert!(!site.books().has_file(&after.sha256), "the copy does not know it");
    // Now the other comes first, so that it is the other's report that stands.
    cai.sync_well().await;
    all_sync(&[&bo, &cai, &deng]).await;

    for photo in [&before, &after] {
        assert!(site.books().has_file(&photo.sha256), "{} is back, whole", photo.sha256);
    }
    assert_eq!((bo.outbox().files, bo.outbox().files_stuck), (0, 0));
    for task in TASK..TASK + 4 {
        assert_eq!(site.read::<Task>(id(task)).expect("is there").state, TaskState::Done);
    }
    // Whoever does not stand is told so, once, and still has what they found.
    let mut refused = cai.phone.refused().expect("lists");
    refused.extend(deng.phone.refused().expect("lists"));
    assert_eq!(refused.iter().map(|item| item.id).collect::<Vec<_>>(), [id(TASK + 1)], "{refused:?}");
    let all = site.log();
    assert_eq!(all.iter().filter(|logged| logged.refusal.is_some()).count(), 1);
    assert_eq!(all.iter().filter(|logged| logged.action == "task.report").count(), 5, "none is lost and none is there twice");
    site.books().check_files();
    for handset in [&bo, &cai, &deng] {
        assert_eq!((handset.outbox().waiting, handset.outbox().accepted), (0, 0));
        site.check_same(handset);
    }
    site.check_log();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_copy_can_be_put_back_twice() {
    let site = Site::start().await;
    let (bo, cai) = (site.phone(BO).await, site.phone(CAI).await);
    bo.phone.submit_log(None, None, log("备份前", site.now())).expect("submits");
    all_sync(&[&bo, &cai]).await;
    let copy = site.back_up();
    let mut want = vec!["备份前"];
    let mut site = site;
    for (n, title) in ["第一次恢复前", "第二次恢复前", "第三次恢复前"].into_iter().enumerate() {
        let photo = submit_with_photo(&bo, &site, title, 10 + n as u64);
        report(&cai, TASK + n as u8, title);
        want.push(title);
        all_sync(&[&bo, &cai]).await;
        let epoch = site.running.app.hub.epoch();
        site = site.set_back_to(&copy).await;
        assert_ne!(site.running.app.hub.epoch(), epoch);
        assert_eq!(site.log_titles(BO), ["备份前"]);
        // One phone is quicker: the other's cursors are of an epoch that has ended, perhaps of one before that.
        bo.sync_well().await;
        bo.sync_well().await;
        assert!(site.books().has_file(&photo.sha256));
    }
    all_sync(&[&bo, &cai]).await;
    want.sort_unstable();
    assert_eq!(site.log_titles(BO), want);
    for n in 0..3 {
        assert_eq!(site.read::<Task>(id(TASK + n)).expect("is there").state, TaskState::Done);
    }
    for handset in [&bo, &cai] {
        handset.check_settled();
        site.check_same(handset);
    }
    site.check_log();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_enrolled_after_the_copy_is_told_so_keeps_all_it_holds_and_brings_it_back_with_a_new_code() {
    let site = Site::start().await;
    let anna = site.phone(ANNA).await;
    let copy = site.back_up();
    let bo = site.phone(BO).await;
    bo.phone.submit_log(None, None, log("已上报", site.now())).expect("submits");
    bo.sync_well().await;
    bo.phone.submit_log(None, None, log("还没有上报", site.now())).expect("submits");
    let site = site.set_back_to(&copy).await;

    // It has a token still; then it asks for another. Neither way is it wiped, and each time it hears the same.
    for _ in 0..3 {
        let status = bo.sync().await;
        if status != Status::Waiting(Stop::Network) {
            assert_eq!(status, Status::Waiting(Stop::NotEnrolled));
            assert_eq!(bo.told(status).expect("is told").code(), "not_enrolled");
        }
    }
    assert_eq!(bo.sync().await, Status::Waiting(Stop::NotEnrolled));
    let shown: Vec<String> = bo.phone.logs(None).expect("lists").into_iter().map(|log| log.title).collect();
    assert!(shown.contains(&"已上报".to_owned()) && shown.contains(&"还没有上报".to_owned()), "{shown:?}");
    assert!(bo.phone.export_unsent().expect("exports").contains("还没有上报"));
    assert_eq!(bo.outbox().waiting, 1);
    // The others are not held up.
    anna.phone.add_member(id(4), "新人", None).expect("adds");
    all_sync(&[&anna]).await;
    anna.check_settled();
    site.check_same(&anna);
    site.check_log();

    // Its holder asks for a new code, and it is the same device again: what the server had lost is there once more.
    let code = site.code(BO).await;
    let before = bo.phone.identity().expect("is enrolled").device;
    let again = bo.phone.enrol(&site.proxy.url(), &code, "test").await.expect("enrols again");
    assert_eq!(again.device, before);
    all_sync(&[&bo]).await;
    bo.check_settled();
    site.check_same(&bo);
    site.check_log();
    assert_eq!(site.log_titles(BO), ["已上报", "还没有上报"]);
    let code = site.code(BO).await;
    let already = bo.phone.enrol(&site.proxy.url(), &code, "test").await.expect_err("is enrolled");
    assert_eq!(already.code(), "bad_input");
}
