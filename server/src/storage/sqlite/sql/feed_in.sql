SELECT f.no FROM feed AS f JOIN shard AS s ON s.no = f.shard WHERE f.feed = ?1 AND s.shard = ?2
