//! The JSON of every record and every action, as it is stored and travels. A change here is a change of the protocol.

use serde_json::{Value, json};

use super::*;
use crate::decide::testing::id;
use crate::record::Kind;

/// Reads the JSON of a record with every field filled, and gives it back as it is written.
fn body(kind: Kind, json: &Value) -> Value {
    let body = Body::parse(kind, json.to_string().as_bytes()).expect("reads");
    serde_json::from_slice(&body.to_json()).expect("is JSON")
}

fn household() -> Value {
    json!({
        "org": id(3), "grid": id(50), "address": "平江路12号", "building": "3", "unit": "2", "door": "402", "contact": "吴奶奶 0512-0000",
        "people": 1, "alone": true, "care": "听力差", "last_contact": 1_795_000_000_000_i64,
        "consent": {"by": "吴奶奶", "purpose": "独居探访", "given": "2026-11-01", "until": "2027-11-01"},
    })
}

fn routine() -> Value {
    json!({
        "org": id(3), "grid": id(50), "kind": "visit", "title": "上门探访", "place": "平江路12号", "household": id(60), "assignee": id(20),
        "note": "带血压计", "every": {"weeks": {"n": 1, "weekdays": [1, 4]}}, "working_days_only": true, "first": "2026-11-24",
        "until": "2027-11-24", "opens": "09:00:00", "closes": "11:30:00", "planned": 2, "state": "stopped", "author": id(23),
        "from_org": true, "reason": "已搬走",
    })
}

fn task() -> Value {
    json!({
        "org": id(3), "grid": id(50), "kind": "visit", "title": "上门探访", "place": "平江路12号", "household": id(60), "assignee": id(20),
        "from": 1_795_000_000_000_i64, "due": 1_795_003_600_000_i64, "routine": id(90), "author": id(23), "from_org": true,
        "state": "handed_over", "offered_to": id(22), "report": id(80), "note": "带血压计", "reason": "今天去不了",
    })
}

fn report() -> Value {
    json!({
        "org": id(3), "grid": id(50), "task": id(70), "author": id(22), "helper": true, "nobody_home": true, "note": "门口有快递",
        "findings": [{"what": "楼道堆物", "severity": "major"}],
        "files": [{"sha256": "ab".repeat(32), "bytes": 1024, "media_type": "image/jpeg", "name": "楼道.jpg"}],
        "location": {"latitude": 31.299_379, "longitude": 120.619_585, "accuracy_m": 12.5},
        "made": {"earliest": 1_795_000_000_000_i64, "latest": 1_795_000_060_000_i64},
    })
}

fn shift() -> Value {
    let made = json!({"earliest": 1_795_000_000_000_i64, "latest": 1_795_000_000_000_i64});
    json!({
        "org": id(3), "grid": id(50), "place": "东门卡口", "worker": id(22), "starts": 1_795_000_000_000_i64,
        "ends": 1_795_014_400_000_i64, "state": "handed_over", "author": id(23), "from_org": true, "handover_to": id(20),
        "handover_note": "钥匙在门房", "reliefs": [{"from": id(20), "to": id(22), "at": made, "note": "换班"}], "on_at": made,
        "off_at": made, "duties": "登记来访", "note": "无异常",
    })
}

#[test]
fn records_are_written_like_this() {
    insta::assert_json_snapshot!(
        "grid",
        body(Kind::Grid, &json!({"org": id(3), "name": "第一网格", "closed": 1_795_000_000_000_i64}))
    );
    insta::assert_json_snapshot!("household", body(Kind::Household, &household()));
    insta::assert_json_snapshot!("task", body(Kind::Task, &task()));
    insta::assert_json_snapshot!("routine", body(Kind::Routine, &routine()));
    insta::assert_json_snapshot!("shift", body(Kind::Shift, &shift()));
    insta::assert_json_snapshot!("report", body(Kind::Report, &report()));
}

#[test]
fn a_full_record_loses_nothing_and_a_bare_one_gains_nothing() {
    for (kind, json) in [
        (Kind::Household, household()),
        (Kind::Task, task()),
        (Kind::Routine, routine()),
        (Kind::Shift, shift()),
        (Kind::Report, report()),
    ] {
        assert_eq!(body(kind, &json), json);
    }
    let bare = [
        (Kind::Grid, json!({"org": id(3), "name": "第一网格"})),
        (Kind::Household, json!({"org": id(3), "grid": id(50), "address": "平江路12号", "people": 1})),
        (
            Kind::Task,
            json!({"org": id(3), "grid": id(50), "kind": "errand", "title": "送药", "from": 1, "due": 2, "author": id(20), "state": "open"}),
        ),
        (
            Kind::Report,
            json!({"org": id(3), "grid": id(50), "task": id(70), "author": id(20), "made": {"earliest": 1, "latest": 2}}),
        ),
    ];
    for (kind, json) in bare {
        assert_eq!(body(kind, &json), json);
    }
}

#[test]
fn actions_are_written_like_this() {
    let new_household = json!({
        "grid": id(50), "address": "平江路12号", "building": "3", "unit": "2", "door": "402", "contact": "吴奶奶 0512-0000", "people": 1,
        "alone": true, "care": "听力差", "consent": {"by": "吴奶奶", "purpose": "独居探访", "given": "2026-11-01"},
    });
    let new_routine = json!({
        "grid": id(50), "kind": "visit", "title": "上门探访", "place": "平江路12号", "household": id(60), "assignee": id(20),
        "note": "带血压计", "every": {"months": {"n": 1, "day": 31}}, "working_days_only": true, "first": "2026-11-24",
        "until": "2027-11-24", "opens": "22:00:00", "closes": "02:00:00", "ahead": 3,
    });
    let new_task = json!({
        "grid": id(50), "kind": "visit", "title": "上门探访", "place": "平江路12号", "household": id(60), "assignee": id(20),
        "from": 1_795_000_000_000_i64, "due": 1_795_003_600_000_i64, "note": "带血压计",
    });
    let new_report = json!({
        "report_id": id(80), "findings": [{"what": "楼道堆物", "severity": "urgent"}], "nobody_home": true, "note": "门口有快递",
        "files": report()["files"], "location": report()["location"],
    });
    let actions = json!([
        {"add_grid": {"org": id(3), "name": "第一网格"}},
        {"rename_grid": {"name": "海棠网格"}},
        "close_grid",
        {"add_household": new_household},
        {"edit_household": {"door": "403", "contact": "", "withdraw_consent": true}},
        {"assign": new_task},
        "accept",
        {"hand_over": {"to": id(22), "note": "今天去不了"}},
        "take_over",
        {"decline": {"note": "没空"}},
        {"report": new_report},
        {"report": {"report_id": id(81)}},
        {"cancel": {"reason": "已搬走"}},
        {"plan_routine": new_routine},
        {"extend_routine": {"through": "2026-12-31"}},
        {"stop_routine": {"reason": "已搬走"}},
        {"plan_shift": {"grid": id(50), "place": "东门卡口", "worker": id(20), "starts": 1, "ends": 2, "duties": "登记来访"}},
        "start_shift",
        {"hand_over_shift": {"to": id(22), "note": "钥匙在门房"}},
        "take_over_shift",
        {"decline_shift": {"note": "有事"}},
        {"end_shift": {"note": "无异常"}},
        {"miss_shift": {}},
        {"cancel_shift": {"reason": "雨停了"}},
    ]);
    let read: Vec<Action> = serde_json::from_value(actions.clone()).expect("reads");
    assert_eq!(serde_json::to_value(&read).expect("is JSON"), actions);
    insta::assert_json_snapshot!("actions", read);
}
