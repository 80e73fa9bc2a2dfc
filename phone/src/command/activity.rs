//! Activities and checking in.

use haitang_app::domain::Id;
use haitang_app::domain::activity::Plan as Planned;
use haitang_app::domain::time::MINUTE_MS;
use haitang_app::{AppError, Phone};
use serde_json::json;

use super::{Done, kept, moment};
use crate::arguments::Plan;
use crate::output::Output;
use crate::words::Language;

pub fn plan(phone: &Phone, lang: Language, plan: &Plan) -> Done {
    let starts = moment(phone, &plan.starts)?;
    let planned = Planned {
        org: plan.org.map_or_else(|| phone.my_org(), Ok)?,
        template: plan.template,
        kind: plan.kind,
        title: plan.title.clone(),
        place: plan.place.clone(),
        starts,
        ends: starts.plus_millis(i64::from(plan.minutes) * MINUTE_MS),
        host: plan.host.map_or_else(|| phone.identity().map(|me| me.member), Ok)?,
        expected: [].into(),
    };
    kept(lang, phone.plan_activity(planned)?)
}

pub fn host_code(phone: &Phone, id: Id) -> Done {
    let shown = phone.host_code(id)?;
    Output::text(shown.text.clone(), &shown)
}

pub fn check_in(phone: &Phone, lang: Language, code: &str) -> Done {
    let done = phone.check_in(code, None)?;
    let json = serde_json::to_value(&done).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(Output::done(lang, "done.checked_in", &[("title", &done.title)], json!(json)))
}
