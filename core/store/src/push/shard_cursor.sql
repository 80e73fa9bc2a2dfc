SELECT coalesce(max(cursor), 0) FROM feed WHERE shard = ?1
