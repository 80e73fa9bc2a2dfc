INSERT INTO file (sha256, bytes, media_type, name, needed_by) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (sha256) DO UPDATE SET needed_by = excluded.needed_by
