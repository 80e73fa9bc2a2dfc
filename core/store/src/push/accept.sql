UPDATE outbox SET version = ?3, doubt = NULL WHERE seq = ?1 AND shard = ?2 RETURNING hash, refused_before
