-- What a command of this phone leads to. The confirmed body is kept beside it from the first such write on.
-- A number is never used twice, so that what was indexed for search under it cannot come to mean another record.
INSERT INTO record (no, kind, id, shard, version, body, base)
VALUES ((SELECT max((SELECT coalesce(max(no), 0) FROM record), indexed) + 1 FROM progress), ?2, ?1, ?3, 0, ?4, '')
ON CONFLICT (id, kind) DO UPDATE SET base = coalesce(base, body), body = excluded.body
RETURNING no
