//! One sample of each thing that travels, always the same.

pub mod account;
pub mod bodies;
pub mod problems;

use ed25519_dalek::SigningKey;
use haitang_domain::activity::Action as ActivityAction;
use haitang_domain::activity::code::{Certificate, HostCode};
use haitang_domain::evidence::{TimeToken, Times};
use haitang_domain::{Action, Code, Command, Feed, Id, Key, Kind, Refusal, Timestamp};
use haitang_protocol::Envelope;
use haitang_protocol::pull::{Change, Cursor, End, FeedHead, Head, PageBuilder, Pull};
use haitang_protocol::push::{Answer, Push, PushAnswer, ServerTime};

/// The id made of one byte.
pub fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_795_000_000_000 + seconds * 1_000)
}

/// The device's key.
pub fn device_key() -> SigningKey {
    SigningKey::from_bytes(&[3; 32])
}

/// The server's key.
pub fn server_key() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

/// A command in its envelope.
pub fn envelope() -> Envelope {
    let action = ActivityAction::ReturnLog { reason: "缺照片".into() };
    let command = Command { target: Key::new(Kind::Log, id(5)), action: Action::Activity(action) };
    let token = TimeToken { issued: at(0), boot: id(6), mono_ms: 1_000, mac: [8; 32] };
    let times = Times { wall: at(-86_400), mono_ms: 61_000, boot: id(6), token: Some(token) };
    Envelope::new(7, 4, id(4), times, &command)
}

/// The first command of a device to a shard, made before the server ever told the time.
pub fn first_envelope() -> Envelope {
    Envelope { seq: 1, prev_seq: 0, token: None, ..envelope() }
}

/// A push of that command.
pub fn push() -> Push {
    Push {
        device: id(1),
        shard: id(2),
        mono_ms: 70_000,
        boot: id(6),
        prev_hash: [9; 32],
        commands: vec![envelope().to_vec().into()],
        signature: [7; 64],
        epoch: id(12),
    }
}

fn time() -> ServerTime {
    ServerTime { issued: at(10), mac: [8; 32] }
}

/// An answer: one accepted, one refused.
pub fn push_answer() -> PushAnswer {
    let refusal = Refusal::new(Code::WrongState).with("state", "done").with("action", "report");
    let refusal = serde_json::to_vec(&refusal).unwrap_or_default();
    let answers = vec![Answer { seq: 7, version: 41, refusal: None }, Answer { seq: 8, version: 41, refusal: Some(refusal) }];
    PushAnswer { answers, time: time() }
}

/// What a phone has.
pub fn pull() -> Pull {
    Pull { epoch: Some(id(12)), cursors: vec![Cursor { shard: id(2), feed: Feed::org(id(4)), version: 40 }] }
}

/// What a phone asks that has nothing.
pub fn first_pull() -> Pull {
    Pull { epoch: None, cursors: vec![] }
}

/// What it may read.
pub fn head() -> Head {
    let feeds = vec![
        FeedHead { shard: id(2), feed: Feed::org(id(4)), waiting: 1 },
        FeedHead { shard: id(2), feed: Feed::inbox(id(4)), waiting: 2 },
    ];
    Head { epoch: id(12), feeds, time: time() }
}

/// A record and one that left the feed.
pub fn page() -> PageBuilder {
    let mut builder = PageBuilder::default();
    builder.push(Change {
        kind: Kind::Org as u8,
        id: id(4),
        version: 7,
        body: Some(br#"{"kind":"branch","name":"\u6d77\u68e0"}"#),
    });
    builder.push(Change { kind: Kind::Log as u8, id: id(5), version: 9, body: None });
    builder
}

/// Records of which two were made by one program, a millisecond apart: their ids share a tail.
pub fn page_of_kin() -> PageBuilder {
    let made = |time: u8, serial: u8, tail: u8| {
        let head = [0x01, 0xa1, 0xee, 0x24, 0x00, time, 0x70, serial];
        Id::from_slice(&[head, [tail; 8]].concat()).unwrap_or(Id::NIL)
    };
    let mut builder = PageBuilder::default();
    for (version, id) in [(3, made(1, 0, 0xa5)), (4, made(2, 0, 0xa5)), (9, made(0, 1, 0xb6))] {
        builder.push(Change { kind: Kind::Receipt as u8, id, version, body: Some(b"{}") });
    }
    builder
}

/// Where the shards stand, with more to come.
pub fn end_with_more() -> End {
    End { heads: vec![(id(2), 9).into(), (id(3), 400).into()], more: true }
}

/// Where the shards stand.
pub fn end() -> End {
    End { heads: vec![(id(2), 9).into()], more: false }
}

/// What a host's phone shows.
pub fn host_code() -> HostCode {
    let public = device_key().verifying_key().to_bytes();
    HostCode::make(&device_key(), Certificate::issue(&server_key(), id(1), id(4), public), id(60), at(0))
}
