INSERT INTO file (sha256, bytes, media_type, device, arrived) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (sha256) DO NOTHING
