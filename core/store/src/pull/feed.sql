SELECT no FROM feed WHERE shard = ?1 AND feed = ?2
