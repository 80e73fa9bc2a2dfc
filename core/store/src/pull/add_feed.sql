INSERT INTO feed (shard, feed, cursor, waiting) VALUES (?1, ?2, 0, ?3)
