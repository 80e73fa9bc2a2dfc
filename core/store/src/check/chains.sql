SELECT shard, seq, envelope, hash FROM outbox ORDER BY shard, seq
