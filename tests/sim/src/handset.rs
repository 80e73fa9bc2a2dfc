//! A phone: the real one, but for its clock, its randomness, its disk and its network.

use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use haitang_app::surroundings::{Surroundings, Threads};
use haitang_app::{AppError, Phone, Status};
use haitang_disk::Disk;
use haitang_domain::Id;
use haitang_store::Store;
use tempfile::TempDir;

use crate::network::Air;
use crate::site::scratch;
use crate::template::{self, copy};
use crate::time::{PhoneClock, Seeded};

/// The key of every database here; a real one comes from the platform's keystore.
pub(crate) const KEY: [u8; 32] = [7; 32];
/// The database's file inside a phone's folder.
pub(crate) const DATABASE: &str = "haitang.db";

type Work = Pin<Box<dyn Future<Output = Result<Status, AppError>> + Send>>;

/// What has become of a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// In use.
    Used,
    /// The server was told that it is lost; it has not heard of that yet.
    Revoked,
    /// It has wiped itself.
    Wiped,
    /// It was set back to an old copy of itself; the server may have other commands of it.
    SetBack,
    /// The server was set back to before it was enrolled and does not know it.
    Unknown,
}

/// A phone, on or off.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own beside its fate")]
pub struct Handset {
    /// Its number among all that there ever were.
    pub number: usize,
    /// Whose it is.
    pub member: Id,
    /// What has become of it.
    pub fate: Fate,
    /// Its disk.
    pub disk: Disk,
    /// Its clock.
    pub clock: PhoneClock,
    /// The device, once it is enrolled.
    pub device: Option<Id>,
    /// Its disk may fail.
    pub in_trouble: bool,
    /// It was once set back to an old copy of itself, whatever has become of it since.
    pub was_set_back: bool,
    /// Its holder has not got it any more.
    pub is_lost: bool,
    /// Its holder was told that the server does not know it, and asks for a new code.
    pub was_told: bool,
    folder: TempDir,
    air: Air,
    seed: u64,
    on: Option<On>,
}

/// A phone that is on. The work first: it holds on to the phone.
struct On {
    work: Option<Work>,
    phone: Phone,
    /// A second look into the same database, to see what screens do not show.
    look: Store,
}

impl Handset {
    /// A new phone, off.
    pub fn new(number: usize, member: Id, clock: PhoneClock, air: Air, seed: u64) -> Self {
        let folder = scratch();
        template::phone(folder.path());
        let disk = Disk::over(folder.path());
        let (fate, device, on) = (Fate::Used, None, None);
        let (in_trouble, was_set_back, is_lost, was_told) = (false, false, false, false);
        Self { number, member, fate, disk, clock, device, in_trouble, was_set_back, is_lost, was_told, folder, air, seed, on }
    }

    /// Switches it on, or starts its app again. Fails where its disk does.
    pub fn start(&mut self) -> Result<(), AppError> {
        self.seed = self.seed.wrapping_mul(31).wrapping_add(1);
        let surroundings = Surroundings {
            clock: Box::new(self.clock.clone()),
            randomness: Box::new(Seeded::new(self.seed)),
            network: Some(Arc::new(self.air.link(self.number))),
            threads: Threads::None,
        };
        let phone = Phone::open_in(self.folder.path(), KEY, surroundings)?;
        let look = Store::open(self.folder.path().join(DATABASE), KEY).map_err(AppError::from)?;
        self.device = phone.identity().ok().map(|identity| identity.device);
        self.on = Some(On { work: None, phone, look });
        Ok(())
    }

    /// The phone, if it is on.
    pub fn phone(&self) -> Option<&Phone> {
        self.on.as_ref().map(|on| &on.phone)
    }

    /// Its database, if it is on.
    pub fn store(&self) -> Option<&Store> {
        self.on.as_ref().map(|on| &on.look)
    }

    /// Whether it is on.
    pub fn is_on(&self) -> bool {
        self.on.is_some()
    }

    /// Whether it syncs or enrols.
    pub fn is_busy(&self) -> bool {
        self.on.as_ref().is_some_and(|on| on.work.is_some())
    }

    /// Begins to sync, where it does not already.
    pub fn begin_sync(&mut self) {
        if let Some(on) = self.on.as_mut().filter(|on| on.work.is_none()) {
            let phone = on.phone.clone();
            on.work = Some(Box::pin(async move { phone.sync().await.map(|end| end.status) }));
        }
    }

    /// Begins to enrol with a code, for the first time or again.
    pub fn begin_enrolment(&mut self, code: String) {
        if let Some(on) = self.on.as_mut().filter(|on| on.work.is_none()) {
            let phone = on.phone.clone();
            on.work = Some(Box::pin(async move {
                phone.enrol("https://server", &code, "手机").await?;
                Ok(Status::Idle)
            }));
        }
    }

    /// Lets it go on with what it does until it waits for the network; what it came to, if it came to its end.
    pub fn go_on(&mut self) -> Option<Result<Status, AppError>> {
        let on = self.on.as_mut()?;
        let work = on.work.as_mut()?;
        // Whatever it waits for is looked at again at the next call: nobody needs to be woken.
        let Poll::Ready(end) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) else { return None };
        on.work = None;
        // A phone that has wiped itself does not know any more who it was.
        self.device = on.phone.identity().ok().map(|identity| identity.device).or(self.device);
        Some(end)
    }

    /// Ends it at once, with what a power cut leaves on its disk.
    pub fn cut_power(&mut self, seed: u64) {
        self.disk.turn_off();
        self.on = None;
        self.air.forget(self.number);
        self.disk.cut_power(seed);
    }

    /// Switches it off for good.
    pub fn switch_off(&mut self) {
        self.on = None;
        self.air.forget(self.number);
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A copy of its folder, as a backup tool makes one while it is off.
    pub fn image(&self) -> TempDir {
        let image = scratch();
        copy(self.folder.path(), image.path());
        image
    }

    /// Puts a copy in place of what it holds, while it is off.
    pub fn set_back(&mut self, image: &TempDir) {
        for entry in std::fs::read_dir(self.folder.path()).expect("reads").flatten() {
            let path = entry.path();
            if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) }.expect("removes");
        }
        copy(image.path(), self.folder.path());
    }
}
