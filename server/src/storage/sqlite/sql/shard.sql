SELECT version, log_no, log_hash FROM shard WHERE shard = ?1
