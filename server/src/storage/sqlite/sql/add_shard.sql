INSERT INTO shard (shard, version, log_no, log_hash) VALUES (?1, 0, 0, zeroblob(32)) RETURNING no
