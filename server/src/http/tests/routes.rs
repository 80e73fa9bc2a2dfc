//! Every route, asked by everyone who should not be told anything: nobody learns of others by asking.
//!
//! The table names each route of [`route::all`]; one that is new fails here until it says who is answered how.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::SigningKey;
use haitang_domain::activity::{self, ActivityKind, LogContent};
use haitang_domain::attachment::{Attachment, Sha256};
use haitang_domain::{Action, Command, Id, Key, Kind};
use haitang_protocol::account::NewEnrolment;
use haitang_protocol::frame::{self, FrameKind, FrameReader};
use haitang_protocol::pull::{Page, Pull};
use haitang_protocol::push::Push;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::json;
use sha2::Digest as _;

use super::rig::{BO, BRANCH, CHEN, Rig, TestPhone, id, new_number};
use crate::account::token::Holder;
use crate::http::route;

/// Those who ask, in the order of the table's columns.
const CALLERS: [&str; 6] =
    ["nobody", "garbage", "an expired token", "a revoked device", "another member's device", "a desk without a role"];

/// What must come back to none of them.
const SECRETS: [&str; 6] = ["0512-77777777", "member 10", "member 11", "secret.jpg", "bytes of a photo", "a secret lecture"];

/// How a request is made: of a thing that is there and belongs to others, or of one that is not there.
type Ask = fn(&Town, bool) -> RequestBuilder;

/// A small town with something to be curious about.
struct Town {
    rig: Rig,
    bo: TestPhone,
    used_code: String,
    upload: String,
    photo: Sha256,
    log: Id,
    tokens: [Option<String>; 6],
}

impl Town {
    async fn new() -> Self {
        let rig = Rig::start().await;
        let used_code = rig.code(BO).await;
        assert_eq!(rig.try_enrol(&used_code, &SigningKey::from_bytes(&[70; 32])).await.status(), 200);
        let (bo, writer) = (rig.phone(BO).await, rig.phone(BO).await);
        rig.do_one(&bo, BO, &new_number(BO, SECRETS[0])).await;
        let (photo, upload) = send_photo(&rig, &bo).await;
        let log = id(90);
        let content = LogContent {
            activity: None,
            template: None,
            kind: ActivityKind::Lecture,
            title: "a secret lecture".into(),
            held: rig.now(),
            attendance: [].into(),
            fields: [].into(),
            files: vec![Attachment { sha256: photo, bytes: 16, media_type: "image/jpeg".into(), name: "secret.jpg".into() }],
            late_reason: String::new(),
        };
        let action = Action::Activity(activity::Action::SubmitLog { org: id(BRANCH), content });
        let answer = rig.do_one(&writer, BO, &Command { target: Key::new(Kind::Log, log), action }).await;
        assert_eq!(answer.answers[0].refusal(), None);
        let accounts = &rig.running.app.accounts;
        accounts.set_password("bo".into(), Some(id(BO)), "a long enough one".into(), rig.now()).await.expect("an account");
        let desk = accounts.set_password("chen".into(), Some(id(CHEN)), "a long enough one".into(), rig.now()).await;
        let desk = accounts.issue_at(Holder::Account(desk.expect("an account")), id(CHEN), rig.now()).token;
        let (chen, lost) = (rig.phone(CHEN).await, rig.phone(CHEN).await);
        assert!(rig.running.app.accounts.revoke(lost.enrolled.device, rig.now()).await.expect("revokes"));
        let long_ago = rig.now().plus_millis(-3_600_000);
        let expired = rig.running.app.accounts.issue_at(Holder::Device(bo.enrolled.device), id(BO), long_ago).token;
        let tokens = [None, Some("garbage".into()), Some(expired), Some(lost.token), Some(chen.token), Some(desk)];
        Self { rig, bo, used_code, upload, photo, log, tokens }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.rig.client.request(method, self.rig.url(path)).header("tus-resumable", "1.0.0")
    }

    fn post(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, path)
    }

    fn upload(&self, method: Method, there: bool) -> RequestBuilder {
        let path = if there { self.upload.clone() } else { format!("/v1/files/{}", id(77)) };
        self.request(method, &path)
    }

    fn push_of(&self, device: Id) -> Vec<u8> {
        let push = Push {
            device,
            shard: id(2),
            mono_ms: 6,
            boot: id(99),
            prev_hash: [0; 32],
            commands: vec![],
            signature: [0; 64],
            epoch: self.bo.epoch,
        };
        frame::to_vec(FrameKind::Push, &push).expect("packs")
    }
}

/// Bo sends a photo whole, and leaves a second upload open; the photo's hash and the open upload's path.
async fn send_photo(rig: &Rig, bo: &TestPhone) -> (Sha256, String) {
    let bytes = b"bytes of a photo";
    let announce = async |sha256: String| {
        let metadata = format!("sha256 {},name {}", STANDARD.encode(sha256), STANDARD.encode("secret.jpg"));
        let ask = rig.post("/v1/files").bearer_auth(&bo.token).header("tus-resumable", "1.0.0").header("upload-length", 16);
        let made = ask.header("upload-metadata", metadata).send().await.expect("answers");
        made.headers()["location"].to_str().expect("text").to_owned()
    };
    let hash: [u8; 32] = sha2::Sha256::digest(bytes).into();
    let path = announce(hex::encode(hash)).await;
    let piece =
        rig.client.patch(rig.url(&path)).bearer_auth(&bo.token).header("tus-resumable", "1.0.0").header("upload-offset", 0);
    let sent = piece.header("content-type", "application/offset+octet-stream").body(bytes.to_vec()).send().await;
    assert_eq!(sent.expect("answers").status(), 204);
    (Sha256(hash), announce("ab".repeat(32)).await)
}

/// Every route: its name, how it is asked, and the status for each of [`CALLERS`].
#[rustfmt::skip]
fn table() -> Vec<(&'static str, Ask, [u16; 6])> {
    vec![
        ("POST /v1/enrol", |town, there| {
            let code = if there { town.used_code.as_str() } else { "ACDEF-GHJKM" };
            let public_key = hex::encode(SigningKey::from_bytes(&[71; 32]).verifying_key().to_bytes());
            town.post("/v1/enrol").json(&json!({"code": code, "public_key": public_key, "device_name": "x"}))
        }, [400; 6]),
        ("POST /v1/challenge", |town, there| {
            let device = if there { town.bo.enrolled.device } else { id(77) };
            town.post("/v1/challenge").json(&json!({"device": device}))
        }, [200; 6]),
        ("POST /v1/token", |town, there| {
            let device = if there { town.bo.enrolled.device } else { id(77) };
            let challenge = town.rig.running.app.accounts.challenge(device, town.rig.now()).expect("a challenge").challenge;
            town.post("/v1/token").json(&json!({"device": device, "challenge": challenge, "signature": "00".repeat(64)}))
        }, [403; 6]),
        ("POST /v1/login", |town, there| {
            let name = if there { "bo" } else { "nobody" };
            town.post("/v1/login").json(&json!({"name": name, "password": "a wrong password"}))
        }, [401; 6]),
        ("POST /v1/enrolments", |town, there| {
            town.post("/v1/enrolments").json(&NewEnrolment { member: id(if there { BO } else { 77 }) })
        }, [401, 401, 401, 403, 403, 403]),
        ("POST /v1/push", |town, there| {
            town.post("/v1/push").body(town.push_of(if there { town.bo.enrolled.device } else { id(77) }))
        }, [401, 401, 401, 403, 403, 403]),
        ("POST /v1/pull", |town, _| {
            town.post("/v1/pull").body(frame::to_vec(FrameKind::Pull, &Pull { epoch: None, cursors: vec![] }).expect("packs"))
        }, [401, 401, 401, 403, 200, 403]),
        ("GET /v1/live", |town, _| town.request(Method::GET, "/v1/live"), [401, 401, 401, 403, 200, 403]),
        ("OPTIONS /v1/files", |town, _| town.request(Method::OPTIONS, "/v1/files"), [204; 6]),
        ("POST /v1/files", |town, there| {
            // Whoever names a hash has the file: that it is here already is told, and saves sending it (docs/security.md).
            let hash = if there { town.photo.to_string() } else { "cd".repeat(32) };
            let metadata = format!("sha256 {}", STANDARD.encode(hash));
            town.post("/v1/files").header("upload-length", 16).header("upload-metadata", metadata)
        }, [401, 401, 401, 403, 201, 403]),
        ("OPTIONS /v1/files/{id}", |town, there| town.upload(Method::OPTIONS, there), [204; 6]),
        ("HEAD /v1/files/{id}", |town, there| town.upload(Method::HEAD, there), [401, 401, 401, 403, 404, 403]),
        ("PATCH /v1/files/{id}", |town, there| {
            let ask = town.upload(Method::PATCH, there).header("upload-offset", 0).body("x");
            ask.header("content-type", "application/offset+octet-stream")
        }, [401, 401, 401, 403, 404, 403]),
        ("DELETE /v1/files/{id}", |town, there| town.upload(Method::DELETE, there), [401, 401, 401, 403, 404, 403]),
        ("GET /v1/files/by-hash/{sha256}", |town, there| {
            let (hash, log) = if there { (town.photo.to_string(), town.log) } else { ("cd".repeat(32), id(77)) };
            town.request(Method::GET, &format!("/v1/files/by-hash/{hash}?kind=log&id={log}"))
        }, [401, 401, 401, 403, 404, 404]),
        ("GET /v1/ledger/{org}", |town, there| {
            let org = id(if there { BRANCH } else { 77 });
            town.request(Method::GET, &format!("/v1/ledger/{org}?from=2026-01-01&to=2026-12-31"))
        }, [401, 401, 401, 403, 403, 403]),
        ("GET /healthz", |town, _| town.request(Method::GET, "/healthz"), [200; 6]),
        ("GET /metrics", |town, _| town.request(Method::GET, "/metrics"), [200; 6]),
        ("GET /openapi.json", |town, _| town.request(Method::GET, "/openapi.json"), [200; 6]),
    ]
}

/// The status and all that can be read of the body, bodies of records in frames included; of a stream that does not end, its beginning.
async fn read(mut response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    let mut bytes = vec![];
    let quiet = Duration::from_millis(if response.headers().get("content-length").is_some() { 5_000 } else { 300 });
    while let Ok(Ok(Some(piece))) = tokio::time::timeout(quiet, response.chunk()).await {
        bytes.extend_from_slice(&piece);
    }
    let mut text = format!("{:?}\n{}", response.headers(), String::from_utf8_lossy(&bytes));
    let mut reader = FrameReader::default();
    reader.push(&bytes);
    while let Ok(Some(frame)) = reader.take() {
        if let Ok(page) = frame.read::<Page<'_>>(FrameKind::Page) {
            text.push_str(&String::from_utf8_lossy(page.bodies));
        }
    }
    (status, text)
}

/// The body without what is new each time, and without what the asker themselves asked with.
fn comparable(text: &str) -> String {
    let body = text.split_once('\n').map_or("", |(_, body)| body);
    let mut value: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    for new in ["challenge", "disk_free_bytes"] {
        if let Some(field) = value.get_mut(new) {
            *field = field.as_str().map_or(0, str::len).into();
        }
    }
    value.to_string()
}

#[tokio::test]
async fn nobody_learns_of_others_by_asking() {
    let town = Town::new().await;
    let table = table();
    let named: Vec<_> = table.iter().map(|(name, ..)| (*name).to_owned()).collect();
    let all: Vec<_> = route::all().iter().map(|route| format!("{} {}", method(&route.method), route.path)).collect();
    assert_eq!(named, all, "a route that nobody has said of who may ask it");
    for (name, ask, statuses) in &table {
        for ((caller, token), want) in CALLERS.iter().zip(&town.tokens).zip(statuses) {
            let mut told = vec![];
            for there in [true, false] {
                let request = ask(&town, there);
                let request = if let Some(token) = token { request.bearer_auth(token) } else { request };
                let (status, text) = read(request.send().await.expect("answers")).await;
                assert_eq!(status, *want, "{name} by {caller}: {text}");
                for secret in SECRETS {
                    assert!(!text.contains(secret), "{name} tells {caller} of {secret}: {text}");
                }
                told.push((status, comparable(&text)));
            }
            assert_eq!(told[0], told[1], "{name} by {caller}: what is there and what is not are told apart");
        }
    }
}

/// The same questions from those who may ask: the test above would not notice a server that tells nobody anything.
#[tokio::test]
async fn those_who_may_are_told() {
    let town = Town::new().await;
    let by_bo = async |request: RequestBuilder| read(request.bearer_auth(&town.bo.token).send().await.expect("answers")).await;
    let find = |name: &str| table().into_iter().find(|(known, ..)| *known == name).expect("is listed").1;
    for (name, want, secret) in [
        ("POST /v1/pull", 200, "0512-77777777"),
        ("POST /v1/pull", 200, "a secret lecture"),
        ("GET /v1/files/by-hash/{sha256}", 200, "bytes of a photo"),
        ("HEAD /v1/files/{id}", 200, "upload-offset"),
    ] {
        let (status, text) = by_bo(find(name)(&town, true)).await;
        assert_eq!(status, want, "{name}: {text}");
        assert!(text.contains(secret), "{name} does not tell {secret}: {text}");
    }
}

fn method(method: &utoipa::openapi::HttpMethod) -> String {
    use utoipa::openapi::HttpMethod::{Delete, Get, Head, Options, Patch, Post, Put, Trace};
    let name = match method {
        Get => "GET",
        Put => "PUT",
        Post => "POST",
        Delete => "DELETE",
        Options => "OPTIONS",
        Head => "HEAD",
        Patch => "PATCH",
        Trace => "TRACE",
    };
    name.to_owned()
}
