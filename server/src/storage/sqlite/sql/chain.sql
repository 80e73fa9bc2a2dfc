SELECT c.no, c.seq, c.hash, c.floor FROM chain AS c JOIN shard AS s ON s.no = c.shard WHERE c.device = ?1 AND s.shard = ?2
