use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn routine(every: Every, first: &str) -> Routine {
    Routine {
        org: Id::NIL,
        grid: Id::NIL,
        kind: TaskKind::Patrol,
        title: "巡查".into(),
        place: String::new(),
        household: None,
        assignee: None,
        note: None,
        every,
        working_days_only: false,
        first: day(first),
        until: None,
        opens: NaiveTime::from_hms_opt(9, 0, 0).expect("a time"),
        closes: NaiveTime::from_hms_opt(11, 30, 0).expect("a time"),
        planned: 0,
        state: RoutineState::Running,
        author: Id::NIL,
        from_org: false,
        reason: None,
    }
}

/// The first days on which a routine falls.
fn days(routine: &Routine, count: usize) -> Vec<String> {
    let mut number = 0;
    let next = std::iter::from_fn(|| {
        let next = routine.next(number, Calendar::china())?;
        number = next.number + 1;
        Some(next.date.to_string())
    });
    next.take(count).collect()
}

#[test]
fn days_weeks_and_months_fall_where_people_expect_them() {
    assert_eq!(days(&routine(Every::Days(2), "2026-03-01"), 3), ["2026-03-01", "2026-03-03", "2026-03-05"]);
    // From a Wednesday, on Mondays and Thursdays of every second week.
    let weeks = Every::Weeks { n: 2, weekdays: vec![4, 1] };
    assert_eq!(days(&routine(weeks, "2026-03-04"), 4), ["2026-03-05", "2026-03-16", "2026-03-19", "2026-03-30"]);
    // The last day of the month, where it has no 31st.
    let months = Every::Months { n: 1, day: 31 };
    assert_eq!(days(&routine(months, "2027-01-15"), 4), ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]);
    let quarters = Every::Months { n: 3, day: 5 };
    assert_eq!(days(&routine(quarters, "2027-01-06"), 2), ["2027-04-05", "2027-07-05"]);
}

#[test]
fn on_working_days_it_moves_past_the_holiday_and_is_not_done_twice_there() {
    let working = |every, first| Routine { working_days_only: true, ..routine(every, first) };
    // Daily over the Spring Festival of 2026: the Saturday before is worked, nine days are not.
    assert_eq!(days(&working(Every::Days(1), "2026-02-13"), 4), ["2026-02-13", "2026-02-14", "2026-02-24", "2026-02-25"]);
    // Every 1 October: moved to the 8th.
    assert_eq!(days(&working(Every::Months { n: 12, day: 1 }, "2026-10-01"), 1), ["2026-10-08"]);
    // The last occurrence within the term still takes place after it.
    let last = Routine { until: Some(day("2026-02-20")), ..working(Every::Days(1), "2026-02-14") };
    assert_eq!(days(&last, 9), ["2026-02-14", "2026-02-24"]);
}

#[test]
fn a_term_ends_it() {
    let three = Routine { until: Some(day("2026-03-03")), ..routine(Every::Days(1), "2026-03-01") };
    assert_eq!(days(&three, 9).len(), 3);
    assert_eq!(days(&routine(Every::Days(1), "2026-03-01"), 20_000).len(), OCCURRENCES_MAX as usize);
}

#[test]
fn a_window_past_midnight_closes_on_the_next_day() {
    let night = Routine { closes: NaiveTime::from_hms_opt(2, 0, 0).expect("a time"), ..routine(Every::Days(1), "2026-03-01") };
    let task = night.task(Id::NIL, day("2026-03-01"), Zone::CHINA);
    assert_eq!(Zone::CHINA.format(task.from), "2026-03-01 09:00");
    assert_eq!(Zone::CHINA.format(task.due), "2026-03-02 02:00");
}

#[test]
fn what_can_never_be_is_refused() {
    let weeks = |n, weekdays: &[u8]| Every::Weeks { n, weekdays: weekdays.to_vec() };
    let bad = [
        Every::Days(0),
        Every::Days(367),
        weeks(0, &[1]),
        weeks(1, &[]),
        weeks(1, &[0]),
        weeks(1, &[8]),
        weeks(1, &[1; 8]),
        Every::Months { n: 0, day: 1 },
        Every::Months { n: 1, day: 0 },
        Every::Months { n: 1, day: 32 },
    ];
    for every in bad {
        assert!(every.check().is_err(), "{every:?}");
    }
}

/// Any rule that `check` lets through.
pub(crate) fn every() -> impl Strategy<Value = Every> {
    prop_oneof![
        (1u16..=366).prop_map(Every::Days),
        (1u16..=53, prop::collection::vec(1u8..=7, 1..=7)).prop_map(|(n, weekdays)| Every::Weeks { n, weekdays }),
        (1u16..=24, 1u8..=31).prop_map(|(n, day)| Every::Months { n, day }),
    ]
}

proptest! {
    /// Occurrences come one after the other, never two on one day, none before the first, and on working days if so asked.
    #[test]
    fn occurrences_are_in_order(every in every(), first in 0u64..3_000, working: bool, term in prop::option::of(0u64..900)) {
        prop_assert!(every.check().is_ok());
        let first = day("2020-01-01").checked_add_days(Days::new(first)).expect("in range");
        let until = term.and_then(|days| first.checked_add_days(Days::new(days)));
        let routine = Routine { working_days_only: working, first, until, ..routine(every, "2020-01-01") };
        let (mut number, mut last) = (0, None);
        for _ in 0..40 {
            let Some(next) = routine.next(number, Calendar::china()) else { break };
            prop_assert!(next.number >= number && next.date >= first);
            prop_assert!(last.is_none_or(|last| last < next.date));
            prop_assert!(!working || Calendar::china().is_working_day(next.date));
            prop_assert!(working || until.is_none_or(|until| next.date <= until));
            (number, last) = (next.number + 1, Some(next.date));
        }
    }

    /// Rules nobody checked, as a newer or broken program might send, do not panic.
    #[test]
    fn no_rule_panics(n: u16, weekdays in prop::collection::vec(any::<u8>(), 0..9), day: u8, number: u32, offset in 0u64..90_000_000) {
        let first = NaiveDate::MIN.checked_add_days(Days::new(offset)).expect("in range");
        for every in [Every::Days(n), Every::Weeks { n, weekdays }, Every::Months { n, day }] {
            let _ = (every.check(), every.date(first, number), every.date(NaiveDate::MAX, number));
        }
    }
}
