//! Feeds: the unit of replication and of access.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::id::Id;

/// What a feed is the feed of. The numbers travel and are stored; they never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Scope {
    /// What belongs to one member alone.
    Member = 1,
    /// The working records of one org.
    Org = 2,
    /// Households, tasks and cases of one grid.
    Grid = 3,
    /// What waits for a decision by an org.
    Inbox = 4,
    /// What an org publishes to everyone below it.
    Down = 5,
}

impl Scope {
    const ALL: [(Self, &'static str); 5] =
        [(Self::Member, "member"), (Self::Org, "org"), (Self::Grid, "grid"), (Self::Inbox, "inbox"), (Self::Down, "down")];

    /// From the number that travels.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.iter().map(|(scope, _)| *scope).find(|scope| *scope as u8 == number)
    }

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(scope, _)| *scope == self).map_or("", |(_, name)| name)
    }
}

/// One feed, written `org/<id>`. Seventeen bytes when stored or sent: the scope, then the id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Feed {
    /// What it is the feed of.
    pub scope: Scope,
    /// The member, org or grid.
    pub id: Id,
}

impl Feed {
    /// The feed of one member.
    pub fn member(id: Id) -> Self {
        Self { scope: Scope::Member, id }
    }

    /// The working feed of one org.
    pub fn org(id: Id) -> Self {
        Self { scope: Scope::Org, id }
    }

    /// The feed of one grid.
    pub fn grid(id: Id) -> Self {
        Self { scope: Scope::Grid, id }
    }

    /// The inbox of one org.
    pub fn inbox(id: Id) -> Self {
        Self { scope: Scope::Inbox, id }
    }

    /// What one org publishes downwards.
    pub fn down(id: Id) -> Self {
        Self { scope: Scope::Down, id }
    }

    /// The seventeen bytes stored and sent.
    pub fn bytes(&self) -> [u8; 17] {
        let mut bytes = [0; 17];
        bytes[0] = self.scope as u8;
        bytes[1..].copy_from_slice(self.id.bytes());
        bytes
    }

    /// From the seventeen bytes stored and sent.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        let (scope, id) = bytes.split_first()?;
        Some(Self { scope: Scope::from_number(*scope)?, id: Id::from_slice(id)? })
    }
}

impl fmt::Display for Feed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.scope.name(), self.id)
    }
}

impl fmt::Debug for Feed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that names no feed.
#[derive(Debug, thiserror::Error)]
#[error("not a feed: {0}")]
pub struct NotAFeed(String);

impl FromStr for Feed {
    type Err = NotAFeed;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed = text.split_once('/').and_then(|(scope, id)| {
            let scope = Scope::ALL.iter().find(|(_, name)| *name == scope)?.0;
            Some(Self { scope, id: id.parse().ok()? })
        });
        parsed.ok_or_else(|| NotAFeed(text.to_owned()))
    }
}

impl Serialize for Feed {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Feed {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_bytes_lead_back_to_the_feed() {
        for make in [Feed::member, Feed::org, Feed::grid, Feed::inbox, Feed::down] {
            let feed = make(Id::derived("test", Id::NIL, b"x"));
            assert_eq!(feed.to_string().parse::<Feed>().expect("parses"), feed);
            assert_eq!(Feed::from_slice(&feed.bytes()), Some(feed));
        }
        assert!("org/x".parse::<Feed>().is_err());
        assert!(Feed::from_slice(&[9; 17]).is_none());
    }
}
