SELECT hash FROM outbox WHERE shard = ?1 AND seq = ?2 UNION ALL SELECT hash FROM sent WHERE shard = ?1 AND seq = ?2
UNION ALL SELECT hash FROM chain WHERE shard = ?1 AND seq = ?2 LIMIT 1
