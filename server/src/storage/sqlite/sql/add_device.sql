INSERT INTO device (id, member, public_key, name, enrolled, revoked) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
