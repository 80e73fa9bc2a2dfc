INSERT INTO feed (feed, shard) VALUES (?1, ?2) RETURNING no
