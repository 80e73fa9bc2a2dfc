//! Devices that are not what they should be: a wrong clock, a lost phone, a role that has ended.

use haitang_app::domain::activity::{Log, LogState};
use haitang_app::domain::directory::Appointment;
use haitang_app::domain::task::Task;
use haitang_app::domain::{Key, Kind};
use haitang_app::{Status, Stop};
use haitang_e2e::Site;
use haitang_e2e::town::{ANNA, BO, CAI, CAI_IN_GRID, FAN, TASK, id, log};

/// Milliseconds in a year.
const YEAR_MS: i64 = 365 * 24 * 60 * 60 * 1_000;

#[tokio::test(flavor = "multi_thread")]
async fn a_wall_clock_that_is_wrong_by_a_year_changes_nothing() {
    for offset in [-YEAR_MS, YEAR_MS] {
        let site = Site::start().await;
        let bo = site.phone(BO).await;
        // Anna is secretary from yesterday to tomorrow; her phone thinks it is another year.
        let anna = site.enrolled(ANNA, offset).await;
        let began = site.now();
        let submitted = bo.phone.submit_log(None, None, log("党课", site.now())).expect("submits");
        bo.sync_well().await;
        anna.sync_well().await;
        anna.phone.approve_log(submitted).expect("her term counts, whatever her clock says");
        anna.sync_well().await;
        anna.check_settled();
        let decided = site.read::<Log>(submitted).expect("is there");
        assert_eq!(decided.state, LogState::Approved);
        let at = decided.decided.expect("is decided");
        assert!(began <= at && at <= site.now(), "{at:?} is the true time");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_phone_is_wiped_and_the_members_other_phone_goes_on() {
    let site = Site::start().await;
    let (lost, kept) = (site.phone(BO).await, site.phone(BO).await);
    let device = lost.phone.identity().expect("is enrolled").device;
    assert!(!lost.files().is_empty());
    assert!(site.running.app.accounts.revoke(device, site.now()).await.expect("revokes"));
    let status = lost.sync().await;
    assert_eq!(status, Status::Stopped(Stop::Revoked));
    assert_eq!(lost.files(), Vec::<std::path::PathBuf>::new(), "nothing is left");
    assert_eq!(lost.phone.identity().expect_err("is nobody's").code(), "not_enrolled");
    kept.phone.save_log(None, None, log("另一部手机", site.now())).expect("keeps");
    kept.sync_well().await;
    kept.check_settled();
    assert_eq!(site.log_titles(BO), ["另一部手机"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_has_ended_takes_its_records_along_and_no_work() {
    let site = Site::start().await;
    let (cai, fan) = (site.phone(CAI).await, site.phone(FAN).await);
    let task = Key::new(Kind::Task, id(TASK));
    assert!(cai.row(task).is_some(), "a grid worker has the grid's tasks");
    // Fan ends the appointment; Cai, without network, has worked on.
    fan.phone.end_appointment(id(CAI_IN_GRID)).expect("ends");
    fan.sync_well().await;
    cai.phone.accept_task(id(TASK)).expect("as far as the phone knows");
    let draft = cai.phone.save_log(None, None, log("走访小结", site.now())).expect("keeps");
    cai.sync_well().await;
    cai.sync_well().await;
    assert!(site.read::<Appointment>(id(CAI_IN_GRID)).expect("is there").ended.is_some());
    // What was done before anyone could know is judged by when it was done; either way nothing vanished.
    let outbox = cai.outbox();
    assert_eq!(outbox.waiting, 0);
    assert_eq!(site.log().iter().filter(|logged| logged.refusal.is_some()).count() as u64, outbox.refused);
    assert!(site.read::<Log>(draft).is_some(), "other work went through");
    for n in TASK + 1..TASK + 4 {
        assert!(cai.row(Key::new(Kind::Task, id(n))).is_none(), "the grid's tasks are gone from the phone");
    }
    assert!(site.read::<Task>(id(TASK + 1)).is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_cut_arrives_whole_in_the_end() {
    let site = Site::start().await;
    let bo = site.phone(BO).await;
    let photo: Vec<u8> = (0..900_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let file = bo.phone.attach_bytes(photo, "image/jpeg", "楼道.jpg").expect("keeps");
    let content = haitang_app::domain::activity::LogContent { files: vec![file.clone()], ..log("附照片", site.now()) };
    bo.phone.submit_log(None, None, content).expect("submits");
    for bytes in [30_000, 200_000, 400_000, 650_000] {
        site.proxy.cut_after(Some(bytes), None);
        bo.sync().await;
        site.proxy.clear();
    }
    bo.sync_well().await;
    assert_eq!((bo.outbox().files, bo.outbox().files_stuck), (0, 0));
    let arrived = site.running.app.storage().file(&file.sha256).expect("reads").expect("is there");
    assert_eq!(arrived.bytes, 900_000);
}
