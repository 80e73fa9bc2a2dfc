SELECT seq, envelope, hash FROM outbox WHERE shard = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3
