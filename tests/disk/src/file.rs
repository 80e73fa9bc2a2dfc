//! What a file may hold after a power cut: for each sector the versions since the last sync.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;

use crate::Chance;

/// Bytes that a disk writes whole or not at all.
pub(crate) const SECTOR: u64 = 512;

/// The sectors and lengths of a file that no sync has made durable.
pub(crate) struct Unsynced {
    /// By number: what was durable (empty where the file did not reach so far), then each version since.
    sectors: BTreeMap<u64, Vec<Vec<u8>>>,
    /// The durable length, then each one since.
    lengths: Vec<u64>,
}

impl Unsynced {
    /// Of a file whose durable length is `length`.
    pub(crate) fn new(length: u64) -> Self {
        Self { sectors: BTreeMap::new(), lengths: vec![length] }
    }

    /// Notes the sectors about to be written as they are, by `read(offset)`, which gives up to one sector.
    pub(crate) fn before(&mut self, at: u64, length: u64, mut read: impl FnMut(u64) -> Vec<u8>) {
        for number in at / SECTOR..(at + length).div_ceil(SECTOR) {
            self.sectors.entry(number).or_insert_with(|| vec![read(number * SECTOR)]);
        }
    }

    /// Notes the sectors that were written as they are now.
    pub(crate) fn after(&mut self, at: u64, length: u64, mut read: impl FnMut(u64) -> Vec<u8>) {
        for number in at / SECTOR..(at + length).div_ceil(SECTOR) {
            if let Some(versions) = self.sectors.get_mut(&number) {
                versions.push(read(number * SECTOR));
            }
        }
    }

    /// Notes that the file is so long now.
    pub(crate) fn long(&mut self, length: u64) {
        if self.lengths.last() != Some(&length) {
            self.lengths.push(length);
        }
    }

    /// Leaves in the file what chance decides that the disk had got; how many sectors are not the newest.
    pub(crate) fn settle(self, path: &Path, chance: &mut Chance) -> u64 {
        let Ok(mut file) = OpenOptions::new().write(true).open(path) else { return 0 };
        let mut lost = 0;
        // Often a cut comes right after a write, so that all is lost or all is there; and often in the middle.
        let mood = chance.below(3);
        let mut pick = |count: usize| match mood {
            0 => 0,
            1 => count - 1,
            _ => chance.below(count),
        };
        let length = self.lengths[pick(self.lengths.len())];
        for (number, versions) in &self.sectors {
            let chosen = pick(versions.len());
            lost += u64::from(chosen + 1 < versions.len());
            let mut bytes = versions[chosen].clone();
            bytes.resize(SECTOR as usize, 0);
            file.seek(SeekFrom::Start(number * SECTOR)).and_then(|_| file.write_all(&bytes)).expect("writes");
        }
        file.set_len(length).expect("sets the length");
        lost
    }
}
