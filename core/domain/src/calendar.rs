//! The Chinese working calendar: which days are worked.
//!
//! Each November the State Council says which days of the next year are holidays and which weekend days are worked in
//! exchange (调休). That is data, not a rule: a pack, `data/calendar-cn.json`, written by `scripts/calendar-pack` and built
//! in as [`Calendar::china`]; a newer one can be read by [`Calendar::parse`]. For years the pack does not speak of, Monday
//! to Friday are worked, and [`Calendar::knows`] says so.

mod pack;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{Datelike as _, Days, NaiveDate, NaiveTime, Weekday};

pub use pack::PackError;

use crate::time::{Timestamp, Zone};

/// The days worked, year by year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    made_from: String,
    years: BTreeMap<i32, Year>,
}

/// What was announced for one year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Year {
    source: Vec<String>,
    /// Days off and the holiday they belong to. A weekend inside a holiday is among them.
    off: BTreeMap<NaiveDate, String>,
    /// Weekend days that are worked, and the holiday they are worked for.
    work: BTreeMap<NaiveDate, String>,
}

/// One day of a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day<'a> {
    /// Whether it is worked.
    pub working: bool,
    /// The holiday it belongs to, or is worked for: 春节, 国庆节.
    pub occasion: Option<&'a str>,
    /// Whether the calendar knows its year; if not, it is worked because it falls on Monday to Friday.
    pub known: bool,
}

/// The part of a working day in which an office is open, on the wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfficeHours {
    opens: NaiveTime,
    closes: NaiveTime,
}

impl OfficeHours {
    /// From `opens` to `closes` of the same day; `None` unless it opens before it closes.
    pub fn new(opens: NaiveTime, closes: NaiveTime) -> Option<Self> {
        (opens < closes).then_some(Self { opens, closes })
    }
}

impl Default for OfficeHours {
    /// 9:00 to 17:30, with no break: a case does not wait for lunch.
    fn default() -> Self {
        let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
        Self { opens: time(9, 0), closes: time(17, 30) }
    }
}

/// No stretch of days off is longer: two whole years' allowance of holidays (see the pack's limits) with their weekends.
const SEARCH_DAYS_MAX: u64 = 400;

/// Moments outside the years 1970 to 2199 count as the nearest end of these.
const MOMENT_MAX: Timestamp = Timestamp::from_millis(7_258_118_400_000);

impl Calendar {
    /// The pack that is built in.
    pub fn china() -> &'static Self {
        static CHINA: OnceLock<Calendar> = OnceLock::new();
        // A test reads the pack; were it bad all the same, Monday to Friday is better than no calendar.
        CHINA.get_or_init(|| Self::parse(include_str!("../data/calendar-cn.json")).unwrap_or_default())
    }

    /// Reads a pack, as `scripts/calendar-pack` writes it.
    pub fn parse(json: &str) -> Result<Self, PackError> {
        pack::parse(json)
    }

    /// What the pack was made from.
    pub fn made_from(&self) -> &str {
        &self.made_from
    }

    /// Whether the holidays of `year` are known. Where not, Monday to Friday are taken to be worked.
    pub fn knows(&self, year: i32) -> bool {
        self.years.contains_key(&year)
    }

    /// The first and last year known.
    pub fn years(&self) -> Option<(i32, i32)> {
        Some((*self.years.first_key_value()?.0, *self.years.last_key_value()?.0))
    }

    /// The titles of the announcements for `year`; empty where it is not known.
    pub fn sources(&self, year: i32) -> &[String] {
        self.years.get(&year).map_or(&[], |year| &year.source)
    }

    /// One day, with the holiday it belongs to.
    pub fn day(&self, date: NaiveDate) -> Day<'_> {
        let weekday = !matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        let Some(year) = self.years.get(&date.year()) else {
            return Day { working: weekday, occasion: None, known: false };
        };
        if let Some(name) = year.work.get(&date) {
            return Day { working: true, occasion: Some(name), known: true };
        }
        match year.off.get(&date) {
            Some(name) => Day { working: false, occasion: Some(name), known: true },
            None => Day { working: weekday, occasion: None, known: true },
        }
    }

    /// Whether `date` is worked.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        self.day(date).working
    }

    /// `date` itself if it is worked, or the first day after it that is.
    pub fn working_day_from(&self, date: NaiveDate) -> NaiveDate {
        date.iter_days().take(SEARCH_DAYS_MAX as usize).find(|day| self.is_working_day(*day)).unwrap_or(date)
    }

    /// The first working day after `date`.
    pub fn next_working_day(&self, date: NaiveDate) -> NaiveDate {
        date.checked_add_days(Days::new(1)).map_or(date, |next| self.working_day_from(next))
    }

    /// The working day that is `days` working days after `date`; `date` itself for 0.
    pub fn add_working_days(&self, date: NaiveDate, days: u16) -> NaiveDate {
        (0..days).fold(date, |day, _| self.next_working_day(day))
    }

    /// Milliseconds of working time between two moments, where an office keeps `hours` in `zone`; 0 if `to` is not later.
    pub fn working_ms_between(&self, from: Timestamp, to: Timestamp, zone: Zone, hours: OfficeHours) -> i64 {
        let (from, to) = (bounded(from), bounded(to));
        self.openings(from, zone, hours)
            .take_while(|(opens, _)| *opens < to)
            .map(|(opens, closes)| closes.min(to).since(opens))
            .sum()
    }

    /// The moment at which `millis` of working time have passed since `from`: a deadline "in working time".
    ///
    /// `from` itself where `millis` is not positive; the end of the year 2199 where it would be later.
    pub fn add_working_ms(&self, from: Timestamp, millis: i64, zone: Zone, hours: OfficeHours) -> Timestamp {
        if millis <= 0 {
            return from;
        }
        let mut left = millis;
        for (opens, closes) in self.openings(bounded(from), zone, hours) {
            let open = closes.since(opens);
            if left <= open {
                return opens.plus_millis(left);
            }
            left -= open;
        }
        MOMENT_MAX
    }

    /// The stretches of working time from `from` on, the first one cut at `from`, until the last moment that counts.
    fn openings(&self, from: Timestamp, zone: Zone, hours: OfficeHours) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        zone.date(from)
            .iter_days()
            .filter(|day| self.is_working_day(*day))
            .map(move |day| (zone.moment(day, hours.opens).max(from), zone.moment(day, hours.closes)))
            .filter(|(opens, closes)| opens < closes)
            .take_while(|(opens, _)| *opens < MOMENT_MAX)
    }
}

fn bounded(moment: Timestamp) -> Timestamp {
    moment.clamp(Timestamp::from_millis(0), MOMENT_MAX)
}

#[cfg(test)]
mod tests;
