INSERT INTO record (no, kind, id, shard, version, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (id, kind) DO UPDATE SET
    shard = excluded.shard,
    version = excluded.version,
    body = iif(base IS NULL, excluded.body, body),
    base = iif(base IS NULL, NULL, excluded.body)
WHERE excluded.version > record.version OR record.base = ''
