SELECT id FROM shard WHERE no = ?1
