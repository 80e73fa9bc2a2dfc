//! What must never be written down: with everything logged that can be, by server and phone, none of it is in the log.

use std::io::Write;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use haitang_app::domain::task::NewHousehold;
use haitang_e2e::Site;
use haitang_e2e::handset::KEY;
use haitang_e2e::town::{ANNA, CAI, GRID, id, log};

/// A log kept in memory.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("is well").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Bytes as anyone might have written them into a log.
fn forms(bytes: &[u8]) -> Vec<String> {
    let listed: Vec<String> = bytes.iter().take(12).map(u8::to_string).collect();
    let escaped: String = bytes.iter().take(12).flat_map(|byte| std::ascii::escape_default(*byte)).map(char::from).collect();
    let hex = |upper: bool| -> String {
        bytes.iter().map(|byte| if upper { format!("{byte:02X}") } else { format!("{byte:02x}") }).collect()
    };
    vec![hex(false), hex(true), STANDARD.encode(bytes), URL_SAFE_NO_PAD.encode(bytes), listed.join(", "), escaped]
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_opens_a_door_and_nobodys_number_is_in_any_log() {
    let kept = Kept::default();
    let writer = kept.clone();
    // All that server, phone and every library of theirs has to say, down to the least.
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false).with_writer(move || writer.clone()).init();

    let site = Site::start().await;
    site.proxy.record();
    let mut secrets: Vec<(&str, String)> = vec![];
    // Enrolled by a code that a secretary's phone made, pushed, pulled, a file sent.
    let anna = site.phone(ANNA).await;
    let (enrolment, qr) = anna.phone.new_enrolment(id(ANNA)).await.expect("a code");
    secrets.push(("a one-time code", enrolment.code.clone()));
    secrets.push(("a one-time code without its hyphen", enrolment.code.replace('-', "")));
    let other = haitang_e2e::Handset::new(0);
    other.phone.enrol_by_qr(&qr, "another").await.expect("enrols");
    let code = site.code(CAI).await;
    secrets.push(("a one-time code", code.clone()));
    let cai = haitang_e2e::Handset::new(0);
    cai.phone.enrol(&site.proxy.url(), &code, "test").await.expect("enrols");
    cai.sync_well().await;
    let number = "0512-66666666";
    let household = NewHousehold {
        grid: id(GRID),
        address: "平江路12号".into(),
        building: String::new(),
        unit: String::new(),
        door: "402".into(),
        contact: format!("吴奶奶 {number}"),
        people: 1,
        alone: false,
        care: String::new(),
        consent: None,
    };
    cai.phone.add_household(household).expect("keeps");
    cai.phone.edit_member(id(CAI), "蔡敏", Some("0512-77777777")).expect("keeps");
    let photo = cai.phone.attach_bytes(b"bytes of a photo".repeat(900), "image/jpeg", "p.jpg").expect("keeps");
    let content = haitang_app::domain::activity::LogContent { files: vec![photo], ..log("走访小结", site.now()) };
    cai.phone.submit_log(None, None, content).expect("submits");
    cai.sync_well().await;
    // What fails is logged too: a wrong code, a wrong password, a right one, a device that was shut out.
    let wrong = haitang_e2e::Handset::new(0);
    wrong.phone.enrol(&site.proxy.url(), "ACDEF-GHJKM", "test").await.expect_err("no such code");
    let (password, accounts) = ("a password of Anna's", &site.running.app.accounts);
    accounts.set_password("anna".into(), Some(id(ANNA)), password.into(), site.now()).await.expect("an account");
    for tried in [password, "a wrong password of Anna's"] {
        let login = serde_json::json!({ "name": "anna", "password": tried });
        let url = format!("{}/v1/login", site.proxy.url());
        let answer = reqwest::Client::new().post(url).body(login.to_string()).send().await.expect("answers");
        if let Ok(token) = answer.json::<serde_json::Value>().await
            && let Some(token) = token["token"].as_str()
        {
            secrets.push(("an account's token", token.to_owned()));
        }
        secrets.push(("a password", tried.to_owned()));
    }
    let device = other.phone.identity().expect("is enrolled").device;
    accounts.revoke(device, site.now()).await.expect("revokes");
    let keys = [&anna, &cai].map(|phone| phone.phone.identity().expect("is enrolled").signing_key);
    other.sync().await;

    secrets.push(("a household's number", number.into()));
    secrets.push(("a member's number", "0512-77777777".into()));
    let sent = site.proxy.recorded().concat();
    let sent = String::from_utf8_lossy(&sent).into_owned();
    for part in sent.split("earer ").skip(1) {
        secrets.push(("a device's token", part.split(['\r', '\n']).next().unwrap_or_default().to_owned()));
    }
    assert!(secrets.iter().filter(|(what, _)| *what == "a device's token").count() > 3, "tokens were seen on their way");
    assert!(secrets.iter().any(|(what, _)| *what == "an account's token"));
    for key in &keys {
        secrets.extend(forms(key).into_iter().map(|form| ("a device's key", form)));
    }
    secrets.extend(forms(&KEY).into_iter().map(|form| ("a database's key", form)));
    for name in ["signing_key", "token_secret", "code_secret", "time_secret"] {
        let secret = site.running.app.storage().secret(name, &|| panic!("there is no secret {name}")).expect("reads");
        secrets.extend(forms(&secret).into_iter().map(|form| ("a secret of the server", form)));
    }

    let written = String::from_utf8_lossy(&kept.0.lock().expect("is well")).into_owned();
    // The log is there, from both sides and from the libraries below.
    for said in ["device enrolled", "/v1/push", "TRACE", "hyper"] {
        assert!(written.contains(said), "{said} is not in a log of {} bytes", written.len());
    }
    for (what, secret) in secrets {
        assert!(secret.len() >= 8, "{what} is too short to be looked for: {secret}");
        let line = written.lines().find(|line| line.contains(&secret));
        assert_eq!(line, None, "{what} is in the log");
    }
}
