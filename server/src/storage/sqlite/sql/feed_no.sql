SELECT no FROM feed WHERE feed = ?1 AND shard = ?2
