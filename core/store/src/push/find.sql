SELECT hash, touched, refused_before, kind, id FROM outbox WHERE seq = ?1 AND shard = ?2
