DELETE FROM sent WHERE shard = ?1 AND seq > ?2
