use haitang_protocol::ProblemCode;
use haitang_protocol::frame::{self, FrameKind, FrameReader};
use haitang_protocol::limits::{FRAME_PACKED_BYTES_MAX, PUSH_COMMANDS_MAX};
use haitang_protocol::pull::{End, Head, Page, Pull};

use super::rig::{ANNA, BO, Rig, TestPhone, id, new_number, problem};

async fn pull(rig: &Rig, phone: &TestPhone) -> (Head, usize, End) {
    let body = frame::to_vec(FrameKind::Pull, &Pull { epoch: None, cursors: Vec::new() }).expect("packs");
    let response = rig.post("/v1/pull").bearer_auth(&phone.token).body(body).send().await.expect("answers");
    assert_eq!(response.headers()["content-type"], "application/vnd.haitang.frame");
    let mut reader = FrameReader::default();
    reader.push(&response.bytes().await.expect("a body"));
    let head = reader.take().expect("reads").expect("a head").read(FrameKind::Head).expect("a head");
    let mut changes = 0;
    loop {
        let frame = reader.take().expect("reads").expect("an end");
        match frame.kind {
            FrameKind::Page => changes += frame.read::<Page<'_>>(FrameKind::Page).expect("a page").kinds.len(),
            _ => return (head, changes, frame.read(FrameKind::End).expect("an end")),
        }
    }
}

#[tokio::test]
async fn what_one_phone_pushes_another_pulls() {
    let rig = Rig::start().await;
    let (anna, bo) = (rig.phone(ANNA).await, rig.phone(BO).await);
    let answer = rig.do_one(&bo, BO, &new_number(BO, "12345")).await;
    assert_eq!(answer.answers.len(), 1);
    assert!(answer.answers[0].refusal().is_none(), "{:?}", answer.answers[0].refusal());
    let (head, changes, end) = pull(&rig, &anna).await;
    assert!(head.feeds.iter().any(|feed| feed.feed == haitang_domain::Feed::org(id(super::rig::BRANCH))));
    assert!(changes >= 4, "{changes}");
    assert!(!end.more);
}

#[tokio::test]
async fn a_push_in_anothers_name_or_with_another_signature_is_declined() {
    let rig = Rig::start().await;
    let (anna, bo) = (rig.phone(ANNA).await, rig.phone(BO).await);
    let frame = bo.frame(BO, &new_number(BO, "1"));
    let (status, told) = problem(rig.push(&anna, frame).await).await;
    assert_eq!((status, told.code), (403, ProblemCode::NotYourDevice));
    let other = rig.phone(BO).await;
    let mut push = other.push(BO, &new_number(BO, "1"));
    push.signature[3] ^= 1;
    let frame = frame::to_vec(FrameKind::Push, &push).expect("packs");
    assert_eq!(problem(rig.push(&other, frame).await).await.1.code, ProblemCode::BadSignature);
}

#[tokio::test]
async fn every_bad_frame_gets_its_own_answer_and_the_server_lives_on() {
    let rig = Rig::start().await;
    let bo = rig.phone(BO).await;
    let good = bo.frame(BO, &new_number(BO, "1"));
    let with = |at: usize, byte: u8| {
        let mut bytes = good.clone();
        bytes[at] = byte;
        bytes
    };
    let random: Vec<u8> = (0..2_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let cases = [
        ("cut", good[..good.len() - 3].to_vec(), ProblemCode::BadFrame),
        ("cut in the header", good[..7].to_vec(), ProblemCode::BadFrame),
        ("empty", Vec::new(), ProblemCode::BadFrame),
        ("a page of a portal", b"<!DOCTYPE html>".to_vec(), ProblemCode::BadFrame),
        ("random", random, ProblemCode::BadFrame),
        ("two frames", [good.clone(), good.clone()].concat(), ProblemCode::BadFrame),
        ("another kind", with(3, FrameKind::End as u8), ProblemCode::BadFrame),
        ("a newer version", with(2, 9), ProblemCode::WrongVersion),
        ("a length that is a lie", with(7, 0x7f), ProblemCode::TooLarge),
        ("damaged", with(good.len() - 1, !good[good.len() - 1]), ProblemCode::BadFrame),
    ];
    for path in ["/v1/push", "/v1/pull"] {
        for (name, bytes, code) in &cases {
            let sent = rig.post(path).bearer_auth(&bo.token).body(bytes.clone()).send().await.expect("answers");
            let (status, told) = problem(sent).await;
            assert_eq!((status, told.code), (code.status(), *code), "{name} to {path}");
        }
    }
    let (_, told) = problem(rig.push(&bo, with(2, 9)).await).await;
    assert_eq!((told.values["theirs"].as_str(), told.values["newest"].as_str()), ("9", "1"));
    // A body that is too large is declined, whether it says so or not; a connection that is closed upon it will do.
    let large = vec![0; FRAME_PACKED_BYTES_MAX + 13];
    if let Ok(response) = rig.post("/v1/push").bearer_auth(&bo.token).body(large).send().await {
        assert_eq!(problem(response).await.1.code, ProblemCode::TooLarge);
    }
    let response = rig.push(&bo, good).await;
    assert_eq!(response.status(), 200, "the server lives on");
}

#[tokio::test]
async fn a_push_of_too_many_commands_is_declined_whole() {
    let rig = Rig::start().await;
    let bo = rig.phone(BO).await;
    let mut push = bo.push(BO, &new_number(BO, "1"));
    push.commands = vec![push.commands[0].clone(); PUSH_COMMANDS_MAX + 1];
    let frame = frame::to_vec(FrameKind::Push, &push).expect("packs");
    let (status, told) = problem(rig.push(&bo, frame).await).await;
    assert_eq!((status, told.code), (413, ProblemCode::TooLarge));
}

#[tokio::test]
async fn the_same_push_twice_is_applied_once() {
    let rig = Rig::start().await;
    let bo = rig.phone(BO).await;
    let frame = bo.frame(BO, &new_number(BO, "1"));
    let read = async |frame: Vec<u8>| -> haitang_protocol::push::PushAnswer {
        let bytes = rig.push(&bo, frame).await.bytes().await.expect("a body");
        frame::only(&bytes).expect("a frame").read(FrameKind::PushAnswer).expect("an answer")
    };
    let (first, second) = (read(frame.clone()).await, read(frame).await);
    assert_eq!(first.answers, second.answers);
}
