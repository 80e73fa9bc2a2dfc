SELECT sha256, bytes, media_type, device, arrived FROM file WHERE sha256 = ?1
