//! The first sync of a phone.

use std::path::Path;
use std::time::Duration;

use crate::floor;
use crate::report::{Measured, median, timed};
use crate::stage::{self, KEY, Stage};

const RUNS: usize = 3;
/// What a first sync writes.
const TABLES: [&str; 4] = ["record", "membership", "feed", "shard"];

/// From the call of sync until it returns, over HTTP from a server in the same process. Floor: the rows that are then in the phone's
/// database, put into the same tables with the same indices, settings and key in one transaction.
pub fn measure(stage: &Stage) -> Measured {
    let town = stage.town();
    let (mut syncs, mut floors) = (vec![], vec![]);
    let mut last = None;
    for _ in 0..RUNS {
        let (phone, folder) = stage.new_phone(town);
        let (took, ()) = timed(|| stage.run(stage::sync(&phone)));
        syncs.push(took);
        floors.push(bare(&folder));
        last = Some((phone, folder));
    }
    if let Some(phone) = last {
        stage.keep(phone);
    }
    Measured::ms(median(syncs), median(floors))
}

fn bare(folder: &Path) -> Duration {
    floor::reinsert(&stage::database(folder), Some(&KEY), &TABLES, 0)
}
