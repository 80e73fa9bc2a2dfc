//! Worlds in the test command: a seed leads to the same course, what was found once stays found, and people really do things.

use haitang_sim::World;

/// Seeds that once led to something that was not as it must be. Kept when the course of worlds changes, for what they are worth.
const FOUND: &[u64] = &[2, 15, 20, 22, 24, 25, 28, 218, 425, 100_206, 103_069, 200_008];

#[test]
fn a_seed_leads_to_the_same_course() {
    for seed in [3, 11, 77, 1_000_003] {
        let (first, again) = (World::run(seed, 200, false), World::run(seed, 200, false));
        assert!(first.is_ok(), "{first:?}");
        assert_eq!(first, again, "seed {seed}");
    }
    let course = |seed| World::run(seed, 200, false).expect("goes well").course;
    assert_ne!(course(1), course(2), "and another to another");
}

#[test]
fn what_was_found_once_is_found_no_more() {
    for seed in FOUND {
        if let Err(failure) = World::run(*seed, 200, false) {
            panic!("{failure}");
        }
    }
}

#[test]
fn people_do_things_in_every_feature_and_everything_fails() {
    let expected = [
        "plan_activity",
        "check_in",
        "submit_log",
        "approve_log",
        "publish_template",
        "publish_notice",
        "confirm_notice",
        "publish_study",
        "read_section",
        "publish_paper",
        "finish_attempt",
        "assign_task",
        "report_task",
        "hand_over_task",
        "plan_shift",
        "plan_routine",
        "add_household",
        "edit_household",
        "appoint",
        "end_appointment",
        "request_transfer",
        "decide_transfer",
        "rename_org",
        "export_unsent",
        "server_refused_wrong_state",
        "power_cut",
        "server_power_cut",
        "server_set_back",
        "phone_set_back",
        "known_again",
        "revoke",
        "cut",
        "twice",
        "answer_lost",
        "portal",
        "clock",
        "server_clock",
        "disk",
        "server_disk",
    ];
    let mut happened = std::collections::BTreeSet::new();
    let is_missing = |happened: &std::collections::BTreeSet<String>| expected.iter().any(|what| !happened.contains(*what));
    // The rarest of them, a server set back to before a phone was known, happens once in forty worlds: more are played only where
    // it has not happened yet.
    for seed in 0..240 {
        if seed >= 40 && !is_missing(&happened) {
            break;
        }
        happened.extend(World::run(seed, 200, false).expect("goes well").counts.into_keys());
    }
    let missing: Vec<_> = expected.into_iter().filter(|what| !happened.contains(*what)).collect();
    assert!(missing.is_empty(), "never happened: {missing:?}");
}
