use std::collections::BTreeSet;

use haitang_domain::activity::{Activity, ActivityState, LogState};
use haitang_domain::directory::{Appointment, Role, Transfer, TransferState};
use haitang_domain::notice::{Notice, NoticeState};
use haitang_domain::study::{Item, Learning, Section, Study, StudyState};
use haitang_domain::task::{ShiftState, Task, TaskState};

use crate::testing::*;

#[test]
fn before_the_first_sync_there_is_a_name_and_nothing_else() {
    let page = Town::empty(CAI).phone.home().expect("opens");
    assert!(page.first_sync && page.org.is_empty() && page.tasks.is_empty() && page.roles.is_empty());
    assert_eq!(page.name, "还没同步");
}

#[test]
fn todays_work_is_counted_once_and_what_is_late_comes_first() {
    let mut town = Town::of(CAI);
    let offered = |due| Task { state: TaskState::HandedOver, offered_to: Some(id(CAI)), ..task(due, None) };
    let records = [task(-1, Some(CAI)), task(3, None), offered(5), task(DAY, Some(CAI)), task(1, Some(DU))];
    for (n, task) in (100u8..).zip(records) {
        town.put(id(n), task);
    }
    let page = town.phone.home().expect("opens");
    assert_eq!((page.tasks_due, page.tasks_late, page.offers), (3, 1, 1), "one is the grid's and offered to me");
    assert_eq!(page.tasks.iter().map(|task| task.id).collect::<Vec<_>>(), [id(100), id(101), id(102)]);
    assert!(!page.first_sync && page.tasks[2].offered_to_me);
    assert_eq!((page.name.as_str(), page.org.as_str(), page.roles), ("蔡敏", "org 4", vec![Role::GridWorker]));
    for n in 0..110 {
        town.put(numbered(1, n), task(2, None));
    }
    let page = town.phone.home().expect("opens");
    assert_eq!((page.tasks_due, page.tasks.len()), (100, 5), "more than 99 are not counted on");
}

#[test]
fn activities_are_those_of_today_those_under_way_and_the_next_three() {
    let mut town = Town::of(EWA);
    let records = [
        activity(-3),
        activity(5),
        Activity { check_in_open: true, ..activity(-20) },
        activity(-20),
        Activity { state: ActivityState::Cancelled, ..activity(4) },
        Activity { org: id(2), ..activity(3) },
        activity(DAY),
        activity(2 * DAY),
        activity(3 * DAY),
        activity(4 * DAY),
    ];
    for (n, activity) in (60u8..).zip(records) {
        town.put(id(n), activity);
    }
    let ids = |found: Vec<crate::activity::ActivityItem>| found.into_iter().map(|item| item.id).collect::<Vec<_>>();
    assert_eq!(ids(town.phone.home().expect("opens").activities), [62, 60, 61, 66, 67, 68].map(id));
    assert_eq!(ids(town.phone.calendar(hours(-3), hours(DAY)).expect("lists")), [60, 64, 61].map(id), "without the last moment");
    assert_eq!(ids(town.phone.activities(None).expect("lists")).len(), 9, "not those of another org");
}

#[test]
fn what_waits_for_a_decision_or_was_sent_back_is_counted() {
    let mut town = Town::of(ANNA);
    town.put(id(70), log(CAI, LogState::Submitted, -3));
    town.put(id(71), log(ANNA, LogState::Returned, -3));
    town.put(id(72), log(CAI, LogState::Returned, -3));
    let transfer = Transfer {
        member: id(EWA),
        from: id(2),
        to: id(BRANCH),
        reason: "搬家".into(),
        state: TransferState::Requested,
        requested: hours(-1),
        decided: None,
        answer: String::new(),
    };
    town.put(id(73), transfer);
    let page = town.phone.home().expect("opens");
    assert_eq!((page.approvals, page.returned_logs, page.offers), (1, 1, 1));
}

#[test]
fn shifts_are_mine_and_touch_today() {
    let mut town = Town::of(CAI);
    let mut over = shift(-4, CAI);
    over.state = ShiftState::Ended;
    let mut offered = shift(2, DU);
    (offered.state, offered.handover_to) = (ShiftState::Offered, Some(id(CAI)));
    for (n, shift) in (110u8..).zip([shift(-14, CAI), shift(1, CAI), shift(DAY, CAI), over, shift(1, DU), offered]) {
        town.put(id(n), shift);
    }
    let page = town.phone.home().expect("opens");
    assert_eq!(page.shifts.iter().map(|shift| shift.id).collect::<Vec<_>>(), [id(110), id(111)], "the night's and the day's");
    assert_eq!(page.offers, 1);
    let roster = town.phone.roster(None).expect("lists");
    assert_eq!(roster.len(), 5, "everybody's from today on: {roster:?}");
}

fn notice(audience: Vec<Role>, wants_receipt: bool) -> Notice {
    Notice {
        org: id(COMMUNITY),
        title: "通知".into(),
        text: "正文".into(),
        files: vec![],
        effective: hours(-1),
        until: None,
        audience,
        wants_receipt,
        replaces: None,
        replaced_by: None,
        published: hours(-1),
        author: id(ANNA),
        state: NoticeState::Published,
        withdrawn_reason: String::new(),
    }
}

#[test]
fn notices_are_counted_as_they_are_meant() {
    let mut town = Town::of(CAI);
    town.put(id(120), notice(vec![], false));
    town.put(id(121), notice(vec![Role::GridWorker], true));
    town.put(id(122), notice(vec![Role::Auditor], true));
    let counts = |town: &Town| {
        let page = town.phone.home().expect("opens");
        (page.notices_unread, page.notices_to_confirm)
    };
    assert_eq!(counts(&town), (2, 1));
    town.phone.read_notice(id(120)).expect("reads");
    town.phone.read_notice(id(121)).expect("reads");
    assert_eq!(counts(&town), (0, 1), "read is not confirmed");
    town.phone.confirm_notice(id(121)).expect("confirms");
    assert_eq!(counts(&town), (0, 0));
}

#[test]
fn the_count_of_reviews_is_that_of_the_list() {
    let mut town = Town::of(EWA);
    let study = Study {
        org: id(COMMUNITY),
        title: "消防".into(),
        summary: String::new(),
        sections: vec![Section { title: "一".into(), text: "内容".into() }],
        items: (0..3).map(|n| Item { prompt: format!("问{n}"), answer: "答".into() }).collect(),
        minutes: 5,
        from: hours(-2),
        until: None,
        author: id(ANNA),
        state: StudyState::Published,
        withdrawn_reason: String::new(),
    };
    town.put(id(130), study.clone());
    town.put(id(131), study);
    let counts = |town: &Town| {
        let page = town.phone.home().expect("opens");
        assert_eq!(page.reviews_due as usize, town.phone.reviews_due().expect("lists").len());
        (page.studies_open, page.reviews_due)
    };
    assert_eq!(counts(&town), (2, 0));
    town.phone.read_section(id(130), 0).expect("reads");
    assert_eq!(counts(&town), (1, 3), "never reviewed");
    town.phone.rate_item(id(130), 1, haitang_domain::study::Rating::Good).expect("rates");
    assert_eq!(counts(&town), (1, 2));
    town.set(hours(60 * DAY));
    assert_eq!(counts(&town), (1, 3), "and due again");
    assert!(town.phone.store().read::<Learning>(Learning::id(id(130), id(EWA))).expect("reads").is_some());
}

/// All pages of a list, one after the other.
fn pages<T>(
    mut page: impl FnMut(Option<haitang_domain::Id>) -> Vec<T>,
    id_of: impl Fn(&T) -> haitang_domain::Id,
) -> Vec<haitang_domain::Id> {
    let (mut all, mut after) = (vec![], None);
    loop {
        let found = page(after);
        all.extend(found.iter().map(&id_of));
        match found.last() {
            Some(last) if found.len() == 50 => after = Some(id_of(last)),
            _ => return all,
        }
    }
}

#[test]
fn a_list_that_is_paged_shows_each_line_once_and_in_order() {
    let mut town = Town::of(CAI);
    town.put(id(33), Appointment::new(id(CAI), id(BRANCH), Role::Approver));
    let mut records = vec![];
    for n in 0..120u16 {
        // Many of a kind, so that what comes after is not told by the order alone.
        let few = i64::from(n % 7);
        let place = format!("海棠路{}号", n % 5);
        records.push((numbered(1, n), body(activity(few))));
        records.push((numbered(2, n), body(log(CAI, LogState::Draft, few))));
        records.push((numbered(3, n), body(log(EWA, LogState::Submitted, few))));
        records.push((numbered(4, n), body(Task { place: place.clone(), ..task(few, None) })));
        records.push((numbered(5, n), body(household(&place, &(n % 3).to_string()))));
        records.push((numbered(6, n), body(shift(few, DU))));
        records.push((numbered(7, n), body(member("重名"))));
        let audience = if n % 2 == 0 { vec![] } else { vec![Role::Auditor] };
        records.push((numbered(8, n), body(notice(audience, false))));
    }
    town.put_all(records);
    for n in 0..20 {
        town.phone.read_notice(numbered(8, n * 2)).expect("reads");
    }
    let phone = &town.phone;
    let each = [
        (120, pages(|after| phone.activities(after).expect("lists"), |item| item.id)),
        (120, pages(|after| phone.logs(after).expect("lists"), |item| item.id)),
        (120, pages(|after| phone.approvals(after).expect("lists"), |item| item.id)),
        (120, pages(|after| phone.tasks(crate::task::TaskOrder::Due, after).expect("lists"), |item| item.id)),
        (120, pages(|after| phone.tasks(crate::task::TaskOrder::Place, after).expect("lists"), |item| item.id)),
        (120, pages(|after| phone.households(None, after).expect("lists"), |item| item.id)),
        (24, pages(|after| phone.households(Some("路3号"), after).expect("lists"), |item| item.id)),
        (120, pages(|after| phone.roster(after).expect("lists"), |item| item.id)),
        (124, pages(|after| phone.members(after).expect("lists"), |item| item.id)),
        (60, pages(|after| phone.notices(after).expect("lists"), |item| item.id)),
    ];
    for (place, (count, ids)) in each.iter().enumerate() {
        assert_eq!((ids.len(), ids.iter().collect::<BTreeSet<_>>().len()), (*count, *count), "list {place}");
    }
    let first = phone.notices(None).expect("lists");
    assert!(first.iter().take(40).all(|line| !line.read) && first[40..].iter().all(|line| line.read), "unread ones first");
    let places: Vec<_> =
        phone.tasks(crate::task::TaskOrder::Place, None).expect("lists").into_iter().map(|task| task.place).collect();
    assert!(places.is_sorted() && places[0] == "海棠路0号");
    let doors = phone.households(None, None).expect("lists").into_iter().map(|household| household.place);
    assert!(doors.is_sorted());
    assert_eq!(code(phone.activities(Some(id(99)))), "missing");
    assert_eq!(code(phone.tasks(crate::task::TaskOrder::Place, Some(id(99)))), "missing");
}

fn body(of: impl haitang_domain::record::Typed) -> haitang_domain::Body {
    of.into_body()
}

fn member(name: &str) -> haitang_domain::directory::Member {
    haitang_domain::directory::Member { org: id(BRANCH), name: name.into(), ..Default::default() }
}

#[test]
fn households_are_found_by_address_and_by_contact() {
    let mut town = Town::of(CAI);
    let mut chen = household("海棠路1号", "101");
    chen.contact = Some("陈先生 13800001234".into());
    town.put(id(80), chen);
    town.put(id(81), household("海棠路12号", "202"));
    town.put(id(82), haitang_domain::task::Household { grid: id(51), ..household("海棠路1号", "303") });
    let find =
        |text: &str| town.phone.households(Some(text), None).expect("lists").into_iter().map(|item| item.id).collect::<Vec<_>>();
    assert_eq!(find("海棠路1"), [id(80), id(81)], "another grid's is not mine");
    assert_eq!(find("陈"), [id(80)]);
    assert_eq!(find("海棠 1234"), [id(80)], "each word");
    assert_eq!(find("  "), [id(80), id(81)]);
    assert!(find("李").is_empty());
}

#[test]
fn a_routine_shows_its_days_and_can_be_stopped_once() {
    use haitang_domain::task::{Every, NewRoutine, TaskKind};
    let town = Town::of(CAI);
    let today = haitang_domain::Zone::CHINA.date(hours(0));
    let new = NewRoutine {
        grid: id(GRID),
        kind: TaskKind::Patrol,
        title: "巡查".into(),
        place: "东区".into(),
        household: None,
        assignee: None,
        note: String::new(),
        every: Every::Days(2),
        working_days_only: false,
        first: today - chrono::Days::new(1),
        until: None,
        opens: chrono::NaiveTime::from_hms_opt(8, 30, 0).expect("a time"),
        closes: chrono::NaiveTime::from_hms_opt(17, 0, 0).expect("a time"),
        ahead: 1,
    };
    let routine = town.phone.plan_routine(new).expect("plans");
    let page = town.phone.routine(routine).expect("opens");
    assert_eq!((page.next.len(), page.next[0]), (10, today + chrono::Days::new(1)));
    assert!(page.may.extend && page.may.stop && page.pending);
    town.phone.stop_routine(routine, "不再需要").expect("as it says");
    let page = town.phone.routine(routine).expect("opens");
    assert!(page.next.is_empty() && !page.may.extend && !page.may.stop);
}
