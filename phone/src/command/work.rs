//! Grid work.

use haitang_app::domain::task::{Finding, NewReport, NewTask, TaskKind};
use haitang_app::domain::time::HOUR_MS;
use haitang_app::domain::{Id, task::Severity};
use haitang_app::{AppError, Phone};

use super::{Done, kept};
use crate::arguments::{Shift, Task};
use crate::output::Output;
use crate::words::Language;

pub fn task(phone: &Phone, lang: Language, task: &Task) -> Done {
    match task {
        Task::Show { id } => {
            let page = phone.task(*id)?;
            let json = serde_json::to_string_pretty(&page).map_err(|error| AppError::Internal(error.to_string()))?;
            Output::text(json, &page)
        }
        Task::Accept { id } => kept(lang, phone.accept_task(*id)?),
        Task::Report { id, findings, nobody_home, note, file } => {
            let findings = findings.iter().map(|text| finding(text)).collect::<Result<_, _>>()?;
            let files = file.iter().map(|path| phone.attach(path)).collect::<Result<_, _>>()?;
            let report =
                NewReport { findings, nobody_home: *nobody_home, note: note.clone(), files, ..NewReport::empty(Id::NIL) };
            kept(lang, phone.report_task(*id, report)?)
        }
        Task::HandOver { id, to, note } => kept(lang, phone.hand_over_task(*id, *to, note)?),
        Task::TakeOver { id } => kept(lang, phone.take_over_task(*id)?),
        Task::Decline { id, note } => kept(lang, phone.decline_task(*id, note)?),
        Task::Assign { grid, kind, title, household, assignee, hours } => {
            let kind: TaskKind = serde_json::from_value(kind.as_str().into()).map_err(|_| AppError::BadInput(kind.clone()))?;
            let from = phone.now();
            let new = NewTask {
                grid: *grid,
                kind,
                title: title.clone(),
                place: String::new(),
                household: *household,
                assignee: *assignee,
                from,
                due: from.plus_millis(i64::from(*hours) * HOUR_MS),
                note: String::new(),
            };
            kept(lang, phone.assign_task(new)?)
        }
    }
}

/// `text:severity`; a note where no severity is named.
fn finding(text: &str) -> Result<Finding, AppError> {
    let (what, severity) = text.rsplit_once(':').unwrap_or((text, "note"));
    let severity: Severity = serde_json::from_value(severity.into()).map_err(|_| AppError::BadInput(text.to_owned()))?;
    Ok(Finding { what: what.to_owned(), severity })
}

pub fn shift(phone: &Phone, lang: Language, shift: &Shift) -> Done {
    let id = match shift {
        Shift::Start { id } => phone.start_shift(*id)?,
        Shift::HandOver { id, to, note } => phone.hand_over_shift(*id, *to, note)?,
        Shift::TakeOver { id } => phone.take_over_shift(*id)?,
        Shift::End { id, note } => phone.end_shift(*id, note)?,
    };
    kept(lang, id)
}
