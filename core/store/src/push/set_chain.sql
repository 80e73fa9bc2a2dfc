INSERT OR REPLACE INTO chain (shard, seq, hash) VALUES (?1, ?2, ?3)
