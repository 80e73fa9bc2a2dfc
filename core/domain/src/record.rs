//! Records: the current state of one thing, addressed by kind and id.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::feed::Feed;
use crate::id::Id;
use crate::{activity, directory, notice, quiz, study, task};

/// Declares every kind of record once: its number, its name and its type.
macro_rules! records {
    ($($(#[$doc:meta])* $kind:ident = $number:literal $name:literal $path:path;)*) => {
        /// What a record is a record of. The numbers travel and are stored; they never change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Kind { $($(#[$doc])* $kind = $number,)* }

        impl Kind {
            /// Every kind there is.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            /// The name, as it is shown to programmers and stands in refusals.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }
        }

        /// The typed body of a record.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Body { $($(#[$doc])* $kind($path),)* }

        impl Body {
            /// The kind of record this is the body of.
            pub fn kind(&self) -> Kind {
                match self { $(Self::$kind(_) => Kind::$kind,)* }
            }

            /// Reads the JSON body of a record of `kind`.
            pub fn parse(kind: Kind, json: &[u8]) -> Result<Self, serde_json::Error> {
                match kind { $(Kind::$kind => from_json(json).map(Self::$kind),)* }
            }

            /// The JSON body, as it is stored and travels.
            pub fn to_json(&self) -> Vec<u8> {
                match self { $(Self::$kind(body) => to_json(body),)* }
            }
        }

        $(impl Typed for $path {
            const KIND: Kind = Kind::$kind;
            fn of(body: Body) -> Option<Self> {
                if let Body::$kind(body) = body { Some(body) } else { None }
            }
            fn of_ref(body: &Body) -> Option<&Self> {
                if let Body::$kind(body) = body { Some(body) } else { None }
            }
            fn into_body(self) -> Body { Body::$kind(self) }
        })*
    };
}

records! {
    /// A node of the tree of organisations.
    Org = 1 "org" directory::Org;
    /// A person in an org.
    Member = 2 "member" directory::Member;
    /// A role held by a member in an org for a term.
    Appointment = 3 "appointment" directory::Appointment;
    /// A member on the way from one org to another.
    Transfer = 4 "transfer" directory::Transfer;
    /// One member's having looked at another's page.
    Look = 5 "look" directory::Look;
    /// What one member consented to.
    Consent = 6 "consent" directory::Consent;
    /// The form of a log.
    Template = 10 "template" activity::Template;
    /// A planned or held activity.
    Activity = 11 "activity" activity::Activity;
    /// One member's presence at one activity.
    CheckIn = 12 "check_in" activity::CheckIn;
    /// What was recorded of an activity.
    Log = 13 "log" activity::Log;
    /// Something an org publishes to everyone below it.
    Notice = 20 "notice" notice::Notice;
    /// One member's having read a notice.
    Receipt = 21 "receipt" notice::Receipt;
    /// Study material pushed by an org.
    Study = 22 "study" study::Study;
    /// How far one member has come in a study.
    Learning = 23 "learning" study::Learning;
    /// When one member should next review one item.
    Review = 24 "review" study::Review;
    /// Questions to be answered together.
    Paper = 30 "paper" quiz::Paper;
    /// The right answers of a paper.
    AnswerKey = 31 "answer_key" quiz::AnswerKey;
    /// One member's answers to a paper.
    Attempt = 32 "attempt" quiz::Attempt;
    /// The area a grid worker answers for.
    Grid = 40 "grid" task::Grid;
    /// A household in a grid.
    Household = 41 "household" task::Household;
    /// One piece of grid work.
    Task = 42 "task" task::Task;
    /// What repeats a task.
    Routine = 43 "routine" task::Routine;
    /// A place on a roster.
    Shift = 44 "shift" task::Shift;
    /// What a worker found.
    Report = 45 "report" task::Report;
}

impl Kind {
    /// From the number that travels.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| *kind as u8 == number)
    }

    /// From the name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

/// A type that is the body of one kind of record.
pub trait Typed: Sized {
    /// The kind of record.
    const KIND: Kind;
    /// The typed body, if `body` is of this kind.
    fn of(body: Body) -> Option<Self>;
    /// The typed body by reference, if `body` is of this kind.
    fn of_ref(body: &Body) -> Option<&Self>;
    /// Back to the general form.
    fn into_body(self) -> Body;
}

/// The address of a record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What it is a record of.
    pub kind: Kind,
    /// Which one.
    pub id: Id,
}

impl Key {
    /// The record of `kind` named `id`.
    pub fn new(kind: Kind, id: Id) -> Self {
        Self { kind, id }
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.kind.name(), self.id)
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl Body {
    /// The org in whose shard the record was made and lives for good. `id` is the record's own id.
    pub fn home(&self, id: Id) -> Id {
        match self {
            Self::Org(_) => id,
            Self::Member(body) => body.org,
            Self::Appointment(body) => body.org,
            Self::Transfer(body) => body.from,
            Self::Look(body) => body.org,
            Self::Consent(body) => body.org,
            Self::Template(body) => body.org,
            Self::Activity(body) => body.org,
            Self::CheckIn(body) => body.org,
            Self::Log(body) => body.org,
            Self::Notice(body) => body.org,
            Self::Receipt(body) => body.org,
            Self::Study(body) => body.org,
            Self::Learning(body) => body.org,
            Self::Review(body) => body.org,
            Self::Paper(body) => body.org,
            Self::AnswerKey(body) => body.org,
            Self::Attempt(body) => body.org,
            Self::Grid(body) => body.org,
            Self::Household(body) => body.org,
            Self::Task(body) => body.org,
            Self::Routine(body) => body.org,
            Self::Shift(body) => body.org,
            Self::Report(body) => body.org,
        }
    }

    /// Whether it is part of what is kept about `member`: what lies in their own feed, and what they wrote themselves. `id` is the
    /// record's own id.
    pub fn is_about(&self, id: Id, member: Id) -> bool {
        let wrote = match self {
            Self::Log(body) => body.author == member,
            Self::Report(body) => body.author == member,
            _ => false,
        };
        wrote || self.feeds(id).contains(&Feed::member(member))
    }

    /// The feeds the record belongs to as it stands: a function of the body alone, so that phone, server and a rebuild
    /// cannot disagree. `id` is the record's own id.
    pub fn feeds(&self, id: Id) -> Vec<Feed> {
        let mut feeds = match self {
            Self::Org(body) => body.feeds(id),
            Self::Member(body) => body.feeds(id),
            Self::Appointment(body) => body.feeds(),
            Self::Transfer(body) => body.feeds(),
            Self::Look(body) => body.feeds(),
            Self::Consent(body) => body.feeds(),
            Self::Template(body) => body.feeds(),
            Self::Activity(body) => body.feeds(),
            Self::CheckIn(body) => body.feeds(),
            Self::Log(body) => body.feeds(),
            Self::Notice(body) => body.feeds(),
            Self::Receipt(body) => body.feeds(),
            Self::Study(body) => body.feeds(),
            Self::Learning(body) => body.feeds(),
            Self::Review(body) => body.feeds(),
            Self::Paper(body) => body.feeds(),
            Self::AnswerKey(body) => body.feeds(),
            Self::Attempt(body) => body.feeds(),
            Self::Grid(body) => body.feeds(id),
            Self::Household(body) => body.feeds(),
            Self::Task(body) => body.feeds(),
            Self::Routine(body) => body.feeds(),
            Self::Shift(body) => body.feeds(),
            Self::Report(body) => body.feeds(),
        };
        feeds.sort_unstable();
        feeds.dedup();
        feeds
    }
}

fn from_json<T: DeserializeOwned>(json: &[u8]) -> Result<T, serde_json::Error> {
    serde_json::from_slice(json)
}

fn to_json<T: Serialize>(body: &T) -> Vec<u8> {
    // Bodies are structs of strings, numbers and lists: serde_json cannot fail on them.
    serde_json::to_vec(body).unwrap_or_default()
}
