//! Study, quizzes and notices.

use haitang_app::domain::quiz::Answer;
use haitang_app::{AppError, Phone};
use serde::Serialize;

use super::{Done, kept};
use crate::arguments::{Notice, Quiz, Study};
use crate::output::Output;
use crate::words::Language;

fn page(value: &impl Serialize) -> Done {
    let json = serde_json::to_string_pretty(value).map_err(|error| AppError::Internal(error.to_string()))?;
    Output::text(json, value)
}

pub fn study(phone: &Phone, lang: Language, study: &Study) -> Done {
    match study {
        Study::List => Output::list(lang, &phone.studies()?, &["id", "title", "sections", "read", "finished"]),
        Study::Read { id, section, all } => {
            let study = phone.study(*id)?;
            let count = u16::try_from(study.sections.len()).unwrap_or(u16::MAX);
            let wanted = match section {
                Some(section) => *section..section.saturating_add(1),
                None if *all => 0..count,
                None => 0..0,
            };
            for section in wanted {
                phone.read_section(*id, section)?;
            }
            page(&phone.study(*id)?)
        }
        Study::Reviews => Output::list(lang, &phone.reviews_due()?, &["study", "item", "prompt", "due"]),
        Study::Rate { study, item, rating } => page(&phone.rate_item(*study, *item, *rating)?),
    }
}

pub fn quiz(phone: &Phone, lang: Language, quiz: &Quiz) -> Done {
    match quiz {
        Quiz::List => Output::list(lang, &phone.papers()?, &["id", "title", "number", "score", "state"]),
        Quiz::Show { id } => page(&phone.paper(*id)?),
        Quiz::Take { id, answers } => {
            let answers: Vec<Option<Answer>> =
                serde_json::from_str(answers).map_err(|error| AppError::BadInput(error.to_string()))?;
            let attempt = phone.start_attempt(*id)?;
            page(&phone.finish_attempt(attempt, answers)?)
        }
        Quiz::Result { id } => page(&phone.attempt_result(*id)?),
    }
}

pub fn notice(phone: &Phone, lang: Language, notice: &Notice) -> Done {
    match notice {
        Notice::Read { id } => {
            phone.read_notice(*id)?;
            page(&phone.notice(*id)?)
        }
        Notice::Confirm { id } => kept(lang, phone.confirm_notice(*id)?),
    }
}
