//! Searching everything on this phone, and names by characters, pinyin or initials.

use haitang_domain::directory::Member;
use haitang_domain::{Body, Id};
use serde::Serialize;

use crate::directory::{MemberItem, PAGE};
use crate::error::AppError;
use crate::phone::Phone;

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// The record.
    pub id: Id,
    /// What it is a record of.
    pub kind: String,
    /// What it is called.
    pub title: String,
}

pub(crate) fn title(body: &Body) -> String {
    match body {
        Body::Org(body) => body.name.clone(),
        Body::Member(body) => body.name.clone(),
        Body::Template(body) => body.name.clone(),
        Body::Activity(body) => body.title.clone(),
        Body::Log(body) => body.content.title.clone(),
        Body::Notice(body) => body.title.clone(),
        Body::Study(body) => body.title.clone(),
        Body::Paper(body) => body.title.clone(),
        Body::Grid(body) => body.name.clone(),
        Body::Household(body) => body.line(),
        Body::Task(body) => body.title.clone(),
        Body::Routine(body) => body.title.clone(),
        Body::Shift(body) => body.place.clone(),
        other => other.kind().name().to_owned(),
    }
}

/// Records put into search at once: a piece short enough not to hold up a command.
const PIECE: u32 = 1_000;

impl Phone {
    /// Puts into search what sync brought since. A first sync leaves this for later, so that it is not in the way; it goes in pieces
    /// and can be interrupted anywhere.
    pub fn catch_up_search(&self) -> Result<(), AppError> {
        while self.store().index_some(PIECE)? > 0 {}
        Ok(())
    }

    /// Whatever holds all the words of `text`, at most 50.
    pub fn search(&self, text: &str) -> Result<Vec<Hit>, AppError> {
        self.catch_up_search()?;
        let mut hits = vec![];
        for key in self.store().search(text, &[], PAGE)? {
            let Some(row) = self.store().get(key)? else { continue };
            let Ok(body) = Body::parse(key.kind, row.body.as_bytes()) else { continue };
            hits.push(Hit { id: key.id, kind: key.kind.name().to_owned(), title: title(&body) });
        }
        Ok(hits)
    }

    /// Members whose name fits `text`: its characters, full pinyin, the beginning of it, or initials; polyphones by each reading.
    pub fn search_names(&self, text: &str) -> Result<Vec<MemberItem>, AppError> {
        self.catch_up_search()?;
        let mut items = vec![];
        for id in self.store().search_names(text, PAGE)? {
            let member: Option<Member> = self.store().read(id)?;
            if let Some(member) = member {
                let org = self.org_name(member.org)?;
                items.push(MemberItem { id, name: member.name, org, phone: member.phone });
            }
        }
        Ok(items)
    }
}
