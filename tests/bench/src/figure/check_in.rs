//! One check-in made durable.

use crate::floor;
use crate::report::{Measured, median, timed};
use crate::stage::{self, ACTIVITIES, KEY, Stage};

/// A check-in by the host's code, from the scan until it cannot be lost; each at an activity of its own. Sync does not run meanwhile.
/// Floor: a bare commit of as many bytes as the check-in adds to the record and to the outbox, with the same key and settings.
pub fn measure(stage: &Stage) -> Measured {
    let phone = stage.phone();
    let code = |activity| phone.host_code(activity).expect("a code").text;
    let mut runs = vec![];
    for activity in &stage.town().activities {
        let text = code(*activity);
        let (took, done) = timed(|| phone.check_in(&text, None).expect("checks in"));
        assert!(done.flags.is_empty(), "nothing to look at: {:?}", done.flags);
        runs.push(took);
    }
    assert_eq!(runs.len(), ACTIVITIES);
    let connection = floor::open(&stage::database(stage.phone_folder()), Some(&KEY));
    let sql = "SELECT avg(length(envelope) + length(hash) + length(outbox.id) + length(touched)
            + length(record.id) + length(CAST(body AS BLOB)))
        FROM outbox JOIN record ON record.id = outbox.id AND record.kind = outbox.kind";
    let bytes: f64 = connection.query_row(sql, [], |row| row.get(0)).expect("adds up");
    drop(connection);
    let floor = floor::bare_commits(&stage.new_folder(), &KEY, &vec![b'x'; bytes as usize], ACTIVITIES);
    Measured::ms(median(runs), floor)
}
