SELECT id, device, sha256, bytes, media_type, name, expires FROM upload WHERE id = ?1
