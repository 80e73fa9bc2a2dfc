SELECT hash, refused_before FROM outbox WHERE seq = ?1 AND shard = ?2
