INSERT INTO record (shard, kind, version, id, owner, moment, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
