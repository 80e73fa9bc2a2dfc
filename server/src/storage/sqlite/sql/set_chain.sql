INSERT INTO chain (shard, device, seq, hash) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (device, shard) DO UPDATE SET seq = excluded.seq, hash = excluded.hash
RETURNING no
