INSERT INTO outbox (seq, shard, envelope, hash, kind, id, earliest, latest, touched) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
