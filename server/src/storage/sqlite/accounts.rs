//! Devices, one-time codes and accounts.

use haitang_domain::{Id, Timestamp};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::reader::id_at;
use crate::storage::{Account, Device, EnrolCode, Result};

fn time_at(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    row.get(column).map(Timestamp::from_millis)
}

fn device_at(row: &Row<'_>) -> rusqlite::Result<Device> {
    Ok(Device {
        id: id_at(row, 0)?,
        member: id_at(row, 1)?,
        public_key: row.get(2)?,
        name: row.get(3)?,
        enrolled: time_at(row, 4)?,
        revoked: row.get::<_, Option<i64>>(5)?.map(Timestamp::from_millis),
    })
}

pub(super) fn device(connection: &Connection, id: Id) -> Result<Option<Device>> {
    Ok(connection.prepare_cached(include_str!("sql/device.sql"))?.query_row([id.bytes()], device_at).optional()?)
}

pub(super) fn devices_of(connection: &Connection, member: Id) -> Result<Vec<Device>> {
    let mut statement = connection.prepare_cached(include_str!("sql/devices_of.sql"))?;
    let found = statement.query_map([member.bytes()], device_at)?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn revoke_device(connection: &Connection, id: Id, now: Timestamp) -> Result<bool> {
    let mut statement = connection.prepare_cached(include_str!("sql/revoke_device.sql"))?;
    Ok(statement.execute(params![id.bytes(), now.millis()])? > 0)
}

pub(super) fn put_enrol_code(connection: &Connection, code: &EnrolCode) -> Result<()> {
    let by = code.by.as_ref().map(Id::bytes);
    let values = params![code.hash, code.member.bytes(), by, code.made.millis(), code.expires.millis()];
    connection.prepare_cached(include_str!("sql/put_enrol_code.sql"))?.execute(values)?;
    Ok(())
}

pub(super) fn enrol(
    connection: &Connection,
    hash: &[u8; 32],
    now: Timestamp,
    make: &dyn Fn(Id) -> Option<Device>,
) -> Result<Option<Device>> {
    let mut look = connection.prepare_cached(include_str!("sql/enrol_code.sql"))?;
    let member = look.query_row(params![hash, now.millis()], |row| id_at(row, 0)).optional()?;
    let Some(device) = member.and_then(make) else { return Ok(None) };
    connection.prepare_cached(include_str!("sql/use_enrol_code.sql"))?.execute(params![hash, now.millis()])?;
    let values = params![
        device.id.bytes(),
        device.member.bytes(),
        device.public_key,
        device.name,
        device.enrolled.millis(),
        device.revoked.map(Timestamp::millis),
    ];
    connection.prepare_cached(include_str!("sql/add_device.sql"))?.execute(values)?;
    Ok(Some(device))
}

fn account_at(row: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account {
        id: id_at(row, 0)?,
        name: row.get(1)?,
        member: id_at(row, 2)?,
        password_hash: row.get(3)?,
        made: time_at(row, 4)?,
        closed: row.get(5)?,
    })
}

pub(super) fn account(connection: &Connection, id: Id) -> Result<Option<Account>> {
    Ok(connection.prepare_cached(include_str!("sql/account.sql"))?.query_row([id.bytes()], account_at).optional()?)
}

pub(super) fn account_named(connection: &Connection, name: &str) -> Result<Option<Account>> {
    Ok(connection.prepare_cached(include_str!("sql/account_named.sql"))?.query_row([name], account_at).optional()?)
}

pub(super) fn accounts(connection: &Connection) -> Result<Vec<Account>> {
    let mut statement = connection.prepare_cached(include_str!("sql/accounts.sql"))?;
    let found = statement.query_map([], account_at)?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn put_account(connection: &Connection, account: &Account) -> Result<()> {
    let Account { id, name, member, password_hash, made, closed } = account;
    let values = params![id.bytes(), name, member.bytes(), password_hash, made.millis(), closed];
    connection.prepare_cached(include_str!("sql/put_account.sql"))?.execute(values)?;
    Ok(())
}
