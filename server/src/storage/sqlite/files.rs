//! Files that are here whole, and uploads under way.

use haitang_domain::attachment::Sha256;
use haitang_domain::{Id, Timestamp};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::reader::id_at;
use crate::storage::{Result, StoredFile, Upload};

pub(super) fn file(connection: &Connection, sha256: &Sha256) -> Result<Option<StoredFile>> {
    let read = |row: &Row<'_>| {
        Ok(StoredFile {
            sha256: row.get(0).map(Sha256)?,
            bytes: row.get::<_, i64>(1)?.cast_unsigned(),
            media_type: row.get(2)?,
            device: id_at(row, 3)?,
            arrived: row.get(4).map(Timestamp::from_millis)?,
        })
    };
    Ok(connection.prepare_cached(include_str!("sql/file.sql"))?.query_row([sha256.0], read).optional()?)
}

pub(super) fn put_file(connection: &Connection, file: &StoredFile) -> Result<()> {
    let StoredFile { sha256, bytes, media_type, device, arrived } = file;
    let values = params![sha256.0, bytes.cast_signed(), media_type, device.bytes(), arrived.millis()];
    connection.prepare_cached(include_str!("sql/put_file.sql"))?.execute(values)?;
    Ok(())
}

pub(super) fn upload(connection: &Connection, id: Id) -> Result<Option<Upload>> {
    let read = |row: &Row<'_>| {
        Ok(Upload {
            id: id_at(row, 0)?,
            device: id_at(row, 1)?,
            sha256: row.get(2).map(Sha256)?,
            bytes: row.get::<_, i64>(3)?.cast_unsigned(),
            media_type: row.get(4)?,
            name: row.get(5)?,
            expires: row.get(6).map(Timestamp::from_millis)?,
        })
    };
    Ok(connection.prepare_cached(include_str!("sql/upload.sql"))?.query_row([id.bytes()], read).optional()?)
}

pub(super) fn uploads_of(connection: &Connection, device: Id, now: Timestamp) -> Result<u32> {
    let mut statement = connection.prepare_cached(include_str!("sql/uploads_of.sql"))?;
    Ok(statement.query_row(params![device.bytes(), now.millis()], |row| row.get(0))?)
}

pub(super) fn put_upload(connection: &Connection, upload: &Upload) -> Result<()> {
    let Upload { id, device, sha256, bytes, media_type, name, expires } = upload;
    let values = params![id.bytes(), device.bytes(), sha256.0, bytes.cast_signed(), media_type, name, expires.millis()];
    connection.prepare_cached(include_str!("sql/put_upload.sql"))?.execute(values)?;
    Ok(())
}

pub(super) fn remove_upload(connection: &Connection, id: Id) -> Result<()> {
    connection.prepare_cached(include_str!("sql/remove_upload.sql"))?.execute([id.bytes()])?;
    Ok(())
}

pub(super) fn uploads_expired(connection: &Connection, now: Timestamp) -> Result<Vec<Id>> {
    let mut statement = connection.prepare_cached(include_str!("sql/uploads_expired.sql"))?;
    let found = statement.query_map([now.millis()], |row| id_at(row, 0))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}
