//! Opening the core.

use std::path::Path;

use crate::floor;
use crate::report::{Measured, median, timed};
use crate::stage::{self, KEY, Stage, open_phone};

const RUNS: usize = 21;

/// Opening a phone with a hundred thousand records and asking whose it is, so that both the writing and the reading connection are
/// there; nothing else holds its files, and the system has them in its cache. Floor: one bare connection with the key and settings,
/// and one look at the schema.
pub fn measure(stage: &Stage) -> Measured {
    let folder = stage.new_folder();
    copy(stage.phone_folder(), &folder);
    // What is left in the log is brought into the database by the first, which is not counted.
    drop(open_phone(&folder));
    let value = (0..RUNS).map(|_| {
        let (took, phone) = timed(|| {
            let phone = open_phone(&folder);
            phone.identity().expect("is enrolled");
            phone
        });
        drop(phone);
        took
    });
    let value = median(value.collect());
    let database = stage::database(&folder);
    let floor = (0..RUNS).map(|_| {
        let (took, connection) = timed(|| {
            let connection = floor::open(&database, Some(&KEY));
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).expect("looks");
            connection
        });
        drop(connection);
        took
    });
    Measured::ms(value, median(floor.collect()))
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("lists") {
        let entry = entry.expect("lists");
        // The index of the log in shared memory belongs to those who have the database open.
        if entry.path().is_file() && !entry.file_name().to_string_lossy().ends_with("-shm") {
            std::fs::copy(entry.path(), to.join(entry.file_name())).expect("copies");
        }
    }
}
