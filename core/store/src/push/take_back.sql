INSERT OR REPLACE INTO outbox (seq, shard, envelope, hash, kind, id, earliest, latest, touched, refused_before)
SELECT seq, shard, envelope, hash, kind, id, earliest, latest, x'', was_refused FROM sent WHERE shard = ?1 AND seq > ?2 RETURNING seq
