//! What this phone keeps for and about its holder.

use haitang_domain::attachment::Sha256;
use haitang_domain::directory::Look;
use haitang_domain::{Body, Id, Key, Kind};
use rusqlite::params;

use crate::error::StoreError;
use crate::record::{Found, key_of};
use crate::store::Store;

impl Store {
    /// Who looked at a member's page, the newest first.
    pub fn looks_at(&self, subject: Id, limit: u32) -> Result<Vec<Found<Look>>, StoreError> {
        self.found("looks_at", include_str!("mine/looks.sql"), params![subject.to_string(), limit])
    }

    /// How many records of each kind this phone holds, by kind; those of a newer version's kinds are left out. Reads an index of
    /// everything: for a page that is seldom opened.
    pub fn kind_counts(&self) -> Result<Vec<(Kind, u64)>, StoreError> {
        self.read_with("counts", |db| {
            let mut statement = db.prepare_cached(include_str!("mine/counts.sql"))?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned())))?;
            let rows = rows.collect::<Result<Vec<(u8, u64)>, _>>()?;
            Ok(rows.into_iter().filter_map(|(kind, count)| Some((Kind::from_number(kind)?, count))).collect())
        })
    }

    /// Every record that is about a member (see [`Body::is_about`]), as screens read it, in the order in which this phone came to
    /// know them. Reads everything: for an export.
    pub fn about(&self, member: Id) -> Result<Vec<(Key, String)>, StoreError> {
        self.read_with("about", |db| {
            let mut statement = db.prepare_cached(include_str!("mine/naming.sql"))?;
            let mut rows = statement.query(params![member.bytes(), member.to_string()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let Some(key) = key_of(row.get(0)?, row.get(1)?) else { continue };
                let json: String = row.get(2)?;
                // What a newer version wrote is read by that version.
                let Ok(body) = Body::parse(key.kind, json.as_bytes()) else { continue };
                if body.is_about(key.id, member) {
                    found.push((key, json));
                }
            }
            Ok(found)
        })
    }

    /// Some records that name a file, those first that the server knows too.
    pub fn naming_file(&self, sha256: Sha256, limit: u32) -> Result<Vec<Key>, StoreError> {
        self.read_with("naming_file", |db| {
            let mut statement = db.prepare_cached(include_str!("mine/naming_file.sql"))?;
            let rows = statement.query_map(params![sha256.to_string(), limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let rows = rows.collect::<Result<Vec<(u8, [u8; 16])>, _>>()?;
            Ok(rows.into_iter().filter_map(|(kind, id)| key_of(kind, id)).collect())
        })
    }
}

#[cfg(test)]
mod tests;
