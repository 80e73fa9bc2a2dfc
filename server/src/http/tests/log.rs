use std::io::Write;
use std::sync::{Arc, Mutex};

use serde_json::json;

use super::rig::{ANNA, BO, BRANCH, CHEN, Rig, id};
use crate::config::Config;

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

impl Kept {
    /// The lines since the last time.
    fn lines(&self) -> Vec<String> {
        let bytes = std::mem::take(&mut *self.0.lock().expect("is well"));
        String::from_utf8(bytes).expect("text").lines().map(ToOwned::to_owned).collect()
    }
}

fn one<'l>(lines: &'l [String], parts: &[&str]) -> &'l str {
    let mut found = lines.iter().filter(|line| parts.iter().all(|part| line.contains(part)));
    let line = found.next().unwrap_or_else(|| panic!("no line has {parts:?}:\n{}", lines.join("\n")));
    assert_eq!(found.next(), None, "a second one has {parts:?}");
    line
}

#[tokio::test]
async fn the_log_says_who_asked_from_where_and_whether_they_were_let_in() {
    let kept = Kept::default();
    let writer = kept.clone();
    let log = tracing_subscriber::fmt().with_ansi(false).with_max_level(tracing::Level::INFO);
    let _here = tracing::subscriber::set_default(log.with_writer(move || writer.clone()).finish());

    let rig = Rig::start_with(|config| Config { trust_forwarded: true, ..config }).await;
    let (bo, chen) = (rig.phone(BO).await, rig.phone(CHEN).await);
    let device = format!("by=device {}", bo.enrolled.device);
    one(&kept.lines(), &["answered", "/v1/token", "status=200", "from=127.0.0.1", &device]);

    // A device that has not the key.
    let challenge = rig.challenge(bo.enrolled.device).await;
    assert_eq!(rig.try_token(bo.enrolled.device, &challenge, &chen.key).await.status(), 403);
    one(&kept.lines(), &["answered", "/v1/token", "bad_signature", &device]);

    // What one may not.
    let ledger = format!("/v1/ledger/{}?from=2026-01-01&to=2026-12-31", id(BRANCH));
    let ask = rig.get(&ledger).bearer_auth(&chen.token).header("x-forwarded-for", "192.0.2.7");
    assert_eq!(ask.send().await.expect("answers").status(), 403);
    let chens = format!("by=device {}", chen.enrolled.device);
    one(&kept.lines(), &["answered", "/v1/ledger/{org}", "forbidden", "from=192.0.2.7", &chens]);

    // A desk: right, wrong, nobody's, and too often.
    let (name, password) = ("anna-the-secretary", "a long enough one");
    let accounts = &rig.running.app.accounts;
    let account = accounts.set_password(name.into(), Some(id(ANNA)), password.into(), rig.now()).await.expect("an account");
    let login = async |name: &str, password: &str| {
        let ask = rig.post("/v1/login").json(&json!({ "name": name, "password": password }));
        ask.send().await.expect("answers").status().as_u16()
    };
    let masked = |line: &str| line.split("name=").nth(1).and_then(|rest| rest.split(' ').next()).expect("a name").to_owned();
    assert_eq!(login(name, password).await, 200);
    let lines = kept.lines();
    let right = masked(one(&lines, &["logged in", &account.to_string()]));
    assert_eq!(login(name, "a wrong one").await, 401);
    let mut all = kept.lines();
    assert_eq!(masked(one(&all, &["wrong password", &account.to_string(), "from=127.0.0.1"])), right);
    assert_eq!(login("a-password-in-the-wrong-place", "x").await, 401);
    let lines = kept.lines();
    let nobodys = one(&lines, &["wrong password", "account=None"]);
    assert_ne!(masked(nobodys), right);
    all.extend(lines);
    for _ in 0..12 {
        login(name, "a wrong one").await;
    }
    let lines = kept.lines();
    assert!(lines.iter().any(|line| line.contains("too many wrong passwords") && masked(line) == right), "{lines:?}");
    all.extend(lines);
    for told in [name, password, "a wrong one", "a-password-in-the-wrong-place"] {
        assert!(!all.iter().any(|line| line.contains(told)), "{told} is in the log");
    }
}
