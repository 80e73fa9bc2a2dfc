SELECT id, member, public_key, name, enrolled, revoked FROM device WHERE id = ?1
