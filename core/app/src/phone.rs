//! A phone: its store, its clocks and its server.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use chrono::NaiveDate;
use ed25519_dalek::SigningKey;
use haitang_domain::activity::code::Certificate;
use haitang_domain::record::Typed;
use haitang_domain::{Action, Command, Id, IdMaker, Key, Kind, Timestamp};
use haitang_protocol::envelope::WireToken;
use haitang_store::{Found, Identity, Performed, Store};
use tokio::sync::{Notify, watch};

use crate::aside;
use crate::clock::{self, Clock};
use crate::error::AppError;
use crate::files::Files;
use crate::runner::SyncStatus;
use crate::surroundings::Surroundings;
use crate::transport::Transport;

/// The database's file inside a phone's folder.
pub(crate) const DATABASE: &str = "haitang.db";

/// One person's phone. Cheap to clone; every clone is the same phone.
#[derive(Clone)]
pub struct Phone {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    folder: PathBuf,
    pub(crate) store: Store,
    pub(crate) files: Files,
    /// What the store holds of the two, once read: every command asks for both.
    identity: RwLock<Option<Identity>>,
    token: RwLock<Option<WireToken>>,
    pub(crate) surroundings: Surroundings,
    ids: Mutex<IdMaker>,
    /// When routines were last carried on: on which day, and after how many changes.
    pub(crate) carried_on: Mutex<Option<(NaiveDate, u64)>>,
    /// What the phone last did by itself, and on which day.
    pub(crate) kept_up: Mutex<HashMap<Id, NaiveDate>>,
    /// Held while a PIN is tried: there is one try at a time.
    pub(crate) pin: Mutex<()>,
    /// Made at enrolment, or at the first use after opening.
    transport: OnceLock<Transport>,
    /// Told when there may be something to sync.
    pub(crate) wake: Notify,
    pub(crate) status: watch::Sender<SyncStatus>,
    /// Counts what may have changed on a screen.
    pub(crate) changes: watch::Sender<u64>,
    /// Held while a round of sync runs: there is one at a time.
    pub(crate) round: tokio::sync::Mutex<()>,
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Phone").finish_non_exhaustive()
    }
}

impl Phone {
    /// Opens the phone in `folder`, which is made when it is not there. `key` is the database's key, which the platform's
    /// keystore guards.
    pub fn open(folder: &Path, key: [u8; 32], clock: Box<dyn Clock>) -> Result<Self, AppError> {
        Self::open_in(folder, key, Surroundings::with_clock(clock))
    }

    /// Opens the phone in `folder` on a machine that may be none: how phones are simulated.
    pub fn open_in(folder: &Path, key: [u8; 32], surroundings: Surroundings) -> Result<Self, AppError> {
        std::fs::create_dir_all(folder).map_err(|error| AppError::Internal(error.to_string()))?;
        aside::finish(folder)?;
        let store = Store::open(folder.join(DATABASE), key)?;
        let files = Files::new(folder, &key);
        let status = watch::Sender::new(SyncStatus::default());
        let (wake, round) = (Notify::new(), tokio::sync::Mutex::new(()));
        Ok(Self {
            inner: Arc::new(Inner {
                folder: folder.to_owned(),
                store,
                files,
                identity: RwLock::default(),
                token: RwLock::default(),
                ids: Mutex::new(IdMaker::new(surroundings.random())),
                surroundings,
                carried_on: Mutex::default(),
                kept_up: Mutex::default(),
                pin: Mutex::default(),
                transport: OnceLock::new(),
                wake,
                status,
                changes: watch::Sender::new(0),
                round,
            }),
        })
    }

    /// The store, for this crate's features.
    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    /// Who this phone belongs to.
    pub fn identity(&self) -> Result<Identity, AppError> {
        if let Some(known) = &*self.inner.identity.read().unwrap_or_else(PoisonError::into_inner) {
            return Ok(known.clone());
        }
        let found = self.store().identity()?.ok_or(AppError::NotEnrolled)?;
        *self.inner.identity.write().unwrap_or_else(PoisonError::into_inner) = Some(found.clone());
        Ok(found)
    }

    /// Keeps the server's last statement of the time.
    pub(crate) fn keep_time(&self, token: &WireToken) -> Result<(), AppError> {
        self.store().set_time_token(token)?;
        *self.inner.token.write().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
        Ok(())
    }

    fn time_token(&self) -> Option<WireToken> {
        if let Some(known) = &*self.inner.token.read().unwrap_or_else(PoisonError::into_inner) {
            return Some(known.clone());
        }
        // Without a token the wall clock remains; a store that cannot be read will say so at the next step.
        let found = self.store().time_token().ok().flatten()?;
        *self.inner.token.write().unwrap_or_else(PoisonError::into_inner) = Some(found.clone());
        Some(found)
    }

    /// The member whose phone this is.
    pub(crate) fn me(&self) -> Result<Id, AppError> {
        Ok(self.identity()?.member)
    }

    /// The member's own record, once the first sync has brought it.
    pub(crate) fn my_record(&self) -> Result<haitang_domain::directory::Member, AppError> {
        self.read(self.me()?)
    }

    /// The org the member belongs to.
    pub fn my_org(&self) -> Result<Id, AppError> {
        Ok(self.my_record()?.org)
    }

    /// One record as it stands here, with pending commands applied; refused as `missing` where it is not here.
    pub(crate) fn read<T: Typed + serde::de::DeserializeOwned>(&self, id: Id) -> Result<T, AppError> {
        Ok(self.find::<T>(id)?.body)
    }

    /// The same with where it stands.
    pub(crate) fn find<T: Typed + serde::de::DeserializeOwned>(&self, id: Id) -> Result<Found<T>, AppError> {
        let missing = || haitang_domain::Refusal::new(haitang_domain::Code::Missing).with("kind", T::KIND.name());
        Ok(self.store().find::<T>(id)?.ok_or_else(missing)?)
    }

    /// The phone's best guess at the time.
    pub fn now(&self) -> Timestamp {
        clock::best_guess(&self.times())
    }

    pub(crate) fn is_clock_wrong(&self) -> bool {
        clock::is_wrong(&self.times())
    }

    pub(crate) fn times(&self) -> haitang_domain::evidence::Times {
        clock::times(self.inner.surroundings.clock.as_ref(), self.time_token().as_ref())
    }

    /// A new id, ordered by time: for a record whose author wants to know its id before it is handed in.
    pub fn new_id(&self) -> Id {
        self.inner.ids.lock().unwrap_or_else(PoisonError::into_inner).next(self.now())
    }

    /// Does what a person meant to: judged here and now, kept in the outbox, sent at the next chance.
    pub(crate) fn perform(&self, kind: Kind, id: Id, action: Action) -> Result<Performed, AppError> {
        let times = self.times();
        let command = Command { target: Key::new(kind, id), action };
        let performed = self.store().perform(&command, times.clone(), clock::made(&times))?;
        self.changed();
        self.inner.wake.notify_one();
        Ok(performed)
    }

    /// The server this phone was enrolled with.
    pub(crate) fn transport(&self) -> Result<&Transport, AppError> {
        if let Some(transport) = self.inner.transport.get() {
            return Ok(transport);
        }
        let made = Transport::new(&self.identity()?.server, self.inner.surroundings.network()?)?;
        Ok(self.inner.transport.get_or_init(|| made))
    }

    pub(crate) fn signing_key(&self) -> Result<SigningKey, AppError> {
        Ok(SigningKey::from_bytes(&self.identity()?.signing_key))
    }

    /// The server's word for this device, as check-in codes carry it.
    pub(crate) fn certificate(&self) -> Result<Certificate, AppError> {
        let identity = self.identity()?;
        Ok(Certificate {
            device: identity.device,
            member: identity.member,
            public_key: SigningKey::from_bytes(&identity.signing_key).verifying_key().to_bytes(),
            signature: identity.certificate,
        })
    }

    /// Deletes everything on this phone, and what was set aside of phones before it.
    pub fn wipe(&self) -> Result<(), AppError> {
        *self.inner.identity.write().unwrap_or_else(PoisonError::into_inner) = None;
        *self.inner.token.write().unwrap_or_else(PoisonError::into_inner) = None;
        self.inner.files.wipe()?;
        aside::wipe(&self.inner.folder)?;
        self.store().wipe()?;
        self.changed();
        Ok(())
    }
}
