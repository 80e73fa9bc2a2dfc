//! What the phone keeps for and about its holder: shown on one page, handed out on request. Who looked at their page, and what they
//! consented to.

use haitang_domain::directory::{Action, Consent, ConsentPurpose, Look};
use haitang_domain::{Id, Kind, Timestamp, Zone};
use serde::Serialize;
use serde_json::{Value, json};

use crate::aside;
use crate::directory::PAGE;
use crate::error::AppError;
use crate::phone::Phone;

/// What this phone keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MyData {
    /// Records on this phone, by kind.
    pub counts: Vec<KindCount>,
    /// What the database and the files take on the disk.
    pub bytes: u64,
    /// Photos, recordings and documents that are here.
    pub files: u32,
    /// When a sync was last whole.
    pub last_sync: Option<Timestamp>,
    /// Texts that were not handed in yet.
    pub drafts: u32,
    /// Who looked at the holder's page, the newest first; at most 50.
    pub looks: Vec<LookItem>,
    /// What the holder consented to, or did once.
    pub consents: Vec<ConsentItem>,
}

/// How many records of a kind there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KindCount {
    /// The kind, such as `notice`.
    pub kind: String,
    /// How many.
    pub count: u64,
}

/// A look at the holder's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LookItem {
    /// Who looked.
    pub by: Id,
    /// Their name.
    pub by_name: String,
    /// When they first looked on that day, at the latest.
    pub at: Timestamp,
    /// At what: the kind of record, `member`.
    pub what: String,
    /// What for.
    pub purpose: String,
}

/// What the holder consented to, as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ConsentItem {
    /// To what.
    pub purpose: ConsentPurpose,
    /// When it was last given.
    pub given: Timestamp,
    /// When that was taken back; `None` while it stands.
    pub withdrawn: Option<Timestamp>,
}

impl Phone {
    /// What this phone keeps.
    pub fn my_data(&self) -> Result<MyData, AppError> {
        let (me, store) = (self.me()?, self.store());
        let counts =
            store.kind_counts()?.into_iter().map(|(kind, count)| KindCount { kind: kind.name().to_owned(), count }).collect();
        let (files, file_bytes) = aside::size(&self.inner.files.folder)?;
        Ok(MyData {
            counts,
            bytes: store.bytes().saturating_add(file_bytes),
            files: u32::try_from(files).unwrap_or(u32::MAX),
            last_sync: self.last_sync()?,
            drafts: store.count_drafts()?,
            looks: store.looks_at(me, PAGE)?.into_iter().flat_map(|found| look_items(found.body)).take(PAGE as usize).collect(),
            consents: self.consents()?,
        })
    }

    /// Everything on this phone that is about its holder, as JSON to be kept elsewhere: `records`, each with its `kind`, `id` and `body`
    /// as it stands here, and `drafts`. Reads everything; takes a second where there is much.
    pub fn export_my_data(&self) -> Result<String, AppError> {
        let me = self.me()?;
        let fault = |error: serde_json::Error| AppError::Internal(error.to_string());
        let record = |(key, body): (haitang_domain::Key, String)| {
            let body: Value = serde_json::from_str(&body).map_err(fault)?;
            Ok::<_, AppError>(json!({"kind": key.kind.name(), "id": key.id, "body": body}))
        };
        let records = self.store().about(me)?.into_iter().map(record).collect::<Result<Vec<_>, _>>()?;
        let all = json!({"member": me, "exported": self.now(), "records": records, "drafts": self.drafts()?});
        serde_json::to_string_pretty(&all).map_err(fault)
    }

    /// Notes that the holder looked at a member's page, and what for: what the member sees among what is kept about them. Once a day for
    /// each purpose, however often it is said; nothing for one's own page.
    pub fn note_look(&self, member: Id, purpose: &str) -> Result<(), AppError> {
        let (me, purpose) = (self.me()?, purpose.trim());
        if member == me {
            return Ok(());
        }
        let day = Zone::CHINA.date(self.now());
        let id = Look::id(member, me, day);
        let noted = self.store().read::<Look>(id)?;
        if noted.is_some_and(|look| look.purposes.iter().any(|said| said == purpose)) {
            return Ok(());
        }
        let action = Action::NoteLook { subject: member, purpose: purpose.to_owned(), day };
        self.perform(Kind::Look, id, haitang_domain::Action::Directory(action))?;
        Ok(())
    }

    /// Consents to something. Returns the consent.
    pub fn give_consent(&self, purpose: ConsentPurpose) -> Result<Id, AppError> {
        self.consent(purpose, Action::GiveConsent { purpose })
    }

    /// Takes a consent back. Returns the consent; refused as `missing` where none was ever given.
    pub fn withdraw_consent(&self, purpose: ConsentPurpose) -> Result<Id, AppError> {
        self.consent(purpose, Action::WithdrawConsent { purpose })
    }

    fn consent(&self, purpose: ConsentPurpose, action: Action) -> Result<Id, AppError> {
        let id = Consent::id(self.me()?, purpose);
        self.perform(Kind::Consent, id, haitang_domain::Action::Directory(action))?;
        Ok(id)
    }

    /// What the holder consented to, or did once: one line for each purpose that was ever asked for.
    pub fn consents(&self) -> Result<Vec<ConsentItem>, AppError> {
        let me = self.me()?;
        let mut items = vec![];
        for purpose in ConsentPurpose::ALL {
            let consent = self.store().read::<Consent>(Consent::id(me, purpose))?;
            let last = consent.and_then(|consent| consent.terms.last().copied());
            items.extend(last.map(|term| ConsentItem { purpose, given: term.given, withdrawn: term.withdrawn }));
        }
        Ok(items)
    }
}

fn look_items(look: Look) -> impl Iterator<Item = LookItem> {
    let Look { viewer: by, viewer_name: by_name, at, purposes, .. } = look;
    let item = move |purpose| LookItem { by, by_name: by_name.clone(), at, what: Kind::Member.name().to_owned(), purpose };
    purposes.into_iter().map(item)
}
