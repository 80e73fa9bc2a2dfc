use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use haitang_protocol::ProblemCode;

use super::rig::{ANNA, BO, BRANCH, CHEN, Rig, id, new_number, problem};
use crate::config::Config;

#[tokio::test]
async fn the_operator_sees_whether_it_is_well_and_what_it_did() {
    let rig = Rig::start().await;
    let bo = rig.phone(BO).await;
    rig.do_one(&bo, BO, &new_number(BO, "1")).await;
    let health: serde_json::Value = rig.get("/healthz").send().await.expect("answers").json().await.expect("JSON");
    assert_eq!((&health["status"], &health["storage"]), (&"ok".into(), &true.into()));
    assert!(health["disk_free_bytes"].as_u64().expect("a number") > 0);
    let metrics = rig.get("/metrics").send().await.expect("answers").text().await.expect("text");
    for line in [
        "haitang_http_requests_total{route=\"/v1/push\",method=\"POST\",status=\"200\"}",
        "haitang_http_request_seconds_bucket{route=\"/v1/push\",le=\"0.001\"}",
        "haitang_commands_total{outcome=\"accepted\"}",
        "haitang_queue_depth",
    ] {
        assert!(metrics.contains(line), "{line} in\n{metrics}");
    }
    let described: serde_json::Value = rig.get("/openapi.json").send().await.expect("answers").json().await.expect("JSON");
    assert!(described["paths"]["/v1/push"]["post"].is_object());
}

#[tokio::test]
async fn metrics_can_be_kept_from_strangers() {
    let rig = Rig::start_with(|config| Config { metrics_token: Some("a secret".into()), ..config }).await;
    assert_eq!(problem(rig.get("/metrics").send().await.expect("answers")).await.0, 401);
    assert_eq!(rig.get("/metrics").bearer_auth("a secret").send().await.expect("answers").status(), 200);
}

#[tokio::test]
async fn a_full_disk_is_told_and_nothing_is_taken_in() {
    let rig = Rig::start_with(|config| Config { disk_free_min_mb: u64::MAX / 1024 / 1024, ..config }).await;
    let health = rig.get("/healthz").send().await.expect("answers");
    assert_eq!(health.status(), 503);
    let bo = rig.phone(BO).await;
    let metadata = format!("sha256 {}", STANDARD.encode("ab".repeat(32)));
    let upload = rig.post("/v1/files").bearer_auth(&bo.token).header("tus-resumable", "1.0.0").header("upload-length", 5);
    let (status, told) = problem(upload.header("upload-metadata", metadata).send().await.expect("answers")).await;
    assert_eq!((status, told.code), (507, ProblemCode::StorageFull));
}

#[tokio::test]
async fn behind_a_proxy_each_sender_has_an_allowance_of_its_own() {
    let rig = Rig::start_with(|config| Config { attempts_per_minute: 1, trust_forwarded: true, ..config }).await;
    let try_from = async |forwarded: &str| {
        let enrol = serde_json::json!({ "code": "ACDEF-GHJKM", "public_key": "", "device_name": "x" });
        let ask = rig.post("/v1/enrol").header("x-forwarded-for", forwarded).json(&enrol);
        ask.send().await.expect("answers").status().as_u16()
    };
    assert_eq!(try_from("192.0.2.1").await, 400);
    assert_eq!(try_from("192.0.2.2").await, 400);
    assert_eq!(try_from("192.0.2.9, 192.0.2.1").await, 429, "what the sender invents in front does not count");
}

async fn boom() -> &'static str {
    panic!("a secret of the inside")
}

#[tokio::test]
async fn a_fault_of_the_servers_own_names_the_request_and_nothing_else() {
    let rig = Rig::start().await;
    let app = std::sync::Arc::clone(&rig.running.app);
    let layer = axum::middleware::from_fn_with_state(app, crate::http::observe::observe);
    let router: axum::Router = axum::Router::new().route("/boom", axum::routing::get(boom)).layer(layer);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("listens");
    let url = format!("http://{}/boom", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    for _ in 0..2 {
        let response = rig.client.get(&url).header("x-request-id", "abc-2").send().await.expect("answers");
        let text = response.text().await.expect("a body");
        assert!(text.contains("\"request\":\"abc-2\"") && text.contains("internal"), "{text}");
        assert!(!text.contains("secret"), "{text}");
    }
}

#[tokio::test]
async fn it_speaks_tls_with_the_certificate_it_is_given() {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".into()]).expect("a certificate");
    let folder = tempfile::tempdir().expect("a folder");
    let (cert, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    std::fs::write(&cert, made.cert.pem()).expect("writes");
    std::fs::write(&key, made.signing_key.serialize_pem()).expect("writes");
    let (with_cert, with_key) = (cert.clone(), key.clone());
    let rig = Rig::start_with(|config| Config { tls_cert: Some(with_cert), tls_key: Some(with_key), ..config }).await;
    assert!(rig.running.url().starts_with("https://"));
    let root = reqwest::Certificate::from_pem(made.cert.pem().as_bytes()).expect("a certificate");
    let client = reqwest::Client::builder().tls_certs_only([root]).build().expect("a client");
    let url = format!("https://localhost:{}/openapi.json", rig.running.addr.port());
    assert_eq!(client.get(url).send().await.expect("answers").status(), 200);

    std::fs::write(&key, "not a key").expect("writes");
    let config = Config { tls_cert: Some(cert), tls_key: Some(key), ..Config::local(folder.path()) };
    let failed = crate::http::Server::start(config).await.err().expect("does not start");
    assert!(failed.to_string().contains("key.pem"), "{failed}");
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back() {
    let rig = Rig::start_with(|config| Config { device_per_minute: 3, ..config }).await;
    let (bo, chen) = (rig.phone(BO).await, rig.phone(CHEN).await);
    let ask = async |token: &str| rig.post("/v1/pull").bearer_auth(token).body("x").send().await.expect("answers");
    for _ in 0..3 {
        assert_eq!(ask(&bo.token).await.status(), 400);
    }
    let response = ask(&bo.token).await;
    let after: u64 = response.headers()["retry-after"].to_str().expect("text").parse().expect("seconds");
    assert!((1..=21).contains(&after), "{after}");
    assert_eq!(
        problem(response).await,
        (429, haitang_protocol::Problem::new(ProblemCode::RateLimited, "too many requests").with("after_s", after))
    );
    assert_eq!(ask(&chen.token).await.status(), 400, "another device goes on");
}

#[tokio::test]
async fn an_address_that_guesses_codes_is_slowed_down() {
    let rig = Rig::start_with(|config| Config { attempts_per_minute: 2, ..config }).await;
    let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
    let mut last = Vec::new();
    for _ in 0..4 {
        last.push(rig.try_enrol("ACDEF-GHJKM", &key).await.status().as_u16());
    }
    assert_eq!(last, [400, 400, 429, 429]);
}

#[tokio::test]
async fn requests_carry_an_id_and_unknown_paths_and_methods_are_problems() {
    let rig = Rig::start().await;
    let response = rig.get("/nowhere").header("x-request-id", "abc-1").send().await.expect("answers");
    assert_eq!(response.headers()["x-request-id"], "abc-1");
    assert_eq!(problem(response).await.1.code, ProblemCode::NotFound);
    let response = rig.get("/nowhere").header("x-request-id", "a b\tc").send().await.expect("answers");
    assert_eq!(response.headers()["x-request-id"].len(), 32, "one that makes no sense is replaced");
    assert_eq!(problem(rig.get("/v1/push").send().await.expect("answers")).await.0, 405);
    for body in ["", "{", "[]", "{\"device\":7}"] {
        let sent = rig.post("/v1/challenge").body(body).send().await.expect("answers");
        assert_eq!(problem(sent).await.1.code, ProblemCode::BadRequest, "{body}");
    }
    let long = format!("{{\"device\":\"{}\"}}", "x".repeat(70_000));
    let sent = rig.post("/v1/challenge").body(long).send().await.expect("answers");
    assert_eq!(
        problem(sent).await,
        (413, haitang_protocol::Problem::new(ProblemCode::TooLarge, "the body is larger than allowed").with("limit", 65536))
    );
}

#[tokio::test]
async fn a_ledger_is_for_those_with_a_role_there() {
    let rig = Rig::start().await;
    let (anna, chen) = (rig.phone(ANNA).await, rig.phone(CHEN).await);
    let ask = async |token: &str, query: &str| {
        rig.get(&format!("/v1/ledger/{}?{query}", id(BRANCH))).bearer_auth(token).send().await.expect("answers")
    };
    let year = "from=2026-01-01&to=2026-12-31";
    let ledger: serde_json::Value = ask(&anna.token, year).await.json().await.expect("a ledger");
    assert_eq!((&ledger["name"], &ledger["lines"]), (&"org 3".into(), &serde_json::json!([])));
    assert_eq!(problem(ask(&chen.token, year).await).await.1.code, ProblemCode::Forbidden);
    assert_eq!(problem(ask(&anna.token, "from=x").await).await.1.code, ProblemCode::BadRequest);
    assert_eq!(problem(ask(&anna.token, "from=2026-12-31&to=2026-01-01").await).await.1.code, ProblemCode::BadRequest);
}
