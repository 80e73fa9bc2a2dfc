//! The one object: opening, enrolling, wiping.

use std::path::Path;

use haitang_app::Phone as App;
use haitang_app::clock::SystemClock;

use crate::convert::{Shown, answer, id};
use crate::error::{CoreError, bad_input};
use crate::sync::Stopper;

/// One person's phone. Every function but the async ones works with no network: what the person does is judged at once, kept,
/// and sent at the next chance.
#[derive(uniffi::Object)]
pub struct Phone {
    pub(crate) app: App,
    pub(crate) stopper: Stopper,
}

/// Who a phone belongs to.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Identity {
    /// The device.
    pub device: String,
    /// Whose it is.
    pub member: String,
    /// What the server calls its holder.
    pub name: String,
    /// Where its server is.
    pub server: String,
}

// The keys in it stay in the core.
impl Shown<Identity> for haitang_app::Identity {
    fn shown(self) -> Identity {
        Identity {
            device: self.device.shown(),
            member: self.member.shown(),
            name: self.name.clone(),
            server: self.server.clone(),
        }
    }
}

/// A one-time code with which another phone is enrolled.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Enrolment {
    /// The code, in groups that can be read aloud.
    pub code: String,
    /// When it ends.
    pub expires: i64,
    /// The text of the QR code to show.
    pub qr: String,
}

#[uniffi::export(async_runtime = "tokio")]
impl Phone {
    /// Opens the phone in `folder`, which is made when it is not there, with the database's key of 32 bytes, which the keystore
    /// guards.
    #[uniffi::constructor]
    pub fn open(folder: &str, key: Vec<u8>) -> Result<Self, CoreError> {
        let key = key.try_into().map_err(|_| bad_input("a key of 32 bytes", "what was given"))?;
        let app = App::open(Path::new(folder), key, Box::new(SystemClock::default()))?;
        Ok(Self { app, stopper: Stopper::default() })
    }

    /// Enrols this phone with the server at `server`, such as `https://haitang.example`, and a one-time code.
    pub async fn enrol(&self, server: &str, code: &str, device_name: &str) -> Result<Identity, CoreError> {
        answer(self.app.enrol(server, code, device_name).await)
    }

    /// Enrols this phone with what was scanned from a secretary's phone.
    pub async fn enrol_by_qr(&self, scanned: &str, device_name: &str) -> Result<Identity, CoreError> {
        answer(self.app.enrol_by_qr(scanned, device_name).await)
    }

    /// Makes a one-time code for a member's phone.
    pub async fn new_enrolment(&self, member: &str) -> Result<Enrolment, CoreError> {
        let (enrolment, qr) = self.app.new_enrolment(id(member)?).await?;
        Ok(Enrolment { code: enrolment.code, expires: enrolment.expires.shown(), qr })
    }

    /// Who this phone belongs to.
    pub fn identity(&self) -> Result<Identity, CoreError> {
        answer(self.app.identity())
    }

    /// The phone's best guess at the time, which is better than the wall clock.
    pub fn now(&self) -> i64 {
        self.app.now().shown()
    }

    /// Deletes everything on this phone.
    pub fn wipe(&self) -> Result<(), CoreError> {
        answer(self.app.wipe())
    }
}
