//! Which pending commands touched which records, and so belong together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use haitang_domain::{Body, Id, Key, Kind, Write};
use rusqlite::Connection;

use crate::error::Error;
use crate::lens::appointments_of;
use crate::record;

/// The records a command read (`false`) and wrote (`true`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Touched(pub BTreeMap<Key, bool>);

impl Touched {
    pub fn of(asked: BTreeSet<Key>, writes: &[Write]) -> Self {
        let mut touched: BTreeMap<_, _> = asked.into_iter().map(|key| (key, false)).collect();
        for write in writes {
            touched.insert(write.key, true);
            if let Body::Appointment(held) = &write.body {
                touched.insert(appointments_of(held.member), true);
            }
        }
        Self(touched)
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|(key, wrote)| [u8::from(*wrote), key.kind as u8].into_iter().chain(*key.id.bytes())).collect()
    }

    pub fn from_bytes(bytes: &[u8]) -> Self {
        let read = |entry: &[u8; 18]| {
            let key = Key::new(Kind::from_number(entry[1])?, Id::from_slice(&entry[2..])?);
            Some((key, entry[0] == 1))
        };
        Self(bytes.as_chunks::<18>().0.iter().filter_map(read).collect())
    }

    pub fn written(&self) -> impl Iterator<Item = Key> {
        self.0.iter().filter(|(_, wrote)| **wrote).map(|(key, _)| *key)
    }
}

/// A pending command, as far as others may depend on it.
pub(crate) struct Node {
    /// The records it read and wrote when it was last judged.
    pub touched: Touched,
    /// The record it is addressed to; `None` where its kind is of a newer version.
    pub target: Option<Key>,
    /// The version of its shard after it, once the server accepted it.
    pub accepted: Option<i64>,
}

/// Every pending command with what it touched.
#[derive(Default)]
pub(crate) struct Graph {
    commands: BTreeMap<i64, Node>,
    by_key: HashMap<Key, Touchers>,
}

/// The commands that touched one record. Those that wrote it are listed apart: thousands may have read the same org and member,
/// and reading alone ties none of them to another.
#[derive(Default)]
struct Touchers {
    all: BTreeSet<i64>,
    writers: BTreeSet<i64>,
}

impl Graph {
    pub fn load(db: &Connection) -> Result<Self, Error> {
        let mut graph = Self::default();
        let mut statement = db.prepare_cached(include_str!("../outbox/touched.sql"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let touched = Touched::from_bytes(row.get_ref(3)?.as_bytes().map_err(rusqlite::Error::from)?);
            let target = record::key_of(row.get(1)?, row.get(2)?);
            graph.insert(row.get(0)?, Node { touched, target, accepted: row.get(4)? });
        }
        Ok(graph)
    }

    pub fn insert(&mut self, seq: i64, node: Node) {
        for (key, wrote) in &node.touched.0 {
            let touchers = self.by_key.entry(*key).or_default();
            touchers.all.insert(seq);
            if *wrote {
                touchers.writers.insert(seq);
            }
        }
        self.commands.insert(seq, node);
    }

    pub fn remove(&mut self, seq: i64) -> Option<Node> {
        let node = self.commands.remove(&seq)?;
        for key in node.touched.0.keys() {
            if let Some(touchers) = self.by_key.get_mut(key) {
                touchers.all.remove(&seq);
                touchers.writers.remove(&seq);
                if touchers.all.is_empty() {
                    self.by_key.remove(key);
                }
            }
        }
        Some(node)
    }

    /// Notes what a command touched when it was judged again.
    pub fn set_touched(&mut self, seq: i64, touched: Touched) {
        if let Some(node) = self.remove(seq) {
            self.insert(seq, Node { touched, ..node });
        }
    }

    pub fn get(&self, seq: i64) -> Option<&Node> {
        self.commands.get(&seq)
    }

    pub fn iter(&self) -> impl Iterator<Item = (i64, &Node)> {
        self.commands.iter().map(|(seq, node)| (*seq, node))
    }

    pub fn touches(&self, key: Key) -> bool {
        self.by_key.contains_key(&key)
    }

    /// The commands that read or wrote a record.
    pub fn touching(&self, key: Key) -> impl Iterator<Item = i64> {
        self.by_key.get(&key).into_iter().flat_map(|touchers| &touchers.all).copied()
    }

    /// Commands that belong together with one that touched these.
    pub fn related<'a>(&'a self, touched: &'a Touched) -> impl Iterator<Item = i64> + 'a {
        touched.0.iter().flat_map(|(key, wrote)| {
            let touchers = self.by_key.get(key).into_iter();
            touchers.flat_map(|touchers| if *wrote { &touchers.all } else { &touchers.writers }).copied()
        })
    }

    pub fn closure(&self, seeds: BTreeSet<i64>) -> BTreeSet<i64> {
        let mut todo: Vec<_> = seeds.iter().copied().collect();
        let mut all = seeds;
        while let Some(seq) = todo.pop() {
            for other in self.commands.get(&seq).into_iter().flat_map(|node| self.related(&node.touched)) {
                if all.insert(other) {
                    todo.push(other);
                }
            }
        }
        all
    }
}

/// The graph of the outbox, read when it is first asked for and kept from one page of a pull to the next. Whatever else writes
/// drops it.
#[derive(Default)]
pub(crate) struct Pending(Option<Graph>);

impl Pending {
    pub fn graph(&mut self, db: &Connection) -> Result<&mut Graph, Error> {
        Ok(match &mut self.0 {
            Some(graph) => graph,
            none => none.insert(Graph::load(db)?),
        })
    }
}
