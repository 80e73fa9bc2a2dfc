//! A body of each kind of record, with every field filled; and some with few.

use haitang_domain::activity::{ActivityKind, Log, LogContent, LogState};
use haitang_domain::directory::{Appointment, Member, Org, OrgKind, Role};
use haitang_domain::evidence::Interval;
use haitang_domain::record::Typed;
use haitang_domain::{Body, Kind, Timestamp};
use serde_json::{Value, json};

use super::id;

/// The evening of 18 November 2026, in Suzhou.
const T: i64 = 1_795_000_000_000;

fn made() -> Value {
    json!({"earliest": T, "latest": T + 60_000})
}

fn file() -> Value {
    json!({"sha256": "ab".repeat(32), "bytes": 1024, "media_type": "image/jpeg", "name": "楼道.jpg"})
}

fn location() -> Value {
    json!({"latitude": 31.299_379, "longitude": 120.619_585, "accuracy_m": 12.5, "mocked": true})
}

/// A body of a kind. The match has no last arm for the rest: a new kind does not compile until it has one.
pub fn json_of(kind: Kind) -> Value {
    match kind {
        Kind::Org | Kind::Member | Kind::Appointment | Kind::Transfer | Kind::Look | Kind::Consent => directory(kind),
        Kind::Template | Kind::Activity | Kind::CheckIn | Kind::Log => activity(kind),
        Kind::Notice | Kind::Receipt | Kind::Study | Kind::Learning | Kind::Review => published(kind),
        Kind::Paper | Kind::AnswerKey | Kind::Attempt => quiz(kind),
        Kind::Grid | Kind::Household | Kind::Task | Kind::Routine | Kind::Shift | Kind::Report => task(kind),
    }
}

/// The typed body of a kind, by its name.
pub fn all() -> impl Iterator<Item = (&'static str, Body)> {
    Kind::ALL.iter().filter_map(|kind| {
        let body = Body::parse(*kind, json_of(*kind).to_string().as_bytes()).ok()?;
        Some((kind.name(), body))
    })
}

fn directory(kind: Kind) -> Value {
    match kind {
        Kind::Org => json!({
            "parent": id(3), "kind": "branch", "name": "海棠支部", "code": "320508001001", "zone": 480,
            "switches": {"check_in": {"document": "苏组发〔2026〕1号", "by": id(11), "since": T}},
            "former_names": [[T, "平江支部"]], "closed": T,
        }),
        Kind::Member => json!({
            "org": id(4), "name": "单晓", "phone": "0512-0000", "joined": "2001-07-01", "transfer": id(20), "closed": T,
        }),
        Kind::Appointment => json!({
            "member": id(10), "org": id(4), "role": "grid_worker", "grid": id(50), "from": T, "until": T + 1, "ended": T + 2,
        }),
        Kind::Look => json!({
            "subject": id(10), "org": id(4), "viewer": id(11), "viewer_name": "陆芳", "viewer_org": id(2), "at": T,
            "purposes": ["核对电话", "换届"],
        }),
        Kind::Consent => json!({
            "member": id(10), "org": id(4), "purpose": "location",
            "terms": [{"given": T, "withdrawn": T + 1}, {"given": T + 2}],
        }),
        _ => json!({
            "member": id(10), "from": id(4), "to": id(7), "reason": "搬家", "state": "declined", "requested": T, "decided": T + 1,
            "answer": "名额已满",
        }),
    }
}

fn activity(kind: Kind) -> Value {
    match kind {
        Kind::Template => json!({
            "org": id(4), "name": "党员大会", "kind": "general_meeting",
            "fields": [{"name": "resolution", "label": "决议", "required": true, "suggested": "通过"}], "retired": true,
        }),
        Kind::Activity => json!({
            "org": id(4), "template": id(8), "kind": "lecture", "title": "主题党课", "place": "活动室", "starts": T, "ends": T + 1,
            "zone": 480, "host": id(10), "author": id(11), "expected": [id(10), id(11)], "check_in_open": true, "state": "cancelled",
            "reason": "台风",
        }),
        Kind::CheckIn => json!({
            "activity": id(60), "org": id(4), "member": id(10), "by": id(11), "made": made(), "means": "code", "location": location(),
            "flags": ["stale_code", "mock_location", "outside_time"],
        }),
        _ => json!({
            "org": id(4), "author": id(10),
            "content": {
                "activity": id(60), "template": id(8), "kind": "general_meeting", "title": "十一月党员大会", "held": T,
                "attendance": [id(10), id(11)], "fields": {"resolution": "通过"}, "files": [file()], "late_reason": "出差",
            },
            "state": "returned", "submitted": made(), "waits_for": id(4), "decided_by": id(11), "decided": T + 1, "reason": "缺照片",
            "returns": 1,
        }),
    }
}

fn published(kind: Kind) -> Value {
    match kind {
        Kind::Notice => json!({
            "org": id(4), "title": "停水通知", "text": "周三九点到十二点。", "files": [file()], "effective": T, "until": T + 1,
            "audience": ["secretary", "grid_worker"], "wants_receipt": true, "replaces": id(30), "replaced_by": id(31),
            "published": T, "author": id(11), "state": "withdrawn", "withdrawn_reason": "改期",
        }),
        Kind::Receipt => json!({"notice": id(32), "member": id(10), "org": id(4), "read": T, "confirmed": T + 1}),
        Kind::Study => json!({
            "org": id(4), "title": "用电安全", "summary": "五分钟", "sections": [{"title": "插座", "text": "不要过载。"}],
            "items": [{"prompt": "着火先做什么？", "answer": "断电。"}], "minutes": 5, "from": T, "until": T + 1, "author": id(11),
            "state": "withdrawn", "withdrawn_reason": "有误",
        }),
        Kind::Learning => {
            json!({"study": id(33), "member": id(10), "org": id(4), "read": [0, 1], "started": T, "finished": T + 1})
        }
        _ => json!({
            "study": id(33), "item": 0, "member": id(10), "org": id(4), "stability": 2.5, "difficulty": 2.25, "last": T,
            "due": T + 1, "reps": 2, "lapses": 1,
        }),
    }
}

fn quiz(kind: Kind) -> Value {
    match kind {
        Kind::Paper => json!({
            "org": id(4), "title": "消防常识",
            "questions": [
                {"text": "灭火器在哪？", "points": 2, "kind": {"single": {"options": ["门口", "屋顶"]}}},
                {"text": "哪些可燃？", "points": 2, "kind": {"multiple": {"options": ["纸", "水", "油"], "partial": true}}},
                {"text": "油锅着火浇水。", "points": 1, "kind": "true_false"},
                {"text": "火警电话", "points": 1, "kind": {"fill_in": {"blanks": 1, "partial": true}}},
                {"text": "先后", "points": 3, "kind": {"ordering": {"items": ["断电", "报警", "疏散"], "partial": true}}},
            ],
            "minutes": 20, "opens": T, "closes": T + 1, "attempts_max": 2, "pass_percent": 60, "mode": "contest", "author": id(11),
            "state": "withdrawn", "withdrawn_reason": "题目有误",
        }),
        Kind::AnswerKey => json!({
            "paper": id(34), "org": id(4),
            "answers": [
                {"answer": {"choice": 0}, "explanation": "近处取用。"}, {"answer": {"choices": [0, 2]}}, {"answer": {"truth": false}},
                {"answer": {"texts": [["119", "一一九"]]}}, {"answer": {"order": [0, 1, 2]}},
            ],
            "released": true,
        }),
        _ => json!({
            "paper": id(34), "member": id(10), "org": id(4), "number": 1,
            "answers": [{"choice": 0}, {"choices": [0, 2]}, {"truth": false}, {"texts": ["119"]}, {"order": [0, 1, 2]}, null],
            "started": T, "finished": T + 1,
            "score": {"points_milli": 9_000, "max_milli": 9_000, "passed": true, "per_question": [2_000, 2_000, 1_000, 1_000, 3_000]},
            "sealed": true,
        }),
    }
}

fn task(kind: Kind) -> Value {
    let (org, grid) = (id(3), id(50));
    match kind {
        Kind::Grid => json!({"org": org, "name": "第一网格", "closed": T}),
        Kind::Household => json!({
            "org": org, "grid": grid, "address": "平江路12号", "building": "3", "unit": "2", "door": "402", "contact": "吴奶奶 0512-0000",
            "people": 1, "alone": true, "care": "听力差",
            "consent": {"by": "吴奶奶", "purpose": "独居探访", "given": "2026-11-01", "until": "2027-11-01"}, "last_contact": T,
        }),
        Kind::Task => json!({
            "org": org, "grid": grid, "kind": "visit", "title": "上门探访", "place": "平江路12号", "household": id(61),
            "assignee": id(10), "from": T, "due": T + 1, "routine": id(90), "author": id(11), "from_org": true, "state": "handed_over",
            "offered_to": id(22), "report": id(80), "note": "带血压计", "reason": "今天去不了",
        }),
        Kind::Routine => json!({
            "org": org, "grid": grid, "kind": "visit", "title": "上门探访", "place": "平江路12号", "household": id(61),
            "assignee": id(10), "note": "带血压计", "every": {"weeks": {"n": 1, "weekdays": [1, 4]}}, "working_days_only": true,
            "first": "2026-11-24", "until": "2027-11-24", "opens": "09:00:00", "closes": "11:30:00", "planned": 2, "state": "stopped",
            "author": id(11), "from_org": true, "reason": "已搬走",
        }),
        Kind::Shift => json!({
            "org": org, "grid": grid, "place": "东门卡口", "worker": id(22), "starts": T, "ends": T + 1, "state": "handed_over",
            "author": id(11), "from_org": true, "handover_to": id(10), "handover_note": "钥匙在门房",
            "reliefs": [{"from": id(10), "to": id(22), "at": made(), "note": "换班"}], "on_at": made(), "off_at": made(),
            "duties": "登记来访", "note": "无异常",
        }),
        _ => json!({
            "org": org, "grid": grid, "task": id(70), "author": id(22), "helper": true,
            "findings": [{"what": "楼道堆物", "severity": "major"}], "nobody_home": true, "note": "门口有快递", "files": [file()],
            "location": location(), "made": made(),
        }),
    }
}

fn after(seconds: i64) -> Timestamp {
    Timestamp::from_millis(T + seconds * 1_000)
}

/// Bodies with only some of their fields, by name: what is left out must not be written.
pub fn sparse() -> Vec<(&'static str, Body)> {
    let content = LogContent {
        activity: Some(id(60)),
        template: None,
        kind: ActivityKind::GeneralMeeting,
        title: "十一月党员大会".into(),
        held: after(0),
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
        submitted: Some(Interval { earliest: after(60), latest: after(62) }),
        waits_for: Some(id(4)),
        decided_by: Some(id(11)),
        decided: Some(after(100)),
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
