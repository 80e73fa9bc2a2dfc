SELECT public_key FROM device WHERE id = ?1
