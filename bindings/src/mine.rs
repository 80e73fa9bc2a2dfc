//! What the phone keeps for and about its holder.

use haitang_app::{domain::directory as domain, mine as app};

use crate::convert::{Given as _, answer, choice, id, record};
use crate::error::CoreError;
use crate::phone::Phone;

choice! {
    /// What consent is asked for.
    ConsentPurpose = domain::ConsentPurpose {
        /// Where the phone is, once, when its holder does something that shows it.
        Location,
        /// Photos the holder takes or chooses.
        Photos,
        /// What the holder says into the phone.
        Voice,
    }
}

record! {
    /// What this phone keeps.
    shown MyData = app::MyData {
        /// Records on this phone, by kind.
        counts: Vec<KindCount>,
        /// What the database and the files take on the disk.
        bytes: u64,
        /// Photos, recordings and documents that are here.
        files: u32,
        /// When a sync was last whole.
        last_sync: Option<i64>,
        /// Texts that were not handed in yet.
        drafts: u32,
        /// Who looked at the holder's page, the newest first; at most 50.
        looks: Vec<LookItem>,
        /// What the holder consented to, or did once.
        consents: Vec<ConsentItem>,
    }
}

record! {
    /// How many records of a kind there are.
    shown KindCount = app::KindCount {
        /// The kind, such as `notice`.
        kind: String,
        /// How many.
        count: u64,
    }
}

record! {
    /// A look at the holder's page.
    shown LookItem = app::LookItem {
        /// Who looked.
        by: String,
        /// Their name.
        by_name: String,
        /// When they first looked on that day.
        at: i64,
        /// At what: the kind of record, `member`.
        what: String,
        /// What for, in the viewer's words.
        purpose: String,
    }
}

record! {
    /// What the holder consented to, as it stands.
    shown ConsentItem = app::ConsentItem {
        /// To what.
        purpose: ConsentPurpose,
        /// When it was last given.
        given: i64,
        /// When that was taken back; nothing while it stands.
        withdrawn: Option<i64>,
    }
}

#[uniffi::export]
impl Phone {
    /// What this phone keeps.
    pub fn my_data(&self) -> Result<MyData, CoreError> {
        answer(self.app.my_data())
    }

    /// Everything on this phone that is about its holder, as JSON to be kept elsewhere. Takes a second where there is much.
    pub fn export_my_data(&self) -> Result<String, CoreError> {
        answer(self.app.export_my_data())
    }

    /// Notes that the holder looked at a member's page, and what for: what the member sees in `my_data`. Once a day for each purpose,
    /// however often it is said; nothing for one's own page.
    pub fn note_look(&self, member: &str, purpose: &str) -> Result<(), CoreError> {
        answer(self.app.note_look(id(member)?, purpose))
    }

    /// Consents to something. Returns the consent.
    pub fn give_consent(&self, purpose: ConsentPurpose) -> Result<String, CoreError> {
        answer(self.app.give_consent(purpose.given()?))
    }

    /// Takes a consent back. Returns the consent; refused as `missing` where none was ever given.
    pub fn withdraw_consent(&self, purpose: ConsentPurpose) -> Result<String, CoreError> {
        answer(self.app.withdraw_consent(purpose.given()?))
    }

    /// What the holder consented to, or did once: one line for each purpose that was ever asked for.
    pub fn consents(&self) -> Result<Vec<ConsentItem>, CoreError> {
        answer(self.app.consents())
    }
}
