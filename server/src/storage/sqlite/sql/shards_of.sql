SELECT s.shard FROM feed AS f JOIN shard AS s ON s.no = f.shard WHERE f.feed = ?1 ORDER BY s.shard
