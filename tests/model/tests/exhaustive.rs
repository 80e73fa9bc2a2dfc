//! The models as they are meant, searched to their end.

use std::time::Instant;

use haitang_model::{Action, Fault, Haitang, State};
use stateright::{Checker, Model};

/// Searches every state, and holds that no property is broken and that each example of the ones named was found.
fn search(name: &str, model: Haitang, not_to_be_found: &[&str]) {
    let began = Instant::now();
    let checker = model.checker().threads(1).spawn_bfs().join();
    let (states, depth) = (checker.unique_state_count(), checker.max_depth());
    println!("{name}: {states} states, {depth} deep, {:.1} s", began.elapsed().as_secs_f64());
    assert!(checker.is_done(), "{name} was not searched to its end");
    for property in checker.model().properties() {
        match (&property.expectation, checker.discovery(property.name)) {
            (stateright::Expectation::Always, Some(path)) => {
                panic!("{name}: {} does not hold after {:?}", property.name, path.into_actions());
            }
            (stateright::Expectation::Sometimes, found) => {
                let wanted = !not_to_be_found.contains(&property.name);
                assert_eq!(found.is_some(), wanted, "{name}: {}", property.name);
            }
            _ => {}
        }
    }
}

#[test]
fn two_phones_a_crash_and_a_revocation() {
    search("whole", Haitang::whole(), &[]);
}

/// With one command a phone, or two of one, not everything that is worth seeing can be seen; each is seen by one of them.
#[test]
fn a_server_restored_from_an_older_backup() {
    let alone = ["a restore loses what a phone had confirmed", "what was refused before a restore is accepted after it"];
    search("restored, one command each", Haitang::restored([1, 1]), &["a refused command stands before an accepted one"]);
    let not = ["a refused command stands before an accepted one", alone[0], alone[1]];
    search("restored, two commands of one phone", Haitang::restored([2, 0]), &not);
}

/// The same with two commands of one phone and one of the other.
#[test]
#[ignore = "eleven million states: a quarter of an hour, and more than a gigabyte"]
fn a_server_restored_from_an_older_backup_at_length() {
    search("restored, two commands and one", Haitang::restored([2, 1]), &[]);
}

#[test]
fn a_phone_put_back_to_an_older_copy() {
    let not = ["a refused command stands before an accepted one", "a pull was cut between two pages"];
    search("put back, one command each", Haitang::put_back([1, 1]), &not);
    search("put back, two commands of one phone", Haitang::put_back([2, 0]), &not);
}

/// What the model found in the protocol before a push named its epoch: one that something on the way kept while the server was
/// restored, and sends on afterwards, was judged anew; refused this time, its phone did not hear of it, because it asks again only
/// about its last command.
#[test]
fn a_push_kept_across_a_restore_is_declined() {
    use haitang_model::state::Record::{Log, Task};
    let path = [
        // Phone 0 has its task accepted, sends another command, and both phones know everything.
        Action::Perform(0, Task),
        Action::Wake(0),
        Action::Perform(1, Task),
        Action::Wake(1),
        Action::Arrive(0),
        Action::Backup,
        Action::Commit,
        Action::Answered(0),
        Action::Perform(0, Log),
        Action::Pull(0),
        Action::Frame(0),
        Action::Frame(0),
        Action::Wake(0),
        Action::Arrive(1),
        Action::Commit,
        Action::Answered(0),
        Action::Arrive(2),
        Action::Commit,
        Action::Answered(1),
        Action::Pull(1),
        Action::Frame(1),
        // The server forgets both; now phone 1's task comes first, and phone 0's arrives from the past.
        Action::Restore,
        Action::Pull(0),
        Action::Failed(0),
        Action::Wake(0),
        Action::Wake(1),
        Action::Pull(1),
        Action::Failed(1),
        Action::Wake(1),
        Action::Arrive(4),
        Action::Commit,
        Action::Answered(1),
        Action::Pull(1),
        Action::Failed(1),
        Action::Arrive(0),
        Action::Commit,
        Action::Arrive(2),
        Action::Commit,
        Action::Answered(0),
        Action::Pull(0),
        Action::Failed(0),
    ];
    // Walks as much of it as the model allows, and leaves both phones at rest. Whether that was all.
    let after = |model: &Haitang| {
        let mut state: State = model.init_states().remove(0);
        let mut allowed = |action: &Action| {
            let mut actions = Vec::new();
            model.actions(&state, &mut actions);
            let allowed = actions.contains(action);
            if allowed {
                model.act(&mut state, *action);
            }
            allowed
        };
        let walked = path.iter().copied().map_while(|action| Some(action).filter(&mut allowed)).count();
        for phone in 0..2 {
            model.act(&mut state, Action::Failed(phone));
        }
        (state, walked == path.len())
    };
    let settles = |model: &Haitang, state: &State| {
        assert!(state.queue.is_empty());
        (model.property("everything can settle, whatever was refused").condition)(model, state)
    };
    let believing = Haitang::restored([2, 1]).with(Fault::TakeAnyEpoch);
    let (state, walked) = after(&believing);
    assert!(walked && !settles(&believing, &state), "refused unheard");
    let model = Haitang::restored([2, 1]);
    let (state, walked) = after(&model);
    assert!(!walked && settles(&model, &state), "the phone is told of a gap, and sends both again");
}
