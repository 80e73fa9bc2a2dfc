INSERT INTO file (sha256, bytes, media_type, name, path) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (sha256) DO UPDATE SET path = excluded.path, failure = NULL
