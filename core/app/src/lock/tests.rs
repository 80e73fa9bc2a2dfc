use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use haitang_domain::{Id, Timestamp};

use super::*;
use crate::clock::Clock;

/// A phone's clocks, set by hand.
#[derive(Clone, Default)]
struct Hands {
    wall: Arc<AtomicI64>,
    mono: Arc<AtomicU64>,
    boot: Arc<AtomicU64>,
}

impl Clock for Hands {
    fn wall(&self) -> Timestamp {
        Timestamp::from_millis(self.wall.load(Ordering::SeqCst))
    }

    fn mono_ms(&self) -> u64 {
        self.mono.load(Ordering::SeqCst)
    }

    fn boot(&self) -> Id {
        let mut bytes = [0; 16];
        bytes[8..].copy_from_slice(&self.boot.load(Ordering::SeqCst).to_be_bytes());
        Id::from_bytes(bytes)
    }
}

impl Hands {
    fn pass(&self, ms: i64) {
        self.wall.fetch_add(ms, Ordering::SeqCst);
        self.mono.fetch_add(ms.unsigned_abs(), Ordering::SeqCst);
    }

    /// The system starts anew, and has run for `ms` since.
    fn restart(&self, ms: u64) {
        self.boot.fetch_add(1, Ordering::SeqCst);
        self.mono.store(ms, Ordering::SeqCst);
    }
}

const RIGHT: &str = "472916";
const WRONG: &str = "472917";

fn open(folder: &std::path::Path, hands: &Hands) -> Phone {
    Phone::open(folder, [7; 32], Box::new(hands.clone())).expect("opens")
}

fn phone() -> (Phone, Hands, tempfile::TempDir) {
    let (hands, folder) = (Hands::default(), tempfile::tempdir().expect("a folder"));
    hands.pass(DAY_MS);
    let phone = open(folder.path(), &hands);
    phone.set_pin(RIGHT).expect("sets");
    (phone, hands, folder)
}

fn check(right: bool, tries_left: u32, wait_ms: i64) -> PinCheck {
    PinCheck { right, tries_left, wait_ms }
}

/// Has all free tries used up.
fn five_wrong(phone: &Phone) {
    for left in (1..FREE_TRIES).rev() {
        assert_eq!(phone.check_pin(WRONG).expect("tries"), check(false, left, 0));
    }
    assert_eq!(phone.check_pin(WRONG).expect("tries"), check(false, 0, WAITS_MS[0]));
}

#[test]
fn what_anybody_would_try_first_is_no_pin() {
    let folder = tempfile::tempdir().expect("a folder");
    let phone = open(folder.path(), &Hands::default());
    let weak = [
        ("47291", "length"),
        ("4729164729164", "length"),
        ("47291a", "digits"),
        ("４７２９１６", "digits"),
        ("", "length"),
        ("000000", "same"),
        ("123456", "run"),
        ("987654", "run"),
        ("567890", "run"),
        ("3210987", "run"),
    ];
    for (pin, reason) in weak {
        assert!(matches!(phone.set_pin(pin), Err(AppError::WeakPin(said)) if said == reason), "{pin}: {:?}", phone.set_pin(pin));
    }
    assert!(!phone.has_pin().expect("looks"));
    assert_eq!(phone.pin_state().expect("looks"), check(true, FREE_TRIES, 0));
    assert!(matches!(phone.check_pin(RIGHT), Err(AppError::Refused(refusal)) if refusal.code == Code::Missing));
    for pin in ["112233", "135790", "472916472916"] {
        phone.set_pin(pin).expect("is good enough");
        assert!(matches!(phone.set_pin(RIGHT), Err(AppError::Refused(refusal)) if refusal.code == Code::Already));
        assert!(phone.clear_pin(pin).expect("clears").right && !phone.has_pin().expect("looks"));
    }
}

#[test]
fn waits_grow_and_nothing_is_tried_while_one_runs() {
    let (phone, hands, _folder) = phone();
    five_wrong(&phone);
    assert_eq!(phone.check_pin(RIGHT).expect("tries"), check(false, 0, WAITS_MS[0]), "not even the right one");
    for next in [WAITS_MS[1], WAITS_MS[2], WAITS_MS[3], WAITS_MS[4], WAITS_MS[4]] {
        let wait = phone.pin_state().expect("looks").wait_ms;
        hands.pass(wait - 1);
        assert_eq!(phone.check_pin(WRONG).expect("tries"), check(false, 0, 1));
        hands.pass(1);
        assert_eq!(phone.pin_state().expect("looks"), check(false, 1, 0));
        assert_eq!(phone.check_pin(WRONG).expect("tries"), check(false, 0, next));
    }
    hands.pass(HOUR_MS);
    assert_eq!(phone.clear_pin(WRONG).expect("tries"), check(false, 0, HOUR_MS), "a try like any other");
    assert!(phone.has_pin().expect("looks"));
    hands.pass(HOUR_MS);
    assert!(phone.check_pin(RIGHT).expect("tries").right);
    assert_eq!(phone.pin_state().expect("looks"), check(false, FREE_TRIES, 0), "and all is as at the beginning");
}

#[test]
fn neither_the_wall_clock_nor_restarts_shorten_a_wait() {
    let (phone, hands, folder) = phone();
    five_wrong(&phone);
    hands.pass(WAITS_MS[0]);
    assert_eq!(phone.check_pin(WRONG).expect("tries").wait_ms, MINUTE_MS);
    for wall in [0, i64::MAX / 2] {
        hands.wall.store(wall, Ordering::SeqCst);
        assert_eq!(phone.check_pin(RIGHT).expect("tries"), check(false, 0, MINUTE_MS));
    }
    hands.pass(10_000);
    assert_eq!(phone.pin_state().expect("looks").wait_ms, 50_000);
    // A restart: only what the system has run since counts, and it counts once.
    drop(phone);
    hands.restart(5_000);
    let phone = open(folder.path(), &hands);
    assert_eq!(phone.check_pin(RIGHT).expect("tries").wait_ms, 45_000);
    hands.restart(5_000);
    assert_eq!(phone.pin_state().expect("looks").wait_ms, 45_000, "as far as anyone can tell this is the same moment");
    hands.pass(45_000);
    assert!(phone.check_pin(RIGHT).expect("tries").right);
}

#[test]
fn a_try_counts_though_the_app_is_killed_in_the_middle_of_it() {
    let (phone, hands, folder) = phone();
    let mut kept = phone.kept_pin().expect("reads").expect("is there");
    assert!(!kept.hash.contains(RIGHT) && kept.salt.len() == 32);
    kept.fail();
    phone.keep_pin(&kept).expect("keeps");
    drop(phone);
    let phone = open(folder.path(), &hands);
    assert_eq!(phone.pin_state().expect("looks").tries_left, FREE_TRIES - 1);
}

#[test]
fn the_time_until_the_lock_is_kept_within_a_day() {
    let (phone, hands, folder) = phone();
    assert_eq!(phone.lock_after_ms().expect("reads"), LOCK_AFTER_MS);
    for wrong in [-1, LOCK_AFTER_MS_MAX + 1] {
        assert!(matches!(phone.set_lock_after_ms(wrong), Err(AppError::Refused(refusal)) if refusal.code == Code::OutOfRange));
    }
    phone.set_lock_after_ms(0).expect("sets");
    drop(phone);
    let phone = open(folder.path(), &hands);
    assert_eq!(phone.lock_after_ms().expect("reads"), 0);
    phone.wipe().expect("wipes");
    assert!(!open(folder.path(), &hands).has_pin().expect("looks"), "goes with everything else");
}

#[test]
fn another_pin_takes_the_place_of_the_one_there_is() {
    let (phone, _, _folder) = phone();
    assert!(matches!(phone.change_pin(RIGHT, "000000"), Err(AppError::WeakPin("same"))), "nothing is tried for a weak one");
    assert_eq!(phone.change_pin(WRONG, "836152").expect("tries"), check(false, FREE_TRIES - 1, 0));
    assert!(phone.check_pin(RIGHT).expect("tries").right, "the old one stays where the try was wrong");
    assert!(phone.change_pin(RIGHT, "836152").expect("changes").right);
    assert!(!phone.check_pin(RIGHT).expect("tries").right);
    assert!(phone.check_pin("836152").expect("tries").right);
}
