//! One world: a server, phones, and what lies between them.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use haitang_app::{AppError, Status, Stop};
use haitang_disk::Chance;
use haitang_domain::{Id, Timestamp};
use tempfile::TempDir;

use crate::chronicle::Chronicle;
use crate::handset::{Fate, Handset};
use crate::network::Air;
use crate::people::Around;
use crate::site::{Site, scratch};
use crate::time::{PhoneClock, ServerClock, TrueTime};
use crate::witness::Witness;
use crate::{judge, template, town};

/// What was not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The seed that leads to it again.
    pub seed: u64,
    /// After how many steps; the number of steps asked for where it shows at rest.
    pub step: u32,
    /// What.
    pub what: String,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "seed {} step {}: {}", self.seed, self.step, self.what)
    }
}

/// What a world that went well came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Played {
    /// Steps.
    pub steps: u32,
    /// Commands that phones acknowledged.
    pub acknowledged: usize,
    /// How often each thing was done or happened.
    pub counts: BTreeMap<String, u32>,
    /// Names the whole course of it: the same for the same seed.
    pub course: u64,
}

/// A world.
pub struct World {
    pub(crate) step: u32,
    pub(crate) chance: Chance,
    pub(crate) time: TrueTime,
    pub(crate) site: Site,
    pub(crate) air: Air,
    pub(crate) handsets: Vec<Handset>,
    pub(crate) witness: Witness,
    pub(crate) chronicle: Chronicle,
    pub(crate) around: Around,
    /// Pushes that the server took in, and other things that changed what it holds.
    pub(crate) changes: u64,
    /// For each phone: what had changed, and when it was, as its last pull was answered.
    pub(crate) pulled: BTreeMap<usize, (u64, Timestamp)>,
    /// Whether the server's clock was right all the time.
    pub(crate) clock_was_right: bool,
    /// Copies of phones' folders, by phone.
    pub(crate) images: Vec<(usize, TempDir)>,
    counts: BTreeMap<String, u32>,
    course: DefaultHasher,
    /// Whether what happens is told on the standard error.
    telling: bool,
}

/// What steps and checks return: an error is what was not as it must be.
pub(crate) type Fine<T = ()> = Result<T, String>;

impl World {
    /// The world of a seed; with `telling` it tells what happens.
    pub fn new(seed: u64, telling: bool) -> Self {
        let time = TrueTime::default();
        let folder = scratch();
        template::server(folder.path());
        let site = Site::new(folder, ServerClock::new(&time));
        Self {
            step: 0,
            chance: Chance::new(seed),
            time,
            site,
            air: Air::default(),
            handsets: vec![],
            witness: Witness::default(),
            chronicle: Chronicle::default(),
            around: Around::default(),
            changes: 0,
            pulled: BTreeMap::new(),
            clock_was_right: true,
            images: vec![],
            counts: BTreeMap::new(),
            course: DefaultHasher::new(),
            telling,
        }
    }

    /// Plays the world of `seed` for so many steps and brings it to rest.
    pub fn run(seed: u64, steps: u32, telling: bool) -> Result<Played, Failure> {
        let mut world = Self::new(seed, telling);
        let failed = |world: &Self, what: String| Failure { seed, step: world.step, what };
        if let Err(what) = world.begin() {
            return Err(failed(&world, what));
        }
        for _ in 0..steps {
            world.step += 1;
            if let Err(what) = world.take_step() {
                return Err(failed(&world, what));
            }
        }
        if let Err(what) = world.rest() {
            return Err(failed(&world, what));
        }
        let Self { step, witness, counts, course, .. } = world;
        Ok(Played { steps: step, acknowledged: witness.count(), counts, course: course.finish() })
    }

    /// Starts the server, and gives some people phones.
    fn begin(&mut self) -> Fine {
        self.site.start()?;
        self.chronicle.begin(self.site.storage().ok_or("the server runs")?)?;
        // Always the one from the city and the one of the community; then some of the others.
        let mut people: Vec<u8> = town::PEOPLE.iter().map(|(member, _)| *member).collect();
        for _ in 0..self.chance.below(4) {
            people.remove(self.chance.below(people.len()));
        }
        for member in people {
            self.give_phone(town::id(member));
            let last = self.handsets.len() - 1;
            self.sync_through(last, false)?;
            self.sync_through(last, false)?;
        }
        Ok(())
    }

    /// Gives a member another phone.
    pub(crate) fn give_phone(&mut self, member: Id) {
        let number = self.handsets.len();
        let clock = PhoneClock::new(&self.time, number as u8);
        let mut handset = Handset::new(number, member, clock, self.air.clone(), self.chance.number());
        handset.start().expect("a new phone starts");
        self.handsets.push(handset);
    }

    /// Notes what happens: counted, part of the course, and told where that is wanted.
    pub(crate) fn note(&mut self, what: &str, more: impl std::fmt::Display) {
        *self.counts.entry(what.to_owned()).or_default() += 1;
        (self.step, what).hash(&mut self.course);
        if self.telling {
            eprintln!("{:>4} {} {what} {more}", self.step, self.time.now().rfc3339());
        }
    }

    /// What is to be done after anything that a phone did: what it holds is seen, and a phone whose power went is off.
    pub(crate) fn after(&mut self, phone: usize) -> Fine {
        let now = self.time.now();
        self.see(phone, Some(now))
    }

    /// The same where what it did may have been done before.
    pub(crate) fn see(&mut self, phone: usize, now: Option<Timestamp>) -> Fine {
        for (device, seq) in std::mem::take(&mut self.around.let_go) {
            self.witness.let_go(device, seq);
        }
        let seed = self.chance.number();
        let handset = &mut self.handsets[phone];
        if handset.disk.is_off() {
            handset.cut_power(seed);
            self.note("power_cut", phone);
            return Ok(());
        }
        if let (Some(device), Some(store)) = (handset.device, handset.store()) {
            if self.chance.one_in(8)
                && let Some(wrong) = store.check().map_err(|error| format!("phone {phone} cannot be checked: {error}"))?
            {
                return Err(format!("phone {phone}: {wrong}"));
            }
            self.witness.see(device, store, now).map_err(|error| format!("phone {phone} cannot be read: {error}"))?;
        }
        Ok(())
    }

    /// Lets phone `phone` go on, and takes in what its work came to.
    pub(crate) fn go_on(&mut self, phone: usize) -> Fine<bool> {
        let Some(end) = self.handsets[phone].go_on() else {
            self.after(phone)?;
            return Ok(false);
        };
        let end_is = match &end {
            Ok(status) => format!("{status:?}"),
            Err(error) => error.code(),
        };
        self.note("round", format!("of {phone}: {end_is}"));
        self.after(phone)?;
        self.judge_end(phone, end)?;
        Ok(true)
    }

    /// A phone that the server did not know, and now does, is in use again.
    fn look_up(&mut self, phone: usize) {
        let handset = &mut self.handsets[phone];
        let stored = handset.device.zip(self.site.storage()).map(|(device, storage)| storage.device(device));
        if handset.fate == Fate::Unknown && matches!(stored, Some(Ok(Some(_)))) {
            handset.fate = if handset.was_set_back { Fate::SetBack } else { Fate::Used };
            handset.was_told = false;
            self.note("known_again", phone);
        }
    }

    /// Whether a phone's round may end like this.
    fn judge_end(&mut self, phone: usize, end: Result<Status, AppError>) -> Fine {
        self.look_up(phone);
        let handset = &mut self.handsets[phone];
        let wrong = |what: &str| Err(format!("a round of phone {phone} ended with {what}"));
        match end {
            Ok(Status::Idle) => return self.check_pulled(phone),
            Ok(Status::Waiting(Stop::NotEnrolled)) => {
                // Its enrolment may have been kept after all when its disk failed, and the server set back meanwhile.
                let stored = handset.device.zip(self.site.storage()).map(|(device, storage)| storage.device(device));
                if !matches!(stored, Some(Ok(None))) {
                    return wrong("not enrolled, and it is");
                }
                handset.fate = Fate::Unknown;
                handset.was_told = true;
            }
            Ok(Status::Waiting(_)) => {}
            Ok(Status::Stopped(Stop::Revoked)) => {
                // The power may have gone just after the server had written down that it is lost.
                let stored = handset.device.zip(self.site.storage()).map(|(device, storage)| storage.device(device));
                let is_stored = matches!(stored, Some(Ok(Some(device))) if device.revoked.is_some());
                if handset.fate != Fate::Revoked && !is_stored {
                    return wrong("revoked, and it is not");
                }
                return self.check_wiped(phone);
            }
            Ok(Status::Stopped(Stop::Diverged)) if handset.fate == Fate::SetBack => {}
            // A disk that fails is a fault of our own as far as sync is concerned.
            Ok(Status::Stopped(Stop::Fault)) if handset.in_trouble || !handset.is_on() => {}
            Ok(status) => return wrong(&format!("{status:?}")),
            // Enrolling, for the first time or again.
            Err(AppError::Network(_) | AppError::Portal | AppError::Server(_))
                if handset.device.is_none() || handset.was_told => {}
            // Its answer had been lost on the way, and it was enrolled again already.
            Err(AppError::BadInput(_)) if handset.fate != Fate::Unknown => {}
            Err(_) if handset.in_trouble || !handset.is_on() => {}
            Err(error) => return wrong(&error.to_string()),
        }
        Ok(())
    }

    fn check_wiped(&mut self, phone: usize) -> Fine {
        let handset = &mut self.handsets[phone];
        handset.fate = Fate::Wiped;
        let device = handset.device;
        let left: Vec<_> = std::fs::read_dir(handset.folder()).map_err(|error| error.to_string())?.flatten().collect();
        handset.switch_off();
        if !left.is_empty() {
            return Err(format!("phone {phone} was wiped, and {left:?} is left"));
        }
        if let Some(device) = device {
            self.witness.excuse(device);
        }
        Ok(())
    }

    /// That a phone which has just pulled holds what its holder may see, where nothing has changed since.
    fn check_pulled(&mut self, phone: usize) -> Fine {
        let handset = &self.handsets[phone];
        let Some((changes, now)) = self.pulled.get(&phone).copied() else { return Ok(()) };
        let (Some(store), Some(storage)) = (handset.store(), self.site.storage()) else { return Ok(()) };
        if changes != self.changes || handset.device.is_none() {
            return Ok(());
        }
        let visible = judge::visible(storage, handset.member, now)?;
        judge::same(store, &visible).map_err(|what| format!("phone {phone}, just synced: {what}"))
    }
}
