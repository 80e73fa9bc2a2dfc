INSERT INTO chain (shard, device, seq, hash, floor) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (device, shard) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, floor = excluded.floor
RETURNING no
