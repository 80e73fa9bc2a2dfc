//! One function for each thing that can be said on the command line.

mod activity;
mod learn;
mod log;
mod people;
mod sync;
mod work;

use chrono::DateTime;
use haitang_app::domain::{Id, Timestamp};
use haitang_app::{AppError, Phone};
use serde_json::json;

use crate::arguments::{Arguments, Command};
use crate::output::Output;
use crate::words::Language;

type Done = Result<Output, AppError>;

/// Does what was said.
pub async fn run(phone: &Phone, arguments: &Arguments) -> Done {
    let lang = arguments.lang;
    match &arguments.command {
        Command::Enrol { server, code, qr, name } => {
            sync::enrol(phone, lang, server.as_deref(), code.as_deref(), qr.as_deref(), name).await
        }
        Command::EnrolCode { member } => sync::enrol_code(phone, *member).await,
        Command::Sync { live_s } => sync::sync(phone, lang, *live_s).await,
        Command::Status => sync::status(phone, lang),
        Command::Waiting => sync::waiting(phone, lang),
        Command::Refused => sync::refused(phone, lang),
        Command::Mend { seq } => sync::mend(phone, lang, *seq),
        Command::Discard { seq } => sync::discard(phone, lang, *seq),
        Command::Export { file } => sync::export(phone, lang, file),
        Command::Wipe => {
            phone.wipe()?;
            Ok(Output::done(lang, "done.wiped", &[], json!({ "wiped": true })))
        }
        Command::Activities => {
            Output::list(lang, &phone.activities(None)?, &["id", "starts", "kind", "title", "place", "present", "state"])
        }
        Command::Plan(plan) => activity::plan(phone, lang, plan),
        Command::CancelActivity { id, reason } => kept(lang, phone.cancel_activity(*id, reason)?),
        Command::OpenCheckIn { id } => kept(lang, phone.open_check_in(*id)?),
        Command::HostCode { id } => activity::host_code(phone, *id),
        Command::CheckIn { code } => activity::check_in(phone, lang, code),
        Command::CheckInFor { id, member } => kept(lang, phone.check_in_for(*id, *member)?),
        Command::Attendees { id } => Output::list(lang, &phone.attendees(*id)?, &["name", "means", "made", "flags"]),
        Command::Log(log) => log::run(phone, lang, log),
        Command::Approvals => Output::list(lang, &phone.approvals(None)?, &["id", "held", "kind", "title", "author", "state"]),
        Command::Approve { id } => {
            phone.approve_log(*id)?;
            Ok(Output::done(lang, "done.approved", &[], json!({ "id": id })))
        }
        Command::Return { id, reason } => {
            phone.return_log(*id, reason)?;
            Ok(Output::done(lang, "done.returned", &[], json!({ "id": id })))
        }
        Command::Tasks => Output::list(lang, &phone.today()?, &["id", "due", "kind", "title", "place", "assignee", "state"]),
        Command::Task(task) => work::task(phone, lang, task),
        Command::Shifts => Output::list(lang, &phone.shifts()?, &["id", "starts", "place", "member", "state"]),
        Command::Shift(shift) => work::shift(phone, lang, shift),
        Command::Households => Output::list(lang, &phone.households(None, None)?, &["id", "place", "last_contact"]),
        Command::Study(study) => learn::study(phone, lang, study),
        Command::Quiz(quiz) => learn::quiz(phone, lang, quiz),
        Command::Notices => Output::list(lang, &phone.notices(None)?, &["id", "title", "org", "read", "state"]),
        Command::Notice(notice) => learn::notice(phone, lang, notice),
        Command::Whoami => people::whoami(phone, lang),
        Command::Members { search } => people::members(phone, lang, search.as_deref()),
        Command::Search { text } => Output::list(lang, &phone.search(text)?, &["id", "kind", "title"]),
        Command::Transfer(transfer) => people::transfer(phone, lang, transfer),
    }
}

/// Something was kept and will be sent.
#[expect(clippy::unnecessary_wraps, reason = "stands where others can fail")]
fn kept(lang: Language, id: Id) -> Done {
    Ok(Output::done(lang, "done.kept", &[], json!({ "id": id })))
}

/// A moment as it was typed: RFC 3339, or `now`.
fn moment(phone: &Phone, text: &str) -> Result<Timestamp, AppError> {
    if text == "now" {
        return Ok(phone.now());
    }
    let parsed = DateTime::parse_from_rfc3339(text).map_err(|_| AppError::BadInput(text.to_owned()))?;
    Ok(Timestamp::from_millis(parsed.timestamp_millis()))
}
