//! Enrolling, syncing, and what is not yet on the server.

use std::path::Path;
use std::time::Duration;

use haitang_app::domain::Id;
use haitang_app::{AppError, Phone, Status, Stop};
use serde_json::json;

use super::Done;
use crate::output::Output;
use crate::progress::Progress;
use crate::words::{Language, sentence, word};

pub async fn enrol(
    phone: &Phone,
    lang: Language,
    server: Option<&str>,
    code: Option<&str>,
    qr: Option<&str>,
    name: &str,
) -> Done {
    let identity = match qr {
        Some(text) => phone.enrol_by_qr(text, name).await?,
        None => phone.enrol(server.unwrap_or_default(), code.unwrap_or_default(), name).await?,
    };
    let json = json!({ "device": identity.device, "member": identity.member, "name": identity.name });
    Ok(Output::done(lang, "done.enrolled", &[("name", &identity.name)], json))
}

pub async fn enrol_code(phone: &Phone, member: Id) -> Done {
    let (enrolment, qr) = phone.new_enrolment(member).await?;
    Output::text(format!("{}\n{qr}", enrolment.code), &json!({ "code": enrolment.code, "expires": enrolment.expires, "qr": qr }))
}

pub async fn sync(phone: &Phone, lang: Language, live_s: Option<u64>) -> Done {
    let progress = Progress::watch(phone, lang);
    if let Some(seconds) = live_s {
        // Ends when the time is up; what it came to is in the status.
        if let Ok(ended) = tokio::time::timeout(Duration::from_secs(seconds), phone.sync_forever()).await {
            ended?;
        }
        drop(progress);
        return status(phone, lang);
    }
    let end = phone.sync().await?;
    drop(progress);
    phone.catch_up_search()?;
    let outbox = phone.outbox_status()?;
    let json = json!({ "synced": end.status == Status::Idle, "status": name(end.status), "outbox": outbox });
    let key = match end.status {
        Status::Idle => "done.synced",
        Status::Waiting(stop) | Status::Stopped(stop) => stop_key(stop),
        _ => "sync.fault",
    };
    if end.status != Status::Idle {
        // A sync that did not come through is told by the exit status too.
        return Err(phone.sync_error(end.status).unwrap_or_else(|| AppError::Internal(word(lang, key).to_owned())));
    }
    Ok(Output::done(lang, key, &[], json))
}

fn name(status: Status) -> &'static str {
    match status {
        Status::Idle => "idle",
        Status::Waiting(stop) | Status::Stopped(stop) => stop_key(stop).trim_start_matches("sync."),
        _ => "working",
    }
}

fn stop_key(stop: Stop) -> &'static str {
    match stop {
        Stop::Network => "sync.network",
        Stop::Portal => "sync.portal",
        Stop::Untrusted => "sync.untrusted",
        Stop::Server => "sync.server",
        Stop::DiskFull => "error.disk_full",
        Stop::UpdateNeeded => "sync.update_needed",
        Stop::Revoked => "error.revoked",
        Stop::NotEnrolled => "error.not_enrolled",
        Stop::Diverged => "sync.diverged",
        Stop::Fault => "sync.fault",
    }
}

pub fn status(phone: &Phone, lang: Language) -> Done {
    let status = phone.outbox_status()?;
    let mut lines = vec![];
    let mut say = |count: u64, key: &str, name: &str| {
        if count > 0 {
            lines.push(sentence(lang, key, &[(name.to_owned(), count.to_string())].into()));
        }
    };
    say(status.waiting, "status.unsent", "unsent");
    say(status.refused, "status.refused", "refused");
    say(status.files, "status.files", "files");
    say(status.files_stuck, "status.files_stuck", "files_stuck");
    if lines.is_empty() {
        lines.push(word(lang, "status.clear").to_owned());
    }
    Output::text(lines.join("\n"), &status)
}

pub fn waiting(phone: &Phone, lang: Language) -> Done {
    Output::list(lang, &phone.waiting()?, &["seq", "made", "command", "title"])
}

pub fn refused(phone: &Phone, lang: Language) -> Done {
    let mut items = phone.refused()?;
    for item in &mut items {
        item.reason = sentence(lang, &format!("error.{}", item.code), &item.values);
    }
    Output::list(lang, &items, &["seq", "made", "command", "title", "reason"])
}

pub fn mend(phone: &Phone, lang: Language, seq: u64) -> Done {
    let id = phone.mend(seq)?;
    Ok(Output::done(lang, "done.mended", &[], json!({ "id": id })))
}

pub fn discard(phone: &Phone, lang: Language, seq: u64) -> Done {
    phone.discard_refused(seq)?;
    Ok(Output::done(lang, "done.discarded", &[], json!({ "seq": seq })))
}

pub fn export(phone: &Phone, lang: Language, file: &Path) -> Done {
    let text = phone.export_unsent()?;
    std::fs::write(file, text).map_err(|error| AppError::Internal(error.to_string()))?;
    let shown = file.display().to_string();
    Ok(Output::done(lang, "done.exported", &[("file", &shown)], json!({ "file": shown })))
}
