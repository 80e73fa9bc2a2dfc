//! The JSON of the account routes, problems, bodies, and the text that enrols.

use std::fmt::Debug;

use haitang_domain::{Body, Kind};
use haitang_protocol::Problem;
use haitang_protocol::qr::EnrolCode;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{flips, golden, prefixes, text};
use crate::samples::{self, account};

/// Holds one golden text against its sample: the same both ways, declined where it is cut, harmless where it is damaged.
fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(name: &str, sample: &T) {
    let json = serde_json::to_string(sample).expect("writes");
    let kept = text(&format!("json/{name}.json"), &json);
    assert_eq!(kept, json, "{name} is written as it was");
    assert_eq!(&serde_json::from_str::<T>(&kept).expect("reads"), sample, "{name} reads as it did");
    for cut in prefixes(kept.as_bytes()) {
        assert!(serde_json::from_slice::<T>(cut).is_err(), "{name} cut after {} bytes", cut.len());
    }
    for damaged in flips(kept.as_bytes()) {
        let _ = serde_json::from_slice::<T>(&damaged);
    }
    let mut later: serde_json::Value = serde_json::from_str(&kept).expect("reads");
    later["of_a_later_version"] = true.into();
    assert_eq!(&serde_json::from_value::<T>(later).expect("reads"), sample, "{name} minds a field that it does not know");
}

#[test]
fn the_account_routes_say_what_they_said() {
    check("enrol", &account::enrol());
    check("enrol_again", &account::enrol_again());
    check("enrolled", &account::enrolled());
    check("challenge_request", &account::challenge_request());
    check("challenge", &account::challenge());
    check("token_request", &account::token_request());
    check("token", &account::token());
    check("new_enrolment", &account::new_enrolment());
    check("enrolment", &account::enrolment());
}

#[test]
fn the_text_that_enrols_is_what_it_was() {
    let code = account::enrol_code();
    let kept = text("enrol_code.txt", &code.to_text());
    assert_eq!(kept, code.to_text());
    assert_eq!(EnrolCode::parse(&kept), Some(code.clone()));
    for cut in prefixes(kept.as_bytes()) {
        let cut = std::str::from_utf8(cut).expect("text");
        assert_ne!(EnrolCode::parse(cut), Some(code.clone()), "{cut}");
    }
    for damaged in flips(kept.as_bytes()) {
        let _ = std::str::from_utf8(&damaged).map(EnrolCode::parse);
    }
}

#[test]
fn problems_are_sent_with_their_status() {
    for name in samples::problems::names() {
        let code = serde_json::from_value(name.clone().into()).expect("a code");
        let problem = samples::problems::of(code);
        assert_eq!((problem.code, code.as_str()), (code, name.clone()));
        let body = serde_json::to_string(&problem).expect("writes");
        // As RFC 9457 has it: the status stands in the body too.
        let sent = body.replacen('{', &format!("{{\"status\":{},", code.status()), 1);
        let kept = text(&format!("problems/{name}.json"), &sent);
        assert_eq!(kept, sent, "{name} is sent as it was");
        assert_eq!(serde_json::from_str::<Problem>(&kept).expect("reads"), problem, "{name} reads as it did");
        for cut in prefixes(kept.as_bytes()) {
            assert!(serde_json::from_slice::<Problem>(cut).is_err(), "{name} cut after {} bytes", cut.len());
        }
        for damaged in flips(kept.as_bytes()) {
            let _ = serde_json::from_slice::<Problem>(&damaged);
        }
    }
}

#[test]
fn bodies_read_and_write_as_they_did() {
    let full = samples::bodies::all().map(|(name, body)| (name.to_owned(), body));
    let sparse = samples::bodies::sparse().into_iter().map(|(name, body)| (format!("sparse/{name}"), body));
    for (name, body) in full.chain(sparse) {
        let (kind, made) = (body.kind(), body.to_json());
        let kept = golden(&format!("bodies/{name}.hex"), &made);
        assert_eq!(String::from_utf8_lossy(&kept), String::from_utf8_lossy(&made), "{name} is written as it was");
        assert_eq!(Body::parse(kind, &kept).expect("reads"), body, "{name} reads as it did");
        for cut in prefixes(&kept) {
            assert!(Body::parse(kind, cut).is_err(), "{name} cut after {} bytes", cut.len());
        }
        for damaged in flips(&kept) {
            let _ = Body::parse(kind, &damaged);
        }
    }
}

/// Every field that a sample fills is still there once it was read and written: none was renamed, none fell away.
#[test]
fn samples_of_bodies_lose_nothing() {
    for kind in Kind::ALL {
        let json = samples::bodies::json_of(*kind);
        let body = Body::parse(*kind, json.to_string().as_bytes()).unwrap_or_else(|error| panic!("{}: {error}", kind.name()));
        let written: serde_json::Value = serde_json::from_slice(&body.to_json()).expect("is JSON");
        assert_eq!(written, json, "{}", kind.name());
    }
}
