//! The same models with a mistake in each: the checker must find what it leads to, or the search above proves nothing.

use haitang_model::{Fault, Haitang};
use stateright::{Checker, HasDiscoveries, Model};

/// Searches until `property` is seen to be broken.
fn finds(fault: Fault, model: Haitang, property: &'static str) {
    let wanted = HasDiscoveries::AllOf([property].into());
    let checker = model.with(fault).checker().threads(1).finish_when(wanted).spawn_bfs().join();
    let path = checker.discovery(property).unwrap_or_else(|| panic!("{fault:?} goes unnoticed"));
    assert_eq!(checker.discovery_classification(property).to_string(), "counterexample");
    println!("{fault:?}: after {:?}", path.into_actions());
}

/// Small enough to end soon, large enough for the mistake.
fn small() -> Haitang {
    Haitang { commands: [1, 1], ..Haitang::whole() }
}

#[test]
fn a_cursor_stored_before_its_page() {
    finds(Fault::CursorBeforePage, small(), "what is confirmed is the server's word at the cursor");
}

#[test]
fn a_command_applied_twice() {
    finds(Fault::ApplyTwice, small(), "no command is applied twice");
}

#[test]
fn an_answer_before_the_commit() {
    finds(Fault::AnswerBeforeCommit, small(), "nothing is acknowledged before it is committed");
}

#[test]
fn a_refused_command_dropped() {
    finds(Fault::DropOnRefusal, small(), "no acknowledged command is lost");
}

#[test]
fn an_outbox_pruned_when_a_command_is_accepted() {
    finds(Fault::PruneOnAccept, small(), "no acknowledged command is lost");
}

#[test]
fn an_epoch_ignored() {
    finds(Fault::IgnoreEpoch, Haitang::restored([1, 1]), "what is confirmed is the server's word at the cursor");
}

#[test]
fn a_refused_command_that_holds_up_the_others() {
    finds(Fault::StopAtRefusal, small(), "everything can settle, whatever was refused");
}

#[test]
fn a_revoked_device_that_is_still_heard() {
    finds(Fault::TakeFromRevoked, small(), "no command of a revoked device is applied");
}

#[test]
fn a_version_for_a_refused_command() {
    finds(Fault::RefusalTakesVersion, small(), "versions are dense");
}

#[test]
fn a_gap_that_nobody_minds() {
    finds(Fault::TakeAcrossGap, Haitang::restored([2, 0]), "the log is the chain that the device signed");
}

#[test]
fn a_new_epoch_after_which_nothing_is_asked() {
    finds(Fault::NoProbe, Haitang::restored([1, 1]), "everything can settle, whatever was refused");
}

#[test]
fn a_new_epoch_after_which_nothing_is_swept() {
    finds(Fault::NoSweep, Haitang::restored([1, 1]), "what is confirmed is the server's word at the cursor");
}

#[test]
fn a_number_taken_for_a_command() {
    finds(Fault::BelieveNumber, Haitang::put_back([2, 0]), "the log is the chain that the device signed");
}
