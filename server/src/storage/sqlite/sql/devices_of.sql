SELECT id, member, public_key, name, enrolled, revoked FROM device WHERE member = ?1 ORDER BY enrolled, id
