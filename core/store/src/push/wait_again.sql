UPDATE outbox SET version = NULL WHERE shard = ?1 AND seq > ?2 AND version IS NOT NULL RETURNING seq
