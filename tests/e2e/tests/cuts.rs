//! A network that cuts, lies and delays: what is stored stays, what is not goes on from there.

use haitang_app::domain::Timestamp;
use haitang_app::{Status, Stop};
use haitang_e2e::town::{BO, log, work};
use haitang_e2e::{Handset, Site};

const PAGE: &str = "<!DOCTYPE html><html><body>Please sign in</body></html>";

fn drafts(phone: &Handset, from: u32, to: u32, now: Timestamp) {
    for n in from..to {
        phone.phone.save_log(None, None, log(&format!("第{n:03}次党课"), now)).expect("keeps");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wherever_a_push_is_cut_every_command_is_applied_once() {
    let site = Site::start().await;
    let phone = site.phone(BO).await;
    let mut made = 0;
    for bytes in (0..2_400).step_by(120) {
        drafts(&phone, made, made + 5, site.now());
        made += 5;
        // First the way there is cut, then the way back: then the server has them and the phone does not know.
        site.proxy.cut_after(Some(bytes), None);
        phone.sync().await;
        site.proxy.cut_after(None, Some(bytes));
        phone.sync().await;
        site.proxy.clear();
    }
    phone.sync_well().await;
    phone.check_settled();
    site.check_same(&phone);
    site.check_log();
    assert_eq!(site.log_titles(BO).len(), made as usize, "none is lost and none is there twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_sync_that_is_cut_goes_on_from_where_it_was() {
    let site = Site::start_with(tempfile::tempdir().expect("a folder"), work::notices(6_000, Timestamp::from_millis(0))).await;
    let whole = {
        let (_, before) = site.proxy.bytes();
        site.phone(BO).await;
        site.proxy.bytes().1 - before
    };
    let phone = site.enrolled(BO, 0).await;
    let (_, before) = site.proxy.bytes();
    let mut cuts = 0;
    loop {
        site.proxy.cut_after(None, Some(i64::try_from(whole / 3).expect("fits")));
        let status = phone.sync().await;
        site.proxy.clear();
        if status == Status::Idle {
            break;
        }
        cuts += 1;
        assert!(cuts < 20, "gets nowhere");
    }
    assert!(cuts >= 2, "was really cut");
    let received = site.proxy.bytes().1 - before;
    assert!(received < 2 * whole, "{received} bytes for what takes {whole}: it began anew each time");
    site.check_same(&phone);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_captive_portal_is_told_as_that_and_changes_nothing() {
    let site = Site::start().await;
    let phone = site.phone(BO).await;
    drafts(&phone, 0, 3, site.now());
    let answers = [
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{PAGE}",
            PAGE.len()
        ),
        "HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned(),
    ];
    for answer in answers {
        site.proxy.clear();
        site.proxy.answer_with(&answer);
        let mut status = phone.sync().await;
        if status == Status::Waiting(Stop::Network) {
            // The connection that was open before was found dead first.
            status = phone.sync().await;
        }
        assert_eq!(status, Status::Waiting(Stop::Portal));
        assert_eq!(phone.told(status).expect("is told").code(), "portal");
        assert_eq!(phone.outbox().waiting, 3, "nothing is lost");
    }
    site.proxy.clear();
    phone.sync_well().await;
    phone.check_settled();
    assert_eq!(site.log_titles(BO).len(), 3);
}
