SELECT no, shard, version, body, base FROM record WHERE id = ?1 AND kind = ?2
