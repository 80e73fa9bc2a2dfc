//! Who this phone is, what its holder set, and what it knows of the time.

use std::fmt;

use haitang_domain::{Id, Timestamp};
use haitang_protocol::envelope::WireToken;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::{Error, StoreError};
use crate::record::id_at;
use crate::store::Store;

/// Who this phone is, from its enrolment.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// The device.
    pub device: Id,
    /// Whose it is.
    pub member: Id,
    /// What the device is called.
    pub name: String,
    /// Where its server is.
    pub server: String,
    /// The server's Ed25519 public key.
    pub server_key: [u8; 32],
    /// The server's signature over device, member and the device's public key.
    pub certificate: [u8; 64],
    /// The device's Ed25519 secret.
    pub signing_key: [u8; 32],
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("device", &self.device).field("member", &self.member).finish_non_exhaustive()
    }
}

pub(crate) fn load(db: &Connection) -> Result<Identity, Error> {
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Identity {
            device: id_at(row, 0)?,
            member: id_at(row, 1)?,
            name: row.get(2)?,
            server: row.get(3)?,
            server_key: row.get(4)?,
            certificate: row.get(5)?,
            signing_key: row.get(6)?,
        })
    };
    db.prepare_cached(include_str!("identity/get.sql"))?.query_row([], read).optional()?.ok_or(Error::NotEnrolled)
}

impl Store {
    /// Who this phone is; `None` before it is enrolled.
    pub fn identity(&self) -> Result<Option<Identity>, StoreError> {
        self.read_with("identity", |db| match load(db) {
            Err(Error::NotEnrolled) => Ok(None),
            other => other.map(Some),
        })
    }

    /// Keeps who this phone is.
    pub fn set_identity(&self, it: &Identity) -> Result<(), StoreError> {
        self.write("set_identity", |db| {
            db.prepare_cached(include_str!("identity/set.sql"))?.execute(params![
                it.device.bytes(),
                it.member.bytes(),
                it.name,
                it.server,
                it.server_key,
                it.certificate,
                it.signing_key,
            ])?;
            Ok(())
        })
    }

    /// One thing the holder or the app has set.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.read_with("setting", |db| {
            Ok(db.prepare_cached(include_str!("identity/setting.sql"))?.query_row([name], |row| row.get(0)).optional()?)
        })
    }

    /// Sets one thing; `None` unsets it.
    pub fn set_setting(&self, name: &str, value: Option<&str>) -> Result<(), StoreError> {
        self.write("set_setting", |db| {
            match value {
                Some(value) => db.prepare_cached(include_str!("identity/set_setting.sql"))?.execute([name, value])?,
                None => db.prepare_cached(include_str!("identity/clear_setting.sql"))?.execute([name])?,
            };
            Ok(())
        })
    }

    /// The server's last statement of the time.
    pub fn time_token(&self) -> Result<Option<WireToken>, StoreError> {
        self.read_with("time_token", |db| {
            let read = |row: &rusqlite::Row<'_>| {
                Ok(WireToken {
                    issued: Timestamp::from_millis(row.get(0)?),
                    boot: id_at(row, 1)?,
                    mono_ms: row.get::<_, i64>(2)?.cast_unsigned(),
                    mac: row.get(3)?,
                })
            };
            Ok(db.prepare_cached(include_str!("identity/token.sql"))?.query_row([], read).optional()?)
        })
    }

    /// Keeps the server's newest statement of the time in place of the one before.
    pub fn set_time_token(&self, token: &WireToken) -> Result<(), StoreError> {
        self.write("set_time_token", |db| {
            let values = params![token.issued.millis(), token.boot.bytes(), token.mono_ms.cast_signed(), token.mac];
            db.prepare_cached(include_str!("identity/set_token.sql"))?.execute(values)?;
            Ok(())
        })
    }
}
