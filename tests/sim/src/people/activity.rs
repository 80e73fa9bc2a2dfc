//! Activities, check-ins and logs.

use haitang_app::{AppError, Phone};
use haitang_disk::Chance;
use haitang_domain::activity::{ActivityKind, Field, LogContent, LogState, Plan};
use haitang_domain::attachment::Location;
use haitang_domain::time::HOUR_MS;

use super::{Around, an_org, one_of, someone};

pub(super) fn act(phone: &Phone, chance: &mut Chance, around: &mut Around) -> Result<&'static str, AppError> {
    let activities = phone.activities(None)?;
    let activity = one_of(chance, &activities, |item| item.id);
    Ok(match chance.below(20) {
        0 | 1 => {
            phone.plan_activity(plan(phone, chance, around)?)?;
            "plan_activity"
        }
        2 => {
            phone.replan_activity(activity, plan(phone, chance, around)?)?;
            "replan_activity"
        }
        3 => {
            phone.cancel_activity(activity, &around.text("下雨"))?;
            "cancel_activity"
        }
        4 | 5 => {
            phone.open_check_in(activity)?;
            if let Ok(shown) = phone.host_code(activity) {
                around.codes.push(shown.text);
            }
            "open_check_in"
        }
        6 => {
            phone.close_check_in(activity)?;
            "close_check_in"
        }
        7 | 8 => {
            let shown = phone.host_code(activity)?;
            around.codes.push(shown.text);
            "host_code"
        }
        9 | 10 => scan(phone, chance, around)?,
        11 => {
            phone.check_in_for(activity, someone(chance))?;
            "check_in_for"
        }
        12 | 13 => submit(phone, chance, around)?,
        14 => {
            let content = content(phone, chance, around)?;
            phone.save_log(None, None, content)?;
            "save_log"
        }
        15..=18 => decide(phone, chance, around)?,
        _ => template(phone, chance, around)?,
    })
}

fn plan(phone: &Phone, chance: &mut Chance, around: &mut Around) -> Result<Plan, AppError> {
    let starts = phone.now().plus_millis((chance.below(48) as i64 - 12) * HOUR_MS);
    let templates = phone.templates()?;
    Ok(Plan {
        org: an_org(phone, chance)?,
        template: chance.pick(&templates).map(|item| item.id),
        kind: ActivityKind::ThemedDay,
        title: around.text("主题党日"),
        place: "活动室".into(),
        starts,
        ends: starts.plus_millis(2 * HOUR_MS),
        host: if chance.one_in(3) { someone(chance) } else { phone.whoami()?.id },
        expected: if chance.one_in(3) { [someone(chance), someone(chance)].into() } else { [].into() },
    })
}

fn location() -> Location {
    Location { latitude: 31.3, longitude: 120.6, accuracy_m: 12.0, mocked: false }
}

fn content(phone: &Phone, chance: &mut Chance, around: &mut Around) -> Result<LogContent, AppError> {
    let templates = phone.templates()?;
    let activities = phone.activities(None)?;
    let template = chance.pick(&templates).map(|item| item.id);
    let activity = if chance.one_in(2) { chance.pick(&activities).map(|item| item.id) } else { None };
    let mut content = phone.start_log(template, activity)?;
    content.title = around.text("记实");
    content.attendance.insert(someone(chance));
    content.fields.insert("summary".into(), around.text("学习了"));
    content.late_reason = "补记".into();
    if chance.one_in(3) {
        let photo = around.text("a photo ").repeat(1 + chance.below(3_000));
        content.files.push(phone.attach_bytes(photo.into_bytes(), "image/jpeg", "照片.jpg")?);
    }
    Ok(content)
}

fn submit(phone: &Phone, chance: &mut Chance, around: &mut Around) -> Result<&'static str, AppError> {
    let logs = phone.logs(None)?;
    let open: Vec<_> = logs.iter().filter(|log| matches!(log.state, LogState::Draft | LogState::Returned)).collect();
    let content = content(phone, chance, around)?;
    let log = if chance.one_in(2) { chance.pick(&open).map(|item| item.id) } else { None };
    phone.submit_log(log, None, content)?;
    Ok("submit_log")
}

pub(super) fn scan(phone: &Phone, chance: &mut Chance, around: &mut Around) -> Result<&'static str, AppError> {
    let at = around.codes.len().saturating_sub(1 + chance.below(2));
    let Some(code) = around.codes.get(at).cloned() else { return Ok("nothing") };
    phone.check_in(&code, chance.one_in(3).then(location))?;
    Ok("check_in")
}

pub(super) fn decide(phone: &Phone, chance: &mut Chance, around: &mut Around) -> Result<&'static str, AppError> {
    if chance.one_in(5) {
        let logs = phone.logs(None)?;
        phone.recall_log(one_of(chance, &logs, |item| item.id))?;
        return Ok("recall_log");
    }
    let waiting = phone.approvals(None)?;
    let log = one_of(chance, &waiting, |item| item.id);
    if chance.one_in(3) {
        phone.return_log(log, &around.text("请写清楚"))?;
        return Ok("return_log");
    }
    phone.approve_log(log)?;
    Ok("approve_log")
}

fn template(phone: &Phone, chance: &mut Chance, around: &mut Around) -> Result<&'static str, AppError> {
    if chance.one_in(4) {
        let templates = phone.templates()?;
        phone.retire_template(one_of(chance, &templates, |item| item.id))?;
        return Ok("retire_template");
    }
    let field = Field { name: "summary".into(), label: "主要内容".into(), required: true, suggested: "讨论".into() };
    phone.publish_template(an_org(phone, chance)?, &around.text("模板"), ActivityKind::Lecture, vec![field])?;
    Ok("publish_template")
}
