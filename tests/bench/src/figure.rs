//! The figures.

mod check_in;
mod first_sync;
mod lists;
pub mod memory;
mod open;
pub mod upload;
mod wire;

use crate::report::Measured;
use crate::stage::Stage;

/// A name, and how it is measured.
type Figure = (&'static str, fn(&Stage) -> Measured);

/// Every figure with its name, in the order in which they are measured: what needs a phone that has synced comes after the sync.
pub const FIGURES: [Figure; 9] = [
    ("first_sync_100k", first_sync::measure),
    ("day_list_100k", lists::day),
    ("home_100k", lists::home),
    ("name_search_10k", lists::names),
    ("open_100k", open::measure),
    ("checkin_durable", check_in::measure),
    ("wire_bytes", wire::measure),
    ("upload_10k", upload::measure),
    ("first_sync_100k_rss", memory::measure),
];
