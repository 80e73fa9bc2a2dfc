use haitang_protocol::ProblemCode;
use reqwest::{Method, Response};

use super::rig::{ANNA, BO, BRANCH, Rig, id, problem};
use crate::config::Config;

async fn some_answers(rig: &Rig) -> Vec<(&'static str, Response)> {
    let bo = rig.phone(BO).await;
    let mut answers = vec![];
    for path in ["/healthz", "/metrics", "/openapi.json", "/nowhere", "/v1/push", "/v1/live"] {
        answers.push((path, rig.get(path).send().await.expect("answers")));
    }
    answers.push(("an event", rig.get("/v1/live").bearer_auth(&bo.token).send().await.expect("answers")));
    answers.push(("a bad frame", rig.post("/v1/pull").bearer_auth(&bo.token).body("x").send().await.expect("answers")));
    answers
}

#[tokio::test]
async fn every_answer_tells_browsers_to_show_and_keep_nothing() {
    let rig = Rig::start_with(|config| Config { public_url: Some("https://haitang.example".into()), ..config }).await;
    for (what, answer) in some_answers(&rig).await {
        let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().expect("text"));
        assert_eq!(header("x-content-type-options"), Some("nosniff"), "{what}");
        assert_eq!(header("referrer-policy"), Some("no-referrer"), "{what}");
        assert_eq!(header("cache-control"), Some("no-store"), "{what}");
        assert_eq!(header("strict-transport-security"), Some("max-age=63072000"), "{what}");
        let policy = header("content-security-policy").expect("a policy");
        for part in ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{what}: {policy}");
        }
        assert_eq!(header("access-control-allow-origin"), None, "{what}: no other origin may read it");
        assert_eq!(header("set-cookie"), None, "{what}");
        assert_eq!(header("server"), None, "{what}");
    }
}

#[tokio::test]
async fn without_tls_nobody_is_told_to_come_by_tls_alone() {
    let rig = Rig::start().await;
    for (what, answer) in some_answers(&rig).await {
        assert_eq!(answer.headers().get("strict-transport-security"), None, "{what}");
    }
}

#[tokio::test]
async fn trace_and_parameters_given_twice_are_declined() {
    let rig = Rig::start().await;
    for path in ["/v1/push", "/healthz"] {
        let traced = rig.client.request(Method::TRACE, rig.url(path)).header("authorization", "Bearer x").send().await;
        assert_eq!(problem(traced.expect("answers")).await.0, 405, "{path}");
    }
    let anna = rig.phone(ANNA).await;
    let twice = format!("/v1/ledger/{}?from=2026-01-01&to=2026-12-31&from=2020-01-01", id(BRANCH));
    let declined = problem(rig.get(&twice).bearer_auth(&anna.token).send().await.expect("answers")).await.1;
    assert_eq!(declined.code, ProblemCode::BadRequest);
    let code = rig.code(BO).await;
    let body = format!("{{\"code\":\"x\",\"code\":\"{code}\",\"public_key\":\"\",\"device_name\":\"\"}}");
    assert_eq!(problem(rig.post("/v1/enrol").body(body).send().await.expect("answers")).await.1.code, ProblemCode::BadRequest);
}
