INSERT OR REPLACE INTO sent (seq, shard, envelope, hash, kind, id, earliest, latest, was_refused)
SELECT seq, shard, envelope, hash, kind, id, earliest, latest, ?2 FROM outbox WHERE seq = ?1
