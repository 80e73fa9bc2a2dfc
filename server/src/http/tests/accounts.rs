use ed25519_dalek::SigningKey;
use haitang_domain::activity::code::Certificate;
use haitang_protocol::ProblemCode;
use haitang_protocol::account::{Enrolled, Enrolment, NewEnrolment, Token};
use haitang_protocol::limits::{CHALLENGE_MS, ENROL_CODE_MS};
use serde_json::json;

use super::rig::{ANNA, BO, CHEN, Rig, id, problem};
use crate::account::token::Holder;

#[tokio::test]
async fn a_phone_is_enrolled_once_by_its_code_however_it_is_typed() {
    let rig = Rig::start().await;
    let code = rig.code(BO).await;
    let key = SigningKey::from_bytes(&[7; 32]);
    let typed = format!(" {} ", code.to_lowercase().replace('-', "  "));
    let enrolled: Enrolled = rig.try_enrol(&typed, &key).await.json().await.expect("enrolled");
    assert_eq!((enrolled.member, enrolled.name.as_str()), (id(BO), "member 11"));
    let unhex = |text: &str| hex::decode(text).expect("hexadecimal");
    let certificate = Certificate {
        device: enrolled.device,
        member: enrolled.member,
        public_key: key.verifying_key().to_bytes(),
        signature: unhex(&enrolled.certificate).try_into().expect("64 bytes"),
    };
    assert!(certificate.is_genuine(&unhex(&enrolled.server_key).try_into().expect("32 bytes")));

    let (status, again) = problem(rig.try_enrol(&code, &SigningKey::from_bytes(&[8; 32])).await).await;
    assert_eq!((status, again.code), (400, ProblemCode::BadCode), "used");
    let (_, wrong) = problem(rig.try_enrol("ACDEF-GHJKM", &key).await).await;
    assert_eq!(wrong.code, ProblemCode::BadCode);
}

#[tokio::test]
async fn a_code_dies_of_age_and_of_two_phones_one_gets_in() {
    let rig = Rig::start().await;
    let long_ago = rig.now().plus_millis(-ENROL_CODE_MS - 1);
    let (old, _) = rig.running.app.accounts.make_code(id(BO), None, long_ago).await.expect("a code");
    let key = SigningKey::from_bytes(&[7; 32]);
    assert_eq!(problem(rig.try_enrol(&old, &key).await).await.1.code, ProblemCode::BadCode);

    let code = rig.code(BO).await;
    let other = SigningKey::from_bytes(&[8; 32]);
    let (one, two) = tokio::join!(rig.try_enrol(&code, &key), rig.try_enrol(&code, &other));
    let mut statuses = [one.status().as_u16(), two.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400]);
}

#[tokio::test]
async fn a_key_that_is_none_is_declined_and_the_code_lives_on() {
    let rig = Rig::start().await;
    let code = rig.code(BO).await;
    // The neutral point: a "key" with which anything is signed.
    let weak = format!("01{}", "00".repeat(31));
    for public_key in ["", "zz", "00", &weak] {
        let enrol = json!({ "code": code, "public_key": public_key, "device_name": "x" });
        let (_, declined) = problem(rig.post("/v1/enrol").json(&enrol).send().await.expect("answers")).await;
        assert_eq!(declined.code, ProblemCode::BadRequest, "{public_key}");
    }
    assert_eq!(rig.try_enrol(&code, &SigningKey::from_bytes(&[7; 32])).await.status(), 200);
}

#[tokio::test]
async fn a_challenge_answered_late_or_by_another_key_or_device_gives_no_token() {
    let rig = Rig::start().await;
    let (bo, chen) = (rig.phone(BO).await, rig.phone(CHEN).await);
    let device = bo.enrolled.device;
    let challenge = rig.challenge(device).await;
    let by_another = problem(rig.try_token(device, &challenge, &chen.key).await).await.1;
    assert_eq!(by_another.code, ProblemCode::BadSignature);
    let of_another = problem(rig.try_token(chen.enrolled.device, &challenge, &chen.key).await).await.1;
    assert_eq!(of_another.code, ProblemCode::Unauthorized);
    let unknown = rig.challenge(id(77)).await;
    assert_eq!(problem(rig.try_token(id(77), &unknown, &bo.key).await).await.1.code, ProblemCode::BadSignature);

    let late = rig.running.app.accounts.challenge(device, rig.now().plus_millis(-CHALLENGE_MS - 1)).expect("a challenge");
    let (status, replayed) = problem(rig.try_token(device, &late.challenge, &bo.key).await).await;
    assert_eq!((status, replayed.code), (401, ProblemCode::TokenExpired));
}

#[tokio::test]
async fn tokens_that_are_old_changed_or_missing_are_told_apart() {
    let rig = Rig::start().await;
    let bo = rig.phone(BO).await;
    let ask = async |token: &str| problem(rig.get("/v1/live").bearer_auth(token).send().await.expect("answers")).await;
    let long_ago = rig.now().plus_millis(-3_600_000);
    let old = rig.running.app.accounts.issue_at(Holder::Device(bo.enrolled.device), id(BO), long_ago).token;
    assert_eq!(ask(&old).await.1.code, ProblemCode::TokenExpired);
    let mut changed = bo.token.clone().into_bytes();
    changed[5] = if changed[5] == b'A' { b'B' } else { b'A' };
    let (status, tampered) = ask(&String::from_utf8(changed).expect("text")).await;
    assert_eq!((status, tampered.code), (401, ProblemCode::Unauthorized));
    let stranger = rig.running.app.accounts.issue_at(Holder::Device(id(77)), id(BO), rig.now()).token;
    assert_eq!(ask(&stranger).await.1.code, ProblemCode::Unauthorized, "a device that is not there");
    let none = problem(rig.get("/v1/live").send().await.expect("answers")).await;
    assert_eq!(none.1.code, ProblemCode::Unauthorized);
}

#[tokio::test]
async fn a_revoked_device_is_told_so_everywhere_at_once() {
    let rig = Rig::start().await;
    let bo = rig.phone(BO).await;
    let device = bo.enrolled.device;
    assert!(rig.running.app.accounts.revoke(device, rig.now()).await.expect("revokes"));
    for path in ["/v1/push", "/v1/pull", "/v1/files", "/v1/enrolments"] {
        let (status, told) = problem(rig.post(path).bearer_auth(&bo.token).send().await.expect("answers")).await;
        assert_eq!((status, told.code), (403, ProblemCode::Revoked), "{path}");
    }
    let challenge = rig.challenge(device).await;
    assert_eq!(problem(rig.try_token(device, &challenge, &bo.key).await).await.1.code, ProblemCode::Revoked);
    assert!(!rig.running.app.accounts.revoke(id(77), rig.now()).await.expect("revokes"), "a device that is not there");
}

#[tokio::test]
async fn a_secretary_makes_codes_for_their_own_members_only() {
    let rig = Rig::start().await;
    let (anna, bo) = (rig.phone(ANNA).await, rig.phone(BO).await);
    let ask = async |token: &str, member: u8| {
        let ask = rig.post("/v1/enrolments").bearer_auth(token).json(&NewEnrolment { member: id(member) });
        ask.send().await.expect("answers")
    };
    let made: Enrolment = ask(&anna.token, BO).await.json().await.expect("a code");
    assert!(made.expires > rig.now());
    assert_eq!(rig.try_enrol(&made.code, &SigningKey::from_bytes(&[9; 32])).await.status(), 200);
    assert_eq!(problem(ask(&anna.token, CHEN).await).await.1.code, ProblemCode::Forbidden, "of another branch");
    assert_eq!(problem(ask(&bo.token, ANNA).await).await.1.code, ProblemCode::Forbidden, "no secretary");
    let (of_another, of_nobody) = (problem(ask(&anna.token, CHEN).await).await, problem(ask(&anna.token, 77).await).await);
    assert_eq!(of_nobody, of_another, "whether there is such a member is nobody else's business");
}

#[tokio::test]
async fn an_account_opens_the_desk_and_not_the_phone() {
    let rig = Rig::start_with(|config| crate::config::Config { attempts_per_minute: 5, ..config }).await;
    let accounts = &rig.running.app.accounts;
    accounts.set_password("anna".into(), Some(id(ANNA)), "a long enough one".into(), rig.now()).await.expect("an account");
    let login = async |name: &str, password: &str| {
        rig.post("/v1/login").json(&json!({ "name": name, "password": password })).send().await.expect("answers")
    };
    let token: Token = login("anna", "a long enough one").await.json().await.expect("a token");
    let made = rig.post("/v1/enrolments").bearer_auth(&token.token).json(&NewEnrolment { member: id(BO) }).send().await;
    assert_eq!(made.expect("answers").status(), 200);
    let pull = problem(rig.post("/v1/pull").bearer_auth(&token.token).send().await.expect("answers")).await.1;
    assert_eq!(pull.code, ProblemCode::Forbidden);
    assert_eq!(problem(login("anna", "a wrong one").await).await.1.code, ProblemCode::Unauthorized);
    assert_eq!(problem(login("nobody", "a wrong one").await).await.1.code, ProblemCode::Unauthorized);
    let mut last = 0;
    for _ in 0..6 {
        last = login("anna", "a wrong one").await.status().as_u16();
    }
    assert_eq!(last, 429, "guessing is slowed down");
}

#[tokio::test]
async fn a_stranger_who_guesses_waits_and_the_owner_comes_in() {
    let rig = Rig::start_with(|config| crate::config::Config { trust_forwarded: true, ..config }).await;
    let (password, wrong) = ("a long enough one", "a wrong password");
    rig.running.app.accounts.set_password("anna".into(), Some(id(ANNA)), password.into(), rig.now()).await.expect("an account");
    let login = async |from: &str, name: &str, password: &str| {
        let ask = rig.post("/v1/login").header("x-forwarded-for", from).json(&json!({ "name": name, "password": password }));
        ask.send().await.expect("answers").status().as_u16()
    };
    assert_eq!(login("192.0.2.1", "anna", password).await, 200);
    for name in ["anna", "nobody"] {
        let mut told = vec![];
        for n in 0..12 {
            told.push(login(&format!("198.51.100.{n}"), name, wrong).await);
        }
        assert_eq!(told, [[401; 10].as_slice(), &[429; 2]].concat(), "{name}: a machine for each guess helps nobody");
    }
    assert_eq!(login("198.51.100.99", "anna", password).await, 429, "not even the right one, from where she never was");
    assert_eq!(login("192.0.2.1", "anna", password).await, 200, "from where she was she comes in");
}

#[tokio::test]
async fn a_device_that_is_known_or_not_vouched_for_is_not_enrolled_again_and_the_code_lives_on() {
    let rig = Rig::start().await;
    let phone = rig.phone(BO).await;
    let code = rig.code(BO).await;
    let public_key = hex::encode(phone.key.verifying_key().to_bytes());
    let enrol = |device: haitang_domain::Id, member: haitang_domain::Id, certificate: &str, code: &str| {
        let again = json!({ "device": device, "member": member, "certificate": certificate });
        json!({ "code": code, "public_key": public_key, "device_name": "x", "again": again })
    };
    let declined = async |question: serde_json::Value| {
        problem(rig.post("/v1/enrol").json(&question).send().await.expect("answers")).await.1.code
    };
    let (known, word) = (phone.enrolled.device, phone.enrolled.certificate.as_str());
    assert_eq!(declined(enrol(known, id(BO), word, &code)).await, ProblemCode::BadRequest, "it is known here");
    assert_eq!(declined(enrol(id(77), id(BO), word, &code)).await, ProblemCode::BadRequest, "of another device");
    assert_eq!(declined(enrol(id(77), id(BO), &"00".repeat(64), &code)).await, ProblemCode::BadRequest, "nobody's word");
    // Genuine, of a device that the server has forgotten, and with somebody else's code.
    let server = rig.running.app.accounts.vouch(id(77), id(ANNA), phone.key.verifying_key().to_bytes());
    assert_eq!(declined(enrol(id(77), id(ANNA), &server, &code)).await, ProblemCode::BadCode);
    let own = rig.running.app.accounts.vouch(id(77), id(BO), phone.key.verifying_key().to_bytes());
    let question = enrol(id(77), id(BO), &own, &code);
    let back: Enrolled = rig.post("/v1/enrol").json(&question).send().await.expect("answers").json().await.expect("enrolled");
    assert_eq!((back.device, back.member), (id(77), id(BO)), "the code was not used up by any of these");
}

#[tokio::test]
async fn a_closed_account_is_shut_out_at_once_and_can_be_opened_again() {
    let rig = Rig::start().await;
    let accounts = &rig.running.app.accounts;
    let password = "a long enough one";
    accounts.set_password("anna".into(), Some(id(ANNA)), password.into(), rig.now()).await.expect("an account");
    let login =
        async || rig.post("/v1/login").json(&json!({ "name": "anna", "password": password })).send().await.expect("answers");
    let token: Token = login().await.json().await.expect("a token");
    let ask = async || {
        let ask = rig.post("/v1/enrolments").bearer_auth(&token.token).json(&NewEnrolment { member: id(BO) });
        ask.send().await.expect("answers")
    };
    assert_eq!(ask().await.status(), 200);
    assert!(accounts.set_closed("anna".into(), true).await.expect("closes"));
    assert_eq!(problem(ask().await).await.1.code, ProblemCode::Revoked, "the token it had");
    let closed = problem(login().await).await;
    assert_eq!(closed.1.code, ProblemCode::Unauthorized);
    let nobody = rig.post("/v1/login").json(&json!({ "name": "nobody", "password": password })).send().await.expect("answers");
    assert_eq!(problem(nobody).await, closed, "that it is closed is told to nobody");
    // A new password opens no closed account.
    accounts.set_password("anna".into(), None, password.into(), rig.now()).await.expect("sets");
    assert_eq!(login().await.status(), 401);
    assert!(accounts.set_closed("anna".into(), false).await.expect("opens"));
    assert_eq!((login().await.status(), ask().await.status()), (reqwest::StatusCode::OK, reqwest::StatusCode::OK));
    assert!(!accounts.set_closed("nobody".into(), true).await.expect("answers"), "one that is not there");
}
