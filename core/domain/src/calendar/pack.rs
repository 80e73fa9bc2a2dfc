//! The pack's JSON, and what makes one bad.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate, Weekday};
use serde::Deserialize;

use super::{Calendar, Year};

/// The format this code reads.
const FORMAT: u32 = 1;
/// Years in a pack.
const YEARS_MAX: usize = 200;
/// The longest holiday, in days. The longest there was had ten.
const STRETCH_DAYS_MAX: usize = 16;
/// Days off in one year, weekends inside holidays included. The most there were is 33.
const OFF_DAYS_MAX: usize = 60;
/// Weekend days worked in one year.
const WORK_DAYS_MAX: usize = 30;

/// Why a pack cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// It is not JSON of the pack's shape.
    #[error("not a calendar pack: {0}")]
    Json(#[from] serde_json::Error),
    /// It was written for another version of this code.
    #[error("a calendar pack of format {0}, where format {FORMAT} can be read")]
    Format(u32),
    /// A year stands twice in it, or it has too many.
    #[error("the year {0} stands twice in the calendar pack, or is one too many")]
    Year(i32),
    /// A day lies outside its year, its stretch ends before it begins or is too long.
    #[error("days off from {from} to {to} under the year {year}")]
    Stretch {
        /// The year it stands under.
        year: i32,
        /// The first day off.
        from: NaiveDate,
        /// The last day off.
        to: NaiveDate,
    },
    /// A day stands twice, or is both off and worked.
    #[error("{0} stands twice in the calendar pack")]
    Twice(NaiveDate),
    /// A day is said to be worked that lies in another year or is no weekend day and would be worked anyhow.
    #[error("{0} is said to be worked, but is no weekend day of its year")]
    NotAWeekend(NaiveDate),
    /// More days off, or more weekend days worked, than a year can have.
    #[error("the year {0} has too many days in the calendar pack")]
    TooMany(i32),
}

#[derive(Deserialize)]
struct Pack {
    made_from: String,
    years: Vec<PackYear>,
}

#[derive(Deserialize)]
struct PackYear {
    year: i32,
    source: Vec<String>,
    off: Vec<Stretch>,
    work: Vec<Worked>,
}

#[derive(Deserialize)]
struct Stretch {
    name: String,
    from: NaiveDate,
    to: NaiveDate,
}

#[derive(Deserialize)]
struct Worked {
    date: NaiveDate,
    name: String,
}

pub(super) fn parse(json: &str) -> Result<Calendar, PackError> {
    // The format comes first, so that a pack of a later one is called that and not merely unreadable.
    #[derive(Deserialize)]
    struct Head {
        format: u32,
    }
    let Head { format } = serde_json::from_str(json)?;
    if format != FORMAT {
        return Err(PackError::Format(format));
    }
    let pack: Pack = serde_json::from_str(json)?;
    let mut years = BTreeMap::new();
    for year in pack.years {
        let number = year.year;
        if years.len() >= YEARS_MAX || years.insert(number, read(year)?).is_some() {
            return Err(PackError::Year(number));
        }
    }
    Ok(Calendar { made_from: pack.made_from, years })
}

fn read(pack: PackYear) -> Result<Year, PackError> {
    let number = pack.year;
    let mut year = Year { source: pack.source, ..Year::default() };
    for Stretch { name, from, to } in pack.off {
        if from.year() != number || to.year() != number || from > to {
            return Err(PackError::Stretch { year: number, from, to });
        }
        for (n, day) in from.iter_days().take_while(|day| *day <= to).enumerate() {
            if n >= STRETCH_DAYS_MAX {
                return Err(PackError::Stretch { year: number, from, to });
            }
            if year.off.insert(day, name.clone()).is_some() {
                return Err(PackError::Twice(day));
            }
        }
    }
    for Worked { date, name } in pack.work {
        if date.year() != number || !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
            return Err(PackError::NotAWeekend(date));
        }
        if year.off.contains_key(&date) || year.work.insert(date, name).is_some() {
            return Err(PackError::Twice(date));
        }
    }
    if year.off.len() > OFF_DAYS_MAX || year.work.len() > WORK_DAYS_MAX {
        return Err(PackError::TooMany(number));
    }
    Ok(year)
}
