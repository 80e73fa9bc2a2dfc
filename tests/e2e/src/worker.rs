//! Someone who works with the phone's program, and what they were told is done.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use haitang_app::domain::activity::{CheckIn, Log};
use haitang_app::domain::attachment::Sha256;
use haitang_app::domain::quiz::Attempt;
use haitang_app::domain::study::Learning;
use haitang_app::domain::task::{Task, TaskState};
use haitang_app::domain::{Id, Key, Kind};

use crate::books::{Books, sha256};
use crate::chance::Chance;
use crate::program::{Killed, PhoneProgram};
use crate::town::{self, work};

/// No program begins and ends in less.
const AT_LEAST: Duration = Duration::from_millis(8);

/// One thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Keep a log in the making.
    Draft,
    /// Submit a log with a photo.
    Submit,
    /// Check in by the host's code.
    CheckIn,
    /// Report on a task with a photo.
    Report,
    /// Take the paper.
    Quiz,
    /// Read a section.
    Study,
}

impl Deed {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Draft, Self::Submit, Self::CheckIn, Self::Report, Self::Quiz, Self::Study];
}

/// A member with a phone.
pub struct Worker {
    /// The phone.
    pub phone: PhoneProgram,
    member: u8,
    chance: Chance,
    /// Where photos are taken.
    photos: tempfile::TempDir,
    photo_bytes_max: u64,
    /// How often something was begun: nothing is begun twice, whatever became of it.
    begun: u8,
    /// How long the last of each took that nobody killed.
    took: [Duration; Deed::ALL.len()],
    /// How long the last sync took that nobody killed and that had something to send.
    sync_took: Duration,
    /// What the phone said is done.
    acknowledged: BTreeSet<(Key, String)>,
    /// Photos in what is acknowledged.
    files: BTreeSet<Sha256>,
}

/// What was asked of the program, and how to tell from its answer what is done.
struct Asked {
    arguments: Vec<String>,
    photo: Option<Sha256>,
}

impl Worker {
    /// `member` with a phone that is enrolled and has synced.
    pub fn new(phone: PhoneProgram, member: u8, seed: u64) -> Self {
        Self {
            phone,
            member,
            chance: Chance::new(seed),
            photos: tempfile::tempdir().expect("a folder"),
            photo_bytes_max: 40_000,
            begun: 0,
            took: [Duration::from_millis(30); Deed::ALL.len()],
            sync_took: Duration::from_millis(60),
            acknowledged: BTreeSet::new(),
            files: BTreeSet::new(),
        }
    }

    /// The same, whose photos are up to so large.
    pub fn with_photos_of(self, photo_bytes_max: u64) -> Self {
        Self { photo_bytes_max, ..self }
    }

    /// How much was acknowledged.
    pub fn acknowledged(&self) -> usize {
        self.acknowledged.len()
    }

    fn photo(&mut self) -> (PathBuf, Sha256) {
        let size = self.photo_bytes_max / 4 + self.chance.below(self.photo_bytes_max * 3 / 4);
        let bytes = self.chance.bytes(size as usize);
        let path = self.photos.path().join(format!("{}.jpg", self.begun));
        std::fs::write(&path, &bytes).expect("writes");
        (path, sha256(&bytes).parse().expect("a hash"))
    }

    fn ask(&mut self, deed: Deed, host: &PhoneProgram) -> Asked {
        let n = self.begun;
        self.begun += 1;
        let mut arguments: Vec<String> = match deed {
            Deed::Draft | Deed::Submit => {
                let verb = if deed == Deed::Draft { "draft" } else { "submit" };
                let title = format!("第{n}次");
                ["log", verb, "--kind", "other", "--held", "now", "--title", &title].map(ToOwned::to_owned).into()
            }
            Deed::CheckIn => {
                let shown = host.ok(&["host-code", &work::activity(n).to_string()]);
                ["check-in", "--code", shown["text"].as_str().expect("a code")].map(ToOwned::to_owned).into()
            }
            Deed::Report => ["task", "report", &work::errand(n).to_string(), "--note", "已查看"].map(ToOwned::to_owned).into(),
            Deed::Quiz => {
                ["quiz", "take", &work::paper().to_string(), "--answers", r#"[{"truth":false}]"#].map(ToOwned::to_owned).into()
            }
            Deed::Study => {
                ["study", "read", &work::study().to_string(), "--section", &n.to_string()].map(ToOwned::to_owned).into()
            }
        };
        let photo = matches!(deed, Deed::Submit | Deed::Report).then(|| {
            let (path, hash) = self.photo();
            arguments.extend(["--file".to_owned(), path.to_str().expect("a path in UTF-8").to_owned()]);
            hash
        });
        Asked { arguments, photo }
    }

    /// Notes what the program said is done.
    fn note(&mut self, deed: Deed, n: u8, photo: Option<Sha256>, said: &serde_json::Value) {
        let told = || said["id"].as_str().expect("an id").parse::<Id>().expect("an id");
        let done: Vec<(Key, String)> = match deed {
            Deed::Draft => vec![(Key::new(Kind::Log, told()), "activity.save_draft".into())],
            Deed::Submit => vec![(Key::new(Kind::Log, told()), "activity.submit_log".into())],
            Deed::CheckIn => vec![(Key::new(Kind::CheckIn, told()), "activity.check_in".into())],
            Deed::Report => vec![(Key::new(Kind::Task, work::errand(n)), "task.report".into())],
            Deed::Quiz => ["quiz.start", "quiz.finish"].map(|name| (Key::new(Kind::Attempt, told()), name.into())).into(),
            Deed::Study => {
                let learning = Learning::id(work::study(), town::id(self.member));
                vec![(Key::new(Kind::Learning, learning), format!("study.read_section {n}"))]
            }
        };
        self.acknowledged.extend(done);
        self.files.extend(photo);
    }

    /// Does one thing with nobody in the way.
    pub fn does(&mut self, deed: Deed, host: &PhoneProgram) {
        let (n, asked) = (self.begun, self.ask(deed, host));
        let words: Vec<&str> = asked.arguments.iter().map(String::as_str).collect();
        let (took, said) = self.phone.timed(&words);
        self.took[deed as usize] = took;
        self.note(deed, n, asked.photo, &said);
    }

    /// Begins one thing and is killed at any instant of it. Whether it was still running.
    pub fn killed_doing(&mut self, deed: Deed, host: &PhoneProgram) -> bool {
        let (n, asked) = (self.begun, self.ask(deed, host));
        let words: Vec<&str> = asked.arguments.iter().map(String::as_str).collect();
        let after = self.chance.within(self.took[deed as usize]);
        let Killed { hit, said } = self.phone.killed_after(&words, after);
        if let Some(said) = said {
            self.note(deed, n, asked.photo, &said);
        }
        if !hit {
            // The machine was busier when it was timed.
            self.took[deed as usize] = after.max(AT_LEAST);
        }
        hit
    }

    /// Syncs with nobody in the way.
    pub fn syncs(&mut self) {
        (self.sync_took, _) = self.phone.timed(&["sync"]);
    }

    /// How long a sync takes.
    pub fn sync_took(&self) -> Duration {
        self.sync_took
    }

    /// Begins to sync and is killed at any instant of it. Whether it was still running.
    pub fn killed_syncing(&mut self) -> bool {
        let after = self.chance.within(self.sync_took);
        let hit = self.phone.killed_after(&["sync"], after).hit;
        if !hit {
            self.sync_took = after.max(AT_LEAST);
        }
        hit
    }

    /// That everything that was acknowledged is on the server, once, that nothing else is there twice, and that the phone shows what
    /// the server has. The phone has come to rest before.
    pub fn check(&self, books: &Books) {
        self.phone.check_settled();
        let mut times = std::collections::BTreeMap::<_, u32>::new();
        for logged in books.log() {
            assert_eq!(logged.refusal, None, "nothing here can be refused: {logged:?}");
            *times.entry((logged.target, logged.action)).or_default() += 1;
        }
        for (done, times) in &times {
            assert_eq!(*times, 1, "{done:?} is applied once");
        }
        for done in &self.acknowledged {
            assert!(times.contains_key(done), "{done:?} was acknowledged and is not in the log");
            assert!(is_there(books, done), "{done:?} is in the log and has no effect");
        }
        for file in &self.files {
            assert!(books.has_file(file), "{file} was acknowledged with a record that names it and is not whole on the server");
        }
        books.check_same(town::id(self.member), &self.phone.store());
    }
}

fn is_there(books: &Books, (key, action): &(Key, String)) -> bool {
    match key.kind {
        Kind::Log => books.read::<Log>(key.id).is_some(),
        Kind::CheckIn => books.read::<CheckIn>(key.id).is_some(),
        Kind::Task => books.read::<Task>(key.id).is_some_and(|task| task.state == TaskState::Done && task.report.is_some()),
        Kind::Attempt => books.read::<Attempt>(key.id).is_some_and(|attempt| attempt.finished.is_some()),
        Kind::Learning => {
            let section = action.rsplit(' ').next().and_then(|section| section.parse().ok()).expect("a section");
            books.read::<Learning>(key.id).is_some_and(|learning| learning.read.contains(&section))
        }
        kind => panic!("nobody here does anything to {}", kind.name()),
    }
}
