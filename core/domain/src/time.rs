//! Time: moments in UTC, and the zone in which people read them.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};
use serde::{Deserialize, Serialize};

/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

/// Milliseconds in a minute.
pub const MINUTE_MS: i64 = 60_000;
/// Milliseconds in an hour.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
/// Milliseconds in a day.
pub const DAY_MS: i64 = 24 * HOUR_MS;

impl Timestamp {
    /// From milliseconds since 1970-01-01T00:00:00Z.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// This moment moved by `millis`, held at the ends of the range.
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Milliseconds from `earlier` to this moment; negative where `earlier` is later.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// RFC 3339 in UTC, to the second.
    pub fn rfc3339(self) -> String {
        DateTime::<Utc>::from_timestamp_millis(self.0)
            .map_or_else(|| self.0.to_string(), |t| t.format("%Y-%m-%dT%H:%M:%SZ").to_string())
    }
}

/// The zone in which an org's people read the clock, as minutes east of UTC.
///
/// Whole of China keeps one zone with no summer time, so an offset is enough and needs no tables on the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Zone(i16);

impl Default for Zone {
    fn default() -> Self {
        Self::CHINA
    }
}

impl Zone {
    /// China Standard Time, UTC+08:00.
    pub const CHINA: Self = Self(480);

    /// A zone of so many minutes east of UTC; `None` beyond ±14 hours.
    pub const fn from_minutes(minutes: i16) -> Option<Self> {
        if minutes >= -840 && minutes <= 840 { Some(Self(minutes)) } else { None }
    }

    fn offset(self) -> FixedOffset {
        FixedOffset::east_opt(i32::from(self.0) * 60).unwrap_or_else(|| Utc.fix())
    }

    /// The calendar day on which `moment` falls here.
    pub fn date(self, moment: Timestamp) -> NaiveDate {
        self.local(moment).date_naive()
    }

    /// `moment` on the wall clock here.
    pub fn local(self, moment: Timestamp) -> DateTime<FixedOffset> {
        let utc = DateTime::<Utc>::from_timestamp_millis(moment.0).unwrap_or_default();
        utc.with_timezone(&self.offset())
    }

    /// The moment at which the wall clock here shows `date` and `time`.
    pub fn moment(self, date: NaiveDate, time: NaiveTime) -> Timestamp {
        let local = date.and_time(time);
        Timestamp(self.offset().from_local_datetime(&local).single().map_or(0, |t| t.timestamp_millis()))
    }

    /// The first moment of `date` here.
    pub fn start_of(self, date: NaiveDate) -> Timestamp {
        self.moment(date, NaiveTime::MIN)
    }

    /// `2026-11-24 19:30`, as people here write it.
    pub fn format(self, moment: Timestamp) -> String {
        self.local(moment).format("%Y-%m-%d %H:%M").to_string()
    }
}

use chrono::Offset as _;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_china_starts_at_sixteen_hundred_utc() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a date");
        let start = Zone::CHINA.start_of(date);
        assert_eq!(start.rfc3339(), "2026-11-23T16:00:00Z");
        assert_eq!(Zone::CHINA.date(start), date);
        assert_eq!(Zone::CHINA.date(start.plus_millis(-1)), date.pred_opt().expect("a date"));
    }
}
