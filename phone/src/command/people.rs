//! People and their transfers.

use haitang_app::{AppError, Phone};

use super::{Done, kept};
use crate::arguments::Transfer;
use crate::output::Output;
use crate::words::{Language, word};

pub fn whoami(phone: &Phone, lang: Language) -> Done {
    let me = phone.whoami()?;
    let roles: Vec<_> =
        me.appointments.iter().map(|held| format!("{} {}", held.org, word(lang, &format!("role.{}", held.role_code)))).collect();
    Output::text(format!("{}  {}  {}", me.name, me.org, roles.join("、")), &me)
}

pub fn members(phone: &Phone, lang: Language, search: Option<&str>) -> Done {
    let found = match search {
        Some(text) => phone.search_names(text)?,
        None => phone.members(None)?,
    };
    Output::list(lang, &found, &["id", "name", "org"])
}

pub fn transfer(phone: &Phone, lang: Language, transfer: &Transfer) -> Result<Output, AppError> {
    match transfer {
        Transfer::List => Output::list(lang, &phone.transfers()?, &["id", "name", "reason", "state"]),
        Transfer::Request { member, org, reason } => kept(lang, phone.request_transfer(*member, *org, reason)?),
        Transfer::Accept { id } => kept(lang, phone.accept_transfer(*id)?),
        Transfer::Decline { id, reason } => kept(lang, phone.decline_transfer(*id, reason)?),
    }
}
