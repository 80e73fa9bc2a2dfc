//! Three screens, with a hundred thousand records on the phone.

use std::hint::black_box;
use std::time::Duration;

use haitang_domain::time::DAY_MS;
use haitang_domain::{Timestamp, Zone};
use rusqlite::{Connection, Params};

use crate::floor;
use crate::report::{Measured, median, timed};
use crate::stage::{self, KEY, Stage};

const RUNS: usize = 101;

/// The day's list of fifty tasks, as a screen gets it. Floor: the same rows by the same index, their bodies read as bytes.
pub fn day(stage: &Stage) -> Measured {
    let phone = stage.phone();
    let value = runs(|| assert_eq!(phone.today().expect("lists").len(), 50));
    let end: Timestamp = Zone::CHINA.start_of(Zone::CHINA.date(stage::now())).plus_millis(DAY_MS);
    let connection = floor::open(&stage::database(stage.phone_folder()), Some(&KEY));
    let sql = "SELECT id, version, pending, body FROM open_task WHERE grid = ?1 AND assignee IS NULL AND due <= ?2 ORDER BY due LIMIT 50";
    let grid = stage.town().cast.grid.to_string();
    let floor = runs(|| assert_eq!(bare(&connection, sql, (&grid, end.millis()), 3), 50));
    Measured::ms(value, floor)
}

/// The first screen: the day's first tasks and all that is counted. Floor: the same first tasks by the same index, their bodies read as
/// bytes.
pub fn home(stage: &Stage) -> Measured {
    let phone = stage.phone();
    let value = runs(|| assert_eq!(phone.home().expect("opens").tasks.len(), 5));
    let end: Timestamp = Zone::CHINA.start_of(Zone::CHINA.date(stage::now())).plus_millis(DAY_MS);
    let connection = floor::open(&stage::database(stage.phone_folder()), Some(&KEY));
    let sql = "SELECT id, version, pending, body FROM open_task WHERE grid = ?1 AND assignee IS NULL AND due <= ?2 ORDER BY due LIMIT 5";
    let grid = stage.town().cast.grid.to_string();
    let floor = runs(|| assert_eq!(bare(&connection, sql, (&grid, end.millis()), 3), 5));
    Measured::ms(value, floor)
}

/// A name among ten thousand, in the way that takes longest of three: by two characters, by a reading, by initials.
/// Floor: what the full-text index gives for the same question, with the bodies, neither read nor put in order.
pub fn names(stage: &Stage) -> Measured {
    let phone = stage.phone();
    phone.catch_up_search().expect("indexes");
    let connection = floor::open(&stage::database(stage.phone_folder()), Some(&KEY));
    let sql =
        "SELECT record.body FROM (SELECT rowid AS no FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT 150) AS found
        JOIN record ON record.no = found.no";
    let someone: String = connection.query_row("SELECT name FROM member LIMIT 1", [], |row| row.get(0)).expect("a member");
    let name: String = someone.chars().take(2).collect();
    let letters = |text: &str| format!("(pinyin : \"{text}\" * OR word : \"{text}\" *)");
    let asked = [(name.as_str(), format!("word : \"{name}\"")), ("zhang", letters("zhang")), ("lj", letters("lj"))];
    let each = asked.map(|(text, question)| {
        let question = format!("kind : \"k2\" AND {question}");
        let value = runs(|| assert!(!phone.search_names(text).expect("finds").is_empty(), "{text}"));
        let floor = runs(|| assert!(bare(&connection, sql, [&question], 0) > 0, "{text}"));
        eprintln!("# name_search_10k {text}: {value:?} over {floor:?}");
        (value, floor)
    });
    let (value, floor) = each.into_iter().max().expect("three questions");
    Measured::ms(value, floor)
}

fn runs(mut work: impl FnMut()) -> Duration {
    median((0..RUNS).map(|_| timed(&mut work).0).collect())
}

/// Reads the text in one column of every row there is, and says how many.
fn bare(connection: &Connection, sql: &str, params: impl Params, column: usize) -> usize {
    let mut statement = connection.prepare_cached(sql).expect("prepares");
    let mut rows = statement.query(params).expect("asks");
    let mut count = 0;
    while let Some(row) = rows.next().expect("reads") {
        black_box(row.get_ref(column).expect("a column").as_bytes().expect("a text").to_vec());
        count += 1;
    }
    count
}
