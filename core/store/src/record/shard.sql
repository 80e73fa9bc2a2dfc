SELECT no FROM shard WHERE id = ?1
