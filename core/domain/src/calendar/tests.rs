use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::time::{DAY_MS, HOUR_MS};

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn moment(day: &str, hour: u32, minute: u32) -> Timestamp {
    Zone::CHINA.moment(date(day), NaiveTime::from_hms_opt(hour, minute, 0).expect("a time"))
}

/// The State Council's notice of 4 November 2025, item by item: the days off and the weekend days worked in 2026.
#[test]
fn the_year_2026_is_as_it_was_announced() {
    let china = Calendar::china();
    let off = [
        ("2026-01-01", 3),
        ("2026-02-15", 9),
        ("2026-04-04", 3),
        ("2026-05-01", 5),
        ("2026-06-19", 3),
        ("2026-09-25", 3),
        ("2026-10-01", 7),
    ];
    let off: BTreeSet<_> = off.iter().flat_map(|(from, days)| date(from).iter_days().take(*days)).collect();
    let worked = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"].map(date);
    for day in date("2026-01-01").iter_days().take(365) {
        let weekday = !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let want = worked.contains(&day) || (weekday && !off.contains(&day));
        assert_eq!(china.is_working_day(day), want, "{day}");
    }
    assert_eq!(china.day(date("2026-02-17")), Day { working: false, occasion: Some("春节"), known: true });
    assert_eq!(china.day(date("2026-10-10")), Day { working: true, occasion: Some("国庆节"), known: true });
}

#[test]
fn the_pack_says_where_each_year_comes_from() {
    let china = Calendar::china();
    let (first, last) = china.years().expect("the pack reads");
    assert!(first <= 2020 && last >= 2026);
    for year in first..=last {
        assert!(china.knows(year) && !china.sources(year).is_empty(), "{year}");
    }
    assert!(!china.made_from().is_empty());
}

#[test]
fn a_year_it_does_not_know_is_monday_to_friday_and_says_so() {
    let china = Calendar::china();
    assert!(!china.knows(2099));
    assert_eq!(china.day(date("2099-01-01")), Day { working: true, occasion: None, known: false });
    assert!(!china.is_working_day(date("2099-01-03")), "a Saturday");
}

#[test]
fn working_days_step_over_the_spring_festival_and_onto_the_saturday_worked_for_it() {
    let china = Calendar::china();
    assert_eq!(china.next_working_day(date("2026-02-13")), date("2026-02-14"));
    assert_eq!(china.next_working_day(date("2026-02-14")), date("2026-02-24"));
    assert_eq!(china.working_day_from(date("2026-02-14")), date("2026-02-14"));
    assert_eq!(china.working_day_from(date("2026-02-15")), date("2026-02-24"));
    assert_eq!(china.add_working_days(date("2026-02-13"), 7), date("2026-03-02"));
    assert_eq!(china.next_working_day(NaiveDate::MAX), NaiveDate::MAX);
}

#[test]
fn a_deadline_in_working_time_waits_for_the_office_to_open() {
    let (china, zone, hours) = (Calendar::china(), Zone::CHINA, OfficeHours::default());
    // Reported on the last evening before the festival: two hours count from 9:00 on the first day after it.
    let late = moment("2026-02-14", 20, 0);
    assert_eq!(china.add_working_ms(late, 2 * HOUR_MS, zone, hours), moment("2026-02-24", 11, 0));
    assert_eq!(china.working_ms_between(late, moment("2026-02-24", 11, 0), zone, hours), 2 * HOUR_MS);
    // Within one day, and over a night.
    assert_eq!(china.add_working_ms(moment("2026-03-03", 10, 0), HOUR_MS, zone, hours), moment("2026-03-03", 11, 0));
    assert_eq!(china.add_working_ms(moment("2026-03-03", 17, 0), HOUR_MS, zone, hours), moment("2026-03-04", 9, 30));
    assert_eq!(china.working_ms_between(moment("2026-03-07", 0, 0), moment("2026-03-09", 0, 0), zone, hours), 0, "a weekend");
    assert!(OfficeHours::new(NaiveTime::MIN, NaiveTime::MIN).is_none());
}

#[test]
fn moments_at_the_ends_of_time_do_no_harm() {
    let (china, zone, hours) = (Calendar::china(), Zone::CHINA, OfficeHours::default());
    let (first, last) = (Timestamp::from_millis(i64::MIN), Timestamp::from_millis(i64::MAX));
    assert!(china.working_ms_between(first, last, zone, hours) > 0);
    assert_eq!(china.working_ms_between(last, first, zone, hours), 0);
    assert_eq!(china.add_working_ms(first, i64::MAX, zone, hours), MOMENT_MAX);
    assert_eq!(china.add_working_ms(last, 0, zone, hours), last);
}

#[test]
fn a_bad_pack_is_refused_for_what_is_wrong_with_it() {
    let year = |off: &str, work: &str| {
        Calendar::parse(&format!(
            r#"{{"format":1,"made_from":"test","years":[{{"year":2027,"source":["a notice"],"off":[{off}],"work":[{work}]}}]}}"#
        ))
    };
    let off = |from: &str, to: &str| format!(r#"{{"name":"元旦","from":"{from}","to":"{to}"}}"#);
    let work = |date: &str| format!(r#"{{"name":"元旦","date":"{date}"}}"#);
    let good = year(&off("2027-01-01", "2027-01-03"), &work("2027-01-09")).expect("a good pack");
    assert!(good.knows(2027) && good.is_working_day(date("2027-01-09")) && !good.is_working_day(date("2027-01-01")));

    assert!(matches!(Calendar::parse("{"), Err(PackError::Json(_))));
    assert!(matches!(Calendar::parse(r#"{"format":2,"future":true}"#), Err(PackError::Format(2))));
    assert!(matches!(year(&off("2027-01-03", "2027-01-01"), ""), Err(PackError::Stretch { .. })));
    assert!(matches!(year(&off("2026-12-31", "2027-01-01"), ""), Err(PackError::Stretch { .. })));
    assert!(matches!(year(&off("2027-01-01", "2027-12-31"), ""), Err(PackError::Stretch { .. })));
    assert!(matches!(
        year(&[off("2027-01-01", "2027-01-03"), off("2027-01-03", "2027-01-03")].join(","), ""),
        Err(PackError::Twice(_))
    ));
    assert!(matches!(year(&off("2027-01-01", "2027-01-03"), &work("2027-01-02")), Err(PackError::Twice(_))));
    assert!(matches!(year("", &work("2027-01-04")), Err(PackError::NotAWeekend(_))));
    let month = |n: u32| off(&format!("2027-{n:02}-01"), &format!("2027-{n:02}-15"));
    assert!(matches!(year(&(1..=5).map(month).collect::<Vec<_>>().join(","), ""), Err(PackError::TooMany(2027))));
    let twice = r#"{"format":1,"made_from":"","years":[{"year":2027,"source":[],"off":[],"work":[]},{"year":2027,"source":[],"off":[],"work":[]}]}"#;
    assert!(matches!(Calendar::parse(twice), Err(PackError::Year(2027))));
}

prop_compose! {
    fn days()(offset in 0u64..4_000) -> NaiveDate {
        date("2019-06-01").checked_add_days(Days::new(offset)).expect("in range")
    }
}

prop_compose! {
    fn moments()(millis in 1_560_000_000_000i64..1_900_000_000_000) -> Timestamp {
        Timestamp::from_millis(millis)
    }
}

proptest! {
    #[test]
    fn adding_working_days_counts_exactly_that_many(day in days(), count in 0u16..60) {
        let china = Calendar::china();
        let end = china.add_working_days(day, count);
        let worked = day.iter_days().skip(1).take_while(|d| *d <= end).filter(|d| china.is_working_day(*d)).count();
        prop_assert_eq!(worked, usize::from(count));
        prop_assert!(count == 0 || china.is_working_day(end));
    }

    #[test]
    fn the_first_working_day_from_a_day_skips_none(day in days()) {
        let china = Calendar::china();
        let found = china.working_day_from(day);
        prop_assert!(china.is_working_day(found));
        prop_assert!(day.iter_days().take_while(|d| *d < found).all(|d| !china.is_working_day(d)));
        prop_assert!(found.signed_duration_since(day).num_days() < 12);
    }

    #[test]
    fn a_deadline_is_exactly_its_working_time_away(from in moments(), millis in 1i64..400 * HOUR_MS) {
        let (china, zone, hours) = (Calendar::china(), Zone::CHINA, OfficeHours::default());
        let due = china.add_working_ms(from, millis, zone, hours);
        prop_assert_eq!(china.working_ms_between(from, due, zone, hours), millis);
        prop_assert_eq!(china.working_ms_between(from, due.plus_millis(-1), zone, hours), millis - 1, "and not a moment sooner");
    }

    #[test]
    fn working_time_adds_up_and_never_exceeds_the_clock(a in moments(), b in 0i64..90 * DAY_MS, c in 0i64..90 * DAY_MS, zone in -840i16..=840) {
        let (china, hours) = (Calendar::china(), OfficeHours::default());
        let zone = Zone::from_minutes(zone).expect("in range");
        let (b, c) = (a.plus_millis(b), a.plus_millis(b).plus_millis(c));
        let (ab, bc) = (china.working_ms_between(a, b, zone, hours), china.working_ms_between(b, c, zone, hours));
        prop_assert_eq!(ab + bc, china.working_ms_between(a, c, zone, hours));
        prop_assert!(0 <= ab && ab <= b.since(a));
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,200}") {
        let _ = Calendar::parse(&text);
    }
}
