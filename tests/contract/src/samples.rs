//! One sample of each thing that travels, always the same.

use ed25519_dalek::SigningKey;
use haitang_domain::activity::code::{Certificate, HostCode};
use haitang_domain::activity::{Action as ActivityAction, ActivityKind, Log, LogContent, LogState};
use haitang_domain::directory::{Appointment, Member, Org, OrgKind, Role};
use haitang_domain::evidence::{Interval, TimeToken, Times};
use haitang_domain::record::Typed;
use haitang_domain::{Action, Body, Code, Command, Feed, Id, Key, Kind, Refusal, Timestamp};
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

/// Where the shards stand.
pub fn end() -> End {
    End { heads: vec![(id(2), 9).into()], more: false }
}

/// What a host's phone shows.
pub fn host_code() -> HostCode {
    let public = device_key().verifying_key().to_bytes();
    HostCode::make(&device_key(), Certificate::issue(&server_key(), id(1), id(4), public), id(60), at(0))
}

/// Bodies, by name.
pub fn bodies() -> Vec<(&'static str, Body)> {
    let content = LogContent {
        activity: Some(id(60)),
        template: None,
        kind: ActivityKind::GeneralMeeting,
        title: "十一月党员大会".into(),
        held: at(0),
        attendance: [id(10), id(11)].into(),
        fields: [("resolution".into(), "通过".into())].into(),
        files: vec![],
        late_reason: String::new(),
    };
    let log = Log {
        org: id(4),
        author: id(10),
        content,
        state: LogState::Returned,
        submitted: Some(Interval { earliest: at(60), latest: at(62) }),
        waits_for: Some(id(4)),
        decided_by: Some(id(11)),
        decided: Some(at(100)),
        reason: "缺照片".into(),
        returns: 1,
    };
    let org = Org { parent: Some(id(3)), kind: OrgKind::Branch, name: "海棠支部".into(), ..Org::default() };
    vec![
        ("org", org.into_body()),
        ("member", Member { org: id(4), name: "单晓".into(), ..Member::default() }.into_body()),
        ("appointment", Appointment::new(id(10), id(4), Role::Secretary).into_body()),
        ("log", log.into_body()),
    ]
}
