SELECT shard, version, log_no, log_hash FROM shard ORDER BY shard
