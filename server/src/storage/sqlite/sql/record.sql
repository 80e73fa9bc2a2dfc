SELECT r.no, s.shard, r.version, r.body FROM record AS r JOIN shard AS s ON s.no = r.shard WHERE r.id = ?1 AND r.kind = ?2
