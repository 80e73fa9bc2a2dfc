//! Logs.

use haitang_app::domain::Id;
use haitang_app::domain::activity::LogContent;
use haitang_app::{AppError, Phone};

use super::{Done, kept, moment};
use crate::arguments::{Log, LogText};
use crate::output::Output;
use crate::words::Language;

pub fn run(phone: &Phone, lang: Language, log: &Log) -> Done {
    match log {
        Log::Templates => Output::list(lang, &phone.templates()?, &["id", "kind", "title"]),
        Log::List => Output::list(lang, &phone.logs(None)?, &["id", "held", "kind", "title", "author", "state", "reason"]),
        Log::Show { id } => show(phone, *id),
        Log::Recall { id } => kept(lang, phone.recall_log(*id)?),
        Log::Submit(text) => {
            let content = content(phone, text)?;
            let id = match text.mend {
                Some(seq) => phone.mend_log(seq, content)?,
                None => phone.submit_log(text.log, text.org, content)?,
            };
            kept(lang, id)
        }
        Log::Draft(text) => {
            let content = content(phone, text)?;
            kept(lang, phone.save_log(text.log, text.org, content)?)
        }
    }
}

fn show(phone: &Phone, id: Id) -> Done {
    let log = phone.log(id)?;
    let json = serde_json::to_string_pretty(&log).map_err(|error| AppError::Internal(error.to_string()))?;
    Output::text(json, &log)
}

/// What was written, over what was written before, over what the form suggests.
fn content(phone: &Phone, text: &LogText) -> Result<LogContent, AppError> {
    let mut content = match (text.log, text.mend) {
        (Some(log), _) => phone.log(log)?.content,
        (None, Some(seq)) => phone.refused_log(seq)?,
        (None, None) => phone.start_log(text.template, text.activity)?,
    };
    if let Some(kind) = text.kind {
        content.kind = kind;
    }
    if let Some(title) = &text.title {
        content.title.clone_from(title);
    }
    if let Some(held) = &text.held {
        content.held = moment(phone, held)?;
    }
    if let Some(reason) = &text.late_reason {
        content.late_reason.clone_from(reason);
    }
    for field in &text.fields {
        let (name, value) = field.split_once('=').ok_or_else(|| AppError::BadInput(field.clone()))?;
        content.fields.insert(name.to_owned(), value.to_owned());
    }
    content.attendance.extend(&text.attend);
    for file in &text.file {
        content.files.push(phone.attach(file)?);
    }
    Ok(content)
}
