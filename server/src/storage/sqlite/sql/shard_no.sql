SELECT no FROM shard WHERE shard = ?1
