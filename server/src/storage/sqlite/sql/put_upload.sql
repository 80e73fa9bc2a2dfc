INSERT INTO upload (id, device, sha256, bytes, media_type, name, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (id) DO UPDATE SET expires = excluded.expires
