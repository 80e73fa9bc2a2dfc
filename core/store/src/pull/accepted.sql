SELECT seq FROM outbox WHERE shard = ?1 AND version <= ?2
