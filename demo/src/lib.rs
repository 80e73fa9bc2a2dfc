//! The demo city: 苏州市 with its real divisions and made-up people, at any scale, out of one seed.
//!
//! Nearly all records are made by having the city's people do real commands, judged by [`haitang_domain::decide()`], so that
//! the city cannot hold what the rules would not let anyone enter. [`City::parts`] gives them piece by piece: what is in
//! memory at once does not grow with the number of members.

#![deny(missing_docs)]

mod branch;
pub mod cast;
pub mod city;
pub mod content;
pub mod divisions;
pub mod draw;
mod grid;
pub mod pen;
mod people;

pub use cast::Cast;
pub use city::{City, CityError, Options};
