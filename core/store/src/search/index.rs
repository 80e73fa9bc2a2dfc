//! Keeping the index up to date without ever being in the way of a sync.

use haitang_domain::{Body, Kind};
use rusqlite::{Connection, params};

use super::{pinyin, words};
use crate::error::Error;

/// Kinds that can be found.
fn is_searchable(kind: u8) -> bool {
    Kind::from_number(kind).is_some_and(|kind| {
        matches!(
            kind,
            Kind::Org
                | Kind::Member
                | Kind::Template
                | Kind::Activity
                | Kind::Log
                | Kind::Notice
                | Kind::Study
                | Kind::Paper
                | Kind::Grid
                | Kind::Household
                | Kind::Task
                | Kind::Routine
                | Kind::Report
        )
    })
}

/// The texts a record is found by, and the name it is found by as it sounds.
fn texts(body: &Body) -> (Vec<&str>, Option<&str>) {
    match body {
        Body::Org(it) => (vec![&it.name], Some(&it.name)),
        Body::Member(it) => (vec![&it.name, it.phone.as_deref().unwrap_or_default()], Some(&it.name)),
        Body::Template(it) => (vec![&it.name], None),
        Body::Activity(it) => (vec![&it.title, &it.place], None),
        Body::Log(it) => {
            let fields = it.content.fields.values().map(String::as_str);
            (std::iter::once(it.content.title.as_str()).chain(fields).collect(), None)
        }
        Body::Notice(it) => (vec![&it.title, &it.text], None),
        Body::Study(it) => {
            let sections = it.sections.iter().flat_map(|section| [section.title.as_str(), section.text.as_str()]);
            ([it.title.as_str(), it.summary.as_str()].into_iter().chain(sections).collect(), None)
        }
        Body::Paper(it) => (vec![&it.title], None),
        Body::Grid(it) => (vec![&it.name], None),
        Body::Household(it) => {
            let contact = it.contact.as_deref().unwrap_or_default();
            (vec![&it.address, &it.building, &it.unit, &it.door, contact], None)
        }
        Body::Task(it) => (vec![&it.title, &it.place, it.note.as_deref().unwrap_or_default()], None),
        Body::Routine(it) => (vec![&it.title, &it.place], None),
        Body::Report(it) => {
            let findings = it.findings.iter().map(|finding| finding.what.as_str());
            (findings.chain(it.note.as_deref()).collect(), None)
        }
        _ => (vec![], None),
    }
}

/// Puts a record into the index as it now is.
pub(crate) fn put(db: &Connection, no: i64, body: &Body) -> Result<(), Error> {
    let kind = body.kind() as u8;
    if !is_searchable(kind) {
        return Ok(());
    }
    let (texts, name) = texts(body);
    let (mut word, mut sound) = (String::new(), String::new());
    for text in texts {
        words::indexed(text, &mut word);
    }
    if let Some(name) = name {
        pinyin::indexed(name, &mut sound);
    }
    db.prepare_cached(include_str!("put.sql"))?.execute(params![no, format!("k{kind}"), word, sound])?;
    Ok(())
}

/// Takes a deleted record out of the index.
pub(crate) fn drop(db: &Connection, no: i64, kind: u8) -> Result<(), Error> {
    if is_searchable(kind) {
        db.prepare_cached(include_str!("drop.sql"))?.execute([no])?;
        db.prepare_cached(include_str!("unmark.sql"))?.execute([no])?;
    }
    Ok(())
}

/// Notes that a record is in the index with an older body.
pub(crate) fn mark(db: &Connection, no: i64, kind: u8) -> Result<(), Error> {
    if is_searchable(kind) {
        db.prepare_cached(include_str!("mark.sql"))?.execute([no])?;
    }
    Ok(())
}

/// Up to which number records are in the index.
pub(crate) fn reached(db: &Connection) -> Result<i64, Error> {
    Ok(db.prepare_cached(include_str!("indexed.sql"))?.query_row([], |row| row.get(0))?)
}

fn put_json(db: &Connection, no: i64, kind: u8, json: &str) -> Result<(), Error> {
    // What cannot be read is of a newer version, and cannot be shown either.
    let body = Kind::from_number(kind).filter(|_| is_searchable(kind)).map(|kind| Body::parse(kind, json.as_bytes()));
    if let Some(Ok(body)) = body { put(db, no, &body) } else { Ok(()) }
}

/// Indexes at most `limit` records and says how many are left.
pub(crate) fn some(db: &Connection, limit: u32) -> Result<u64, Error> {
    let mut done = 0;
    {
        let mut statement = db.prepare_cached(include_str!("stale.sql"))?;
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, u8>(1)?, row.get::<_, String>(2)?));
        let stale = statement.query_map([limit], read)?.collect::<Result<Vec<_>, _>>()?;
        for (no, kind, json) in stale {
            put_json(db, no, kind, &json)?;
            db.prepare_cached(include_str!("unmark.sql"))?.execute([no])?;
            done += 1;
        }
    }
    let mut reached = reached(db)?;
    let mut statement = db.prepare_cached(include_str!("next.sql"))?;
    let mut rows = statement.query(params![reached, limit - done])?;
    while let Some(row) = rows.next()? {
        reached = row.get(0)?;
        put_json(db, reached, row.get(1)?, row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?;
    }
    db.prepare_cached(include_str!("set_indexed.sql"))?.execute([reached])?;
    let left: i64 = db.prepare_cached(include_str!("remaining.sql"))?.query_row([], |row| row.get(0))?;
    Ok(left.cast_unsigned())
}
